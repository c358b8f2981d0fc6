# shellcheck shell=bash
# BuildKit's Dockerfile frontend as an image. A Dockerfile that begins with `# syntax=docker/dockerfile:1` needs that image;
# where docker.io does not answer, the lab's registry has it.

FRONTEND_TAGS=(1 1-labs 1.4 1.5 1.6 1.7 1.7-labs 1.8 1.9 1.10 1.11 1.12 1.13 1.14 1.15 1.16 1.17 1.18 1.19 1.20 latest "buildkit-$BUILDKIT_VERSION")

make_frontend() {
  local folder=$LAB/images/frontend
  hub_answers && { say "frontend: docker.io answers"; return; }
  if ! in_registry "docker/dockerfile:buildkit-$BUILDKIT_VERSION"; then
    buildkit_compiled
    mkdir -p "$folder"
    cp "$LAB/bin/dockerfile-frontend" "$folder/"
    cat >"$folder/Dockerfile" <<'DOCKERFILE'
FROM scratch
COPY dockerfile-frontend /bin/dockerfile-frontend
LABEL moby.buildkit.frontend.network.none="true" \
      moby.buildkit.frontend.caps="moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts"
ENTRYPOINT ["/bin/dockerfile-frontend"]
DOCKERFILE
    docker build -q --provenance=false -t docker/dockerfile:1 "$folder" >/dev/null
    publish "${FRONTEND_TAGS[@]/#/docker/dockerfile:}" >/dev/null
    rm -rf "$folder"
  fi
  say "frontend: docker/dockerfile $BUILDKIT_VERSION under every tag from 1.4 to 1.20"
}
