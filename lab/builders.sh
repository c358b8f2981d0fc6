# shellcheck shell=bash
# buildx builders. Each pulls from the lab's registries and pushes to them, under the names that the host uses:
#   shipshape-container  docker-container driver on the host's network
#   shipshape-bridged    docker-container driver on the engine's default bridge, where 127.0.0.1 is the container itself
#   shipshape-remote     remote driver: an older buildkitd on loopback; where docker.io answers, the official image of it in
#                        a container
#   shipshape-nodes      docker-container driver with two nodes: linux/amd64, and linux/386, which an amd64 kernel runs too
#   shipshape-forgetful  docker-container driver whose BuildKit keeps no build history
# Their records are in the lab's folder (BUILDX_CONFIG), not among the user's builders.

BUILDERS=(shipshape-container shipshape-bridged shipshape-remote shipshape-nodes shipshape-forgetful)
BUILDKIT_IMAGE=moby/buildkit:buildx-stable-1
BUILDKITD_CONTAINER=shipshape-lab-buildkitd

make_builders() { # names…
  local name
  (($#)) || set -- "${BUILDERS[@]}"
  if ! hub_answers; then
    buildkit_compiled
    if ! in_registry "moby/buildkit:$BUILDKIT_VERSION"; then
      begin buildkit-image buildkit_image
      finish buildkit-image $!
    fi
  fi
  configure_buildkit
  for name in "$@"; do make_builder "$name"; done
  say "builders: $*"
}

make_builder() { # name
  case $1 in
    shipshape-container) container_builder "$1" --driver-opt network=host ;;
    shipshape-bridged)
      container_builder "$1"
      forward_loopback "buildx_buildkit_${1}0"
      ;;
    shipshape-remote)
      if hub_answers; then run_buildkitd; else serve_buildkitd; fi
      has_builder "$1" || docker buildx create --name "$1" --driver remote "tcp://127.0.0.1:$(recall buildkitd.port)" >/dev/null
      ;;
    shipshape-nodes)
      container_builder "$1" --driver-opt network=host --platform linux/amd64
      container_node "$1" "${1}1" --driver-opt network=host --platform linux/386
      ;;
    shipshape-forgetful)
      printf '%s\n[history]\n  maxEntries = 0\n' "$(recall buildkitd.toml)" >"$LAB/run/buildkitd-forgetful.toml"
      BUILDKITD_CONFIG=$LAB/run/buildkitd-forgetful.toml container_builder "$1" --driver-opt network=host
      ;;
    *) die "no such builder: $1 (there are ${BUILDERS[*]})" ;;
  esac
}

has_builder() { [[ -e $LAB/buildx/instances/$1 ]]; }

# Writes the configuration of BuildKit. When the registries have other ports now, or BuildKit has another version, all
# builders are removed: a builder keeps the configuration that it was made with.
configure_buildkit() {
  local config address
  config=$(
    printf '# BuildKit %s %s\n' "$BUILDKIT_VERSION" "$OLDER_BUILDKIT_VERSION"
    printf '[registry."docker.io"]\n  mirrors = ["%s"]\n' "$(registry_address)"
    for address in "$(registry_address)" "$(registry_auth_address)"; do printf '[registry."%s"]\n  http = true\n' "$address"; done
  )
  [[ $(recall buildkitd.toml) == "$config" ]] || remove_builders
  remember buildkitd.toml "$config"
}

# A builder takes the configuration that all share, or the one that BUILDKITD_CONFIG names.
container_builder() { # name, options of buildx create…
  has_builder "$1" || create_container_node "${1}0" --name "$@"
  bootstrap "$1"
}

# One more node of a builder that container_builder made; the first node's name ends in 0.
container_node() { # builder, the node's name, options of buildx create…
  local socket
  if ! grep -qF "\"$2\"" "$LAB/buildx/instances/$1"; then
    # buildx takes one node from an endpoint, so the second node gets the engine's socket under another name.
    socket=$(docker context inspect --format '{{.Endpoints.docker.Host}}')
    [[ $socket == unix://* ]] || die "$1 needs an engine with a socket on this machine, and this one is at $socket"
    ln -sfn "${socket#unix://}" "$LAB/run/$2.sock"
    create_container_node "$2" --append --name "$1" --node "${@:2}" "unix://$LAB/run/$2.sock"
  fi
  bootstrap "$1"
}

create_container_node() { # the node's name, options of buildx create…
  docker rm -fv "buildx_buildkit_$1" >/dev/null 2>&1 || true # of a lab whose folder was lost
  docker buildx create "${@:2}" --driver docker-container --buildkitd-config "${BUILDKITD_CONFIG:-$LAB/run/buildkitd.toml}" \
    --buildkitd-flags '--allow-insecure-entitlement network.host' >/dev/null
}

bootstrap() { # builder
  docker buildx inspect --bootstrap "$1" >"$LAB/log/$1.log" 2>&1 || { tail "$LAB/log/$1.log" >&2; die "$1 did not start"; }
}

# In the bridged builder, 127.0.0.1 is the container itself. These rules forward its connections to the registries' ports
# to the address at which a container reaches the registries. The rules are part of the container's network namespace
# and are gone when the container stops.
forward_loopback() { # container
  local name forwards=()
  for name in "${REGISTRIES[@]}"; do forwards+=("$(recall "$name.port")" "$(registry_from_bridge "$name")"); done
  # shellcheck disable=SC2016 # the container's variables
  docker exec "$1" sh -ec '
    nat() { iptables -t nat "$@"; }
    echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet
    nat -N SHIPSHAPE 2>/dev/null || nat -F SHIPSHAPE
    nat -C OUTPUT -d 127.0.0.1 -j SHIPSHAPE 2>/dev/null || nat -A OUTPUT -d 127.0.0.1 -j SHIPSHAPE
    nat -C POSTROUTING -s 127.0.0.1 ! -o lo -j MASQUERADE 2>/dev/null || nat -A POSTROUTING -s 127.0.0.1 ! -o lo -j MASQUERADE
    while [ $# -gt 0 ]; do
      nat -A SHIPSHAPE -p tcp --dport "$1" -j DNAT --to-destination "$2"
      shift 2
    done
  ' forward "${forwards[@]}"
}

serve_buildkitd() {
  running buildkitd && return
  pick_port buildkitd 1234
  has_builder shipshape-remote && docker buildx rm shipshape-remote >/dev/null 2>&1
  launch buildkitd "$LAB/bin/buildkitd-older" --addr "tcp://127.0.0.1:$(recall buildkitd.port)" --root "$LAB/buildkitd" \
    --config "$LAB/run/buildkitd.toml" --containerd-worker=false --allow-insecure-entitlement network.host
  await 20 buildkitd answers 127.0.0.1 "$(recall buildkitd.port)"
}

run_buildkitd() {
  docker start "$BUILDKITD_CONTAINER" >/dev/null 2>&1 && return
  docker rm -fv "$BUILDKITD_CONTAINER" >/dev/null 2>&1 || true
  pick_port buildkitd 1234
  docker run -d --name "$BUILDKITD_CONTAINER" --privileged --network host -v "$LAB/run/buildkitd.toml:/etc/buildkit/buildkitd.toml:ro" \
    "moby/buildkit:$OLDER_BUILDKIT_VERSION" --addr "tcp://127.0.0.1:$(recall buildkitd.port)" --allow-insecure-entitlement network.host >/dev/null
  await 20 buildkitd answers 127.0.0.1 "$(recall buildkitd.port)"
}

# The stand-in for the official image: the compiled daemon, and the machine's runc under the name that the daemon looks for.
buildkit_image() {
  local folder=$LAB/images/buildkit
  rm -rf "$folder"
  mkdir -p "$folder"
  cp "$LAB/bin/buildkitd" "$LAB/bin/buildctl" "$folder/"
  cp "$(command -v runc)" "$folder/buildkit-runc"
  cat >"$folder/Dockerfile" <<'DOCKERFILE'
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends iptables git pigz libseccomp2 && rm -rf /var/lib/apt/lists/*
COPY buildkitd buildctl buildkit-runc /usr/bin/
ENTRYPOINT ["buildkitd"]
DOCKERFILE
  docker build -q --provenance=false -t "$BUILDKIT_IMAGE" "$folder"
  publish "$BUILDKIT_IMAGE" "moby/buildkit:$BUILDKIT_VERSION"
  rm -rf "$folder"
}

# Starts the builders again after the engine was restarted, or replaced by another one.
revive_builders() {
  local name made=()
  for name in "${BUILDERS[@]}"; do if has_builder "$name"; then made+=("$name"); fi; done
  if ((${#made[@]})); then make_builders "${made[@]}"; fi
}

stop_builders() {
  local name
  halt buildkitd
  own_engine && return # the containers end with the engine, and come back with it
  for name in "${BUILDERS[@]}"; do if has_builder "$name"; then docker buildx stop "$name" >/dev/null 2>&1 || true; fi; done
  docker stop "$BUILDKITD_CONTAINER" >/dev/null 2>&1 || true
}

remove_builders() {
  local name
  halt buildkitd
  for name in "${BUILDERS[@]}"; do if has_builder "$name"; then docker buildx rm --force "$name" >/dev/null 2>&1 || true; fi; done
  docker rm -fv "$BUILDKITD_CONTAINER" >/dev/null 2>&1 || true
}
