# shellcheck shell=bash
# Base images where docker.io does not answer: Debian by mmdebstrap, Python, Caddy and Node on top of it, all pushed
# to the lab's registry under docker.io's names, of which it is the mirror. Debian has one Python to a suite, so the
# other names (python:3.12, node:20 …) are the nearest of them.

make_base_images() {
  local trixie bookworm forky
  hub_answers && { say "base images: docker.io answers"; return; }
  if [[ $(recall images) != complete ]] || ! in_registry python:3.13-slim || ! in_registry caddy:2.6; then
    begin images-trixie images_on trixie 3.13
    trixie=$!
    begin images-bookworm images_on bookworm 3.11
    bookworm=$!
    begin images-forky images_on forky 3.14
    forky=$!
    finish images-trixie $trixie
    finish images-bookworm $bookworm
    finish images-forky $forky
    remember images complete
  fi
  say "base images: docker.io does not answer, so made of Debian's packages and served as docker.io's mirror"
}

images_on() { # suite, its Python
  debian_image "$1"
  python_image "$2" "$1"
  case $1 in
    trixie) caddy_image 2.6 trixie; node_image ;;
    forky) caddy_image 2.11 forky caddy:2 caddy:2-alpine caddy:latest ;;
  esac
}

in_registry() { # name:tag as docker.io has it
  local name=${1%%:*}
  [[ $name == */* ]] || name=library/$name
  curl -fs -o /dev/null -H 'Accept: application/vnd.oci.image.index.v1+json' -H 'Accept: application/vnd.oci.image.manifest.v1+json' \
    -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' "http://$(registry_address)/v2/$name/manifests/${1#*:}"
}

publish() { # image, its other names…
  local image=$1 name mirrored
  for name in "$@"; do
    mirrored=$(registry_address)/library/$name
    [[ $name != */* ]] || mirrored=$(registry_address)/$name
    docker tag "$image" "$name"
    docker tag "$image" "$mirrored"
    docker push -q "$mirrored"
    docker rmi "$mirrored" >/dev/null
  done
}

# What RUN steps need to reach package indexes as this machine does: its CA bundle, and its index and proxy if it names one.
network_env() {
  local name
  for name in PIP_CERT SSL_CERT_FILE REQUESTS_CA_BUNDLE NODE_EXTRA_CA_CERTS; do echo "ENV $name=/etc/ssl/certs/ca-certificates.crt"; done
  for name in PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_TRUSTED_HOST UV_DEFAULT_INDEX NPM_CONFIG_REGISTRY HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    [[ -z ${!name:-} ]] || echo "ENV $name=${!name}"
  done
}

# Without what Debian's own slim images leave out. A testing suite's Release file may have expired.
debian_image() { # suite
  local root=$LAB/images/$1.tar
  in_registry "debian:$1" && return
  mkdir -p "$LAB/images"
  # shellcheck disable=SC2016 # mmdebstrap's variable
  mmdebstrap --variant=minbase --include=ca-certificates --aptopt='Acquire::Check-Valid-Until "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --customize-hook='cp /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"' "$1" "$root" "$(debian_mirror)"
  docker import --change 'CMD ["bash"]' "$root" "debian:$1-slim"
  publish "debian:$1-slim" "debian:$1"
  rm "$root"
}

# Debian's pip and wheel cannot be upgraded by themselves (no RECORD file), hence --ignore-installed.
python_image() { # version, suite
  local names=("python:$1-slim" "python:$1-slim-$2" "python:$1-$2")
  [[ $1 != 3.13 ]] || names+=(python:3.12-slim python:3.12-slim-bookworm python:3.12-slim-trixie python:3.12 python:3-slim python:3)
  names+=("python:$1")
  in_registry "python:$1" && return
  docker build -q --provenance=false -t "python:$1-slim" - <<DOCKERFILE
FROM debian:$2-slim
$(network_env)
RUN apt-get update \\
 && apt-get install -y --no-install-recommends python3 python3-dev python3-pip python3-venv netbase tzdata \\
 && rm -rf /var/lib/apt/lists/* /usr/lib/python3*/EXTERNALLY-MANAGED \\
 && ln -s /usr/bin/python3 /usr/local/bin/python && ln -s /usr/bin/python3 /usr/local/bin/python3 \\
 && python3 -m pip install --no-cache-dir --root-user-action=ignore --ignore-installed pip setuptools wheel packaging
CMD ["python3"]
DOCKERFILE
  publish "${names[@]}"
}

# As the real image has it, but for Alpine.
caddy_image() { # version, suite, its other names…
  local version=$1 suite=$2
  shift 2
  in_registry "caddy:$version" && return
  docker build -q --provenance=false -t "caddy:$version" - <<DOCKERFILE
FROM debian:$suite-slim
RUN apt-get update && apt-get install -y --no-install-recommends caddy && rm -rf /var/lib/apt/lists/*
ENV CADDY_VERSION=$version XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
RUN mkdir -p /config/caddy /data/caddy
WORKDIR /srv
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
DOCKERFILE
  publish "caddy:$version" "$@"
}

# Node's binary is what the npm package node-linux-* carries; npm is the machine's own.
node_image() {
  local folder=$LAB/images/node arch=x64
  in_registry node:20 && return
  [[ $(uname -m) != aarch64 ]] || arch=arm64
  rm -rf "$folder"
  mkdir -p "$folder"
  (cd "$folder" && npm pack -s "node-linux-$arch@24" && tar xf ./*.tgz && mv package/bin/node . && rm -rf package ./*.tgz)
  cp -rL "$(npm root -g)/npm" "$folder/npm"
  cat >"$folder/Dockerfile" <<DOCKERFILE
FROM debian:trixie-slim
$(network_env)
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
CMD ["node"]
DOCKERFILE
  docker build -q --provenance=false -t node:24-slim "$folder"
  publish node:24-slim node:24 node:22-slim node:22 node:20-slim node:20
  rm -rf "$folder"
}
