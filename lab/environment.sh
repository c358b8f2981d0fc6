# shellcheck shell=bash
# The environment variables that a shell or a test needs to use the lab, and the lab's status. `env` prints the variables
# for a shell; the file lab.env has them for programs.

# Prints NAME=value lines. With the machine's own engine, docker keeps its settings; only the registries and the builders
# are the lab's.
variables() {
  echo "PATH=$LAB/bin:$(without_bin)"
  if own_engine; then
    echo "DOCKER_HOST=unix://$(own_socket)"
    echo "DOCKER_CONFIG=$LAB/docker"
  fi
  echo "BUILDX_CONFIG=$LAB/buildx"
  echo "SHIPSHAPE_LAB=$LAB"
  echo "SHIPSHAPE_REGISTRY=$(registry_address)"
  echo "SHIPSHAPE_REGISTRY_AUTH=$(registry_auth_address)"
  echo "SHIPSHAPE_REGISTRY_USER=$REGISTRY_USER"
  echo "SHIPSHAPE_REGISTRY_PASSWORD_FILE=$LAB/registry-auth.password"
  if has_builder shipshape-remote; then echo "SHIPSHAPE_BUILDKITD=tcp://127.0.0.1:$(recall buildkitd.port)"; fi
}

# PATH without the lab's folder.
without_bin() {
  local rest=:$PATH:
  while [[ $rest == *":$LAB/bin:"* ]]; do rest=${rest/":$LAB/bin:"/:}; done
  rest=${rest#:}
  echo "${rest%:}"
}

write_environment() {
  variables >"$LAB/lab.env.new"
  mv "$LAB/lab.env.new" "$LAB/lab.env"
}

print_environment() {
  local name value
  [[ -e $LAB/lab.env ]] || die "there is no lab yet: bash lab/lab.sh up"
  for name in DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH; do
    if own_engine && [[ -n ${!name:-} ]]; then echo "unset $name"; fi
  done
  variables | while IFS='=' read -r name value; do printf 'export %s=%q\n' "$name" "$value"; done
}

print_status() {
  local name state
  [[ -n $(recall engine) ]] || die "there is no lab yet: bash lab/lab.sh up"
  use_engine
  line() { printf '%-20s %s\n' "$@"; }
  line folder "$LAB"
  if docker info >/dev/null 2>&1; then
    state="$(docker version --format '{{.Server.Version}}'), buildx $(docker buildx version | cut -d' ' -f2), $(recall engine)"
  else state="stopped ($(recall engine))"; fi
  line engine "$state"
  for name in "${REGISTRIES[@]}"; do
    if registry_answers "$name"; then state=; else state=", stopped"; fi
    line "$name" "127.0.0.1:$(recall "$name.port")$state"
  done
  line "base images" "$(if [[ $(recall hub) == yes ]]; then echo docker.io; else echo "stand-ins, $(recall images)"; fi)"
  line frontend "$(if [[ $(recall hub) == yes ]]; then echo docker.io; elif in_registry docker/dockerfile:latest; then echo stand-in; elif registry_answers registry; then echo missing; else echo "registry stopped"; fi)"
  for name in "${BUILDERS[@]}"; do
    state=missing
    if has_builder "$name"; then state=$(docker buildx inspect "$name" 2>/dev/null | sed -n 's/^Status: *//p' | paste -sd, -); fi
    line "$name" "${state:-stopped}"
  done
  line act "$(if [[ -x $LAB/bin/act ]]; then echo "$LAB/bin/act"; else echo missing; fi)"
}
