# shellcheck shell=bash
# The engine. Where the machine's own engine answers, that one is used. Elsewhere it is Debian's dockerd, with its socket,
# data and client in the lab's folder. Each kind (testing, stable) with each store (containerd, classic) has its own data
# root. Only one runs at a time, because two daemons would both change the bridge. Also finds out whether docker.io answers.

own_socket() { echo "$LAB/run/docker.sock"; }
own_engine() { [[ $(recall engine) != system ]]; }

choose_engine() { # [testing|stable] [containerd|classic]
  local before kind=${1:-} store=${2:-containerd}
  before=$(recall engine)
  [[ $store == containerd || $store == classic ]] || die "no such image store: $store (containerd or classic)"
  if running dockerd && [[ -z $kind ]]; then
    : # it stays as it is
  elif ! running dockerd && system_engine_answers; then
    remember engine system
  else
    kind=${kind:-testing}
    engine_suite "$kind" >/dev/null
    require_root_on_debian "no Docker engine answers"
    install_system_packages
    unpack_engine_packages "$kind"
    remember engine "$kind $store"
  fi
  # Builders belong to the engine on which they were made.
  if [[ ${before:-$(recall engine)} == system ]] && own_engine || [[ ${before:-system} != system ]] && ! own_engine; then rm -rf "$LAB/buildx"; fi
  use_engine
}

# Whether an engine answers that is not the lab's: the one that the caller's environment names.
system_engine_answers() {
  [[ ${DOCKER_HOST:-} != "unix://$(own_socket)" ]] && command -v docker >/dev/null && docker info >/dev/null 2>&1
}

# Points this script's docker and buildx at the chosen engine.
use_engine() {
  export BUILDX_CONFIG=$LAB/buildx BUILDX_BUILDER=default
  own_engine || return 0
  export DOCKER_HOST DOCKER_CONFIG=$LAB/docker PATH=$LAB/bin:$PATH
  DOCKER_HOST=unix://$(own_socket)
  unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
}

start_engine() {
  local kind store config what
  if own_engine; then
    read -r kind store < <(recall engine)
    config=$(engine_config "$store")
    if running dockerd && [[ $(recall dockerd.config) != "$kind $store $config" ]]; then halt dockerd; fi
    running dockerd || start_dockerd "$kind" "$store" "$config"
    what="$store store, Debian $(engine_suite "$kind")'s in $LAB"
  else
    rm -f "$LAB/bin/docker" "$LAB/bin/docker-init"
    docker buildx version >/dev/null 2>&1 || die "this machine's docker has no buildx: install the docker-buildx-plugin package"
    what="this machine's own"
  fi
  say "engine $(docker version --format '{{.Server.Version}}'), buildx $(docker buildx version | cut -d' ' -f2): $what"
}

start_dockerd() { # kind, store, config
  local root
  root=$(engine_root "$1")
  ln -sfn "$root/usr/bin/docker" "$LAB/bin/docker"
  ln -sfn "$(command -v tini-static)" "$LAB/bin/docker-init"
  ln -sf "$root"/usr/libexec/docker/cli-plugins/* "$LAB/docker/cli-plugins/"
  [[ -e $LAB/docker/config.json ]] || echo '{}' >"$LAB/docker/config.json"
  printf '%s\n' "$3" >"$LAB/run/daemon.json"
  rm -f "$LAB/run/docker.pid" # of a daemon that was killed
  PATH=$LAB/bin:$root/usr/bin:$root/usr/sbin:$PATH launch dockerd "$root/usr/sbin/dockerd" --config-file "$LAB/run/daemon.json" \
    --host "unix://$(own_socket)" --data-root "$LAB/engine/$1-$2" --exec-root "$LAB/run/docker" --pidfile "$LAB/run/docker.pid"
  await 60 "the engine" docker info
  remember dockerd.config "$1 $2 $3"
}

# The containers' MTU must not be larger than that of the machine's own route to the outside.
engine_config() { # store
  local snapshotter=true mtu
  [[ $1 == classic ]] && snapshotter=false
  mtu=$(cat "/sys/class/net/$(ip -o route show default | sed -n '1s/.* dev \([^ ]*\).*/\1/p')/mtu" 2>/dev/null || echo 1500)
  printf '{"features":{"containerd-snapshotter":%s},"registry-mirrors":["http://%s"],"mtu":%d}\n' \
    "$snapshotter" "$(registry_address)" "$((mtu < 1500 ? mtu : 1500))"
}

# Whether images can be pulled from docker.io. Tried once; the answer is kept with the lab.
hub_answers() {
  local answer
  answer=$(recall hub)
  if [[ -z $answer ]]; then
    answer=no
    if timeout 60 docker pull -q "$REGISTRY_IMAGE" >"$LAB/log/hub.log" 2>&1; then answer=yes; fi
    remember hub "$answer"
  fi
  [[ $answer == yes ]]
}

# dockerd stops its containers and its containerd when it ends. After a dockerd that was killed, containerd, its shims and
# the containers' processes are still there, and are ended here.
stop_engine() {
  local program pid mounted
  own_engine || return 0
  halt dockerd
  for program in /proc/[0-9]*/exe; do
    [[ $(readlink "$program" 2>/dev/null || true) == "$LAB"/packages/*/containerd* ]] || continue
    pid=$(cut -d/ -f3 <<<"$program")
    xargs -r kill -KILL <"/proc/$pid/task/$pid/children" 2>/dev/null || true
    kill "$pid" 2>/dev/null || true
  done
  { cut -d' ' -f2 /proc/mounts | grep -F "$LAB/" | sort -r || true; } | while read -r mounted; do umount -l "$mounted" || true; done
}

remove_bridge() {
  own_engine || return 0
  ip link delete docker0 2>/dev/null || true
}

remove_folder() {
  rm -rf "$LAB"
  say "removed $LAB"
}
