# shellcheck shell=bash
# Two registries on loopback: an open one, which is also docker.io's mirror, and one that asks for a password.
# Both allow deletes. With the machine's own engine they are containers. With the lab's engine, and where docker.io does not
# answer, they are Debian's docker-registry. It listens on the engine's bridge too, for the builder with its own network.

REGISTRY_IMAGE=registry:2
REGISTRY_USER=shipshape
REGISTRIES=(registry registry-auth)

registry_address() { echo "127.0.0.1:$(recall registry.port)"; }
registry_auth_address() { echo "127.0.0.1:$(recall registry-auth.port)"; }

registries_are_containers() { ! own_engine && hub_answers; }

start_registries() {
  local name first=5000 what="Debian's docker-registry"
  make_password
  if registries_are_containers; then
    what="containers of $REGISTRY_IMAGE"
  elif ! own_engine; then
    require_root_on_debian "docker.io does not answer"
    install_system_packages
    unpack_engine_packages testing
  fi
  for name in "${REGISTRIES[@]}"; do
    if registries_are_containers; then run_registry "$name" "$first"; else
      running "$name" || pick_port "$name" "$first"
      serve_registry "$name" "$name" 127.0.0.1
    fi
    first=$(($(recall "$name.port") + 1))
  done
  say "registry $(registry_address), with a password $(registry_auth_address): $what"
}

make_password() {
  local password=$LAB/registry-auth.password users=$LAB/registry-auth.htpasswd
  [[ -s $users ]] && return
  (umask 077 && od -An -N12 -tx1 /dev/urandom | tr -d ' \n' >"$password")
  bcrypt <"$password" >"$users" 2>"$LAB/log/bcrypt.log" ||
    docker run --rm -i --entrypoint htpasswd httpd:2 -inB "$REGISTRY_USER" <"$password" >"$users"
}

# Prints a line of an htpasswd file. Every Debian has perl, which calls the C library's crypt(3). Fails where that library has
# no bcrypt.
bcrypt() {
  # shellcheck disable=SC2016 # perl's variables, not the shell's
  perl -e '
    my @set = ("a".."z", "A".."Z", 0..9);
    my $salt = join "", map { $set[rand @set] } 1..21;
    my $hash = crypt <STDIN>, "\$2b\$05\$" . $salt . "u";
    die "no bcrypt\n" unless defined $hash && $hash =~ /^\$2b\$/;
    print "$ARGV[0]:$hash\n"
  ' "$REGISTRY_USER"
}

# Debian's docker-registry. A second process on the same storage (another address of the same registry) is harmless:
# neither keeps anything in memory.
serve_registry() { # process name, registry, address
  local port config=$LAB/run/$1.yml
  running "$1" && return
  port=$(recall "$2.port")
  {
    printf 'version: 0.1\nlog: {level: warn}\n'
    printf 'storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}\n' "$LAB/$2"
    printf 'http: {addr: "%s:%s"}\n' "$3" "$port"
    [[ $2 != registry-auth ]] || printf 'auth: {htpasswd: {realm: shipshape lab, path: %s}}\n' "$LAB/registry-auth.htpasswd"
  } >"$config"
  launch "$1" "$(companion docker-registry)" serve "$config"
  await 10 "$2 on $3:$port" answers "$3" "$port"
}

run_registry() { # name, first choice of a port
  local container=shipshape-lab-$1 options=()
  docker start "$container" >/dev/null 2>&1 && return
  docker rm -fv "$container" >/dev/null 2>&1 || true
  pick_port "$1" "$2"
  [[ $1 != registry-auth ]] || options=(-v "$LAB/registry-auth.htpasswd:/htpasswd:ro"
    -e REGISTRY_AUTH=htpasswd -e "REGISTRY_AUTH_HTPASSWD_REALM=shipshape lab" -e REGISTRY_AUTH_HTPASSWD_PATH=/htpasswd)
  docker run -d --name "$container" -p "127.0.0.1:$(recall "$1.port"):5000" -e REGISTRY_STORAGE_DELETE_ENABLED=true \
    "${options[@]}" "$REGISTRY_IMAGE" >/dev/null
  await 20 "$1" answers 127.0.0.1 "$(recall "$1.port")"
}

serve_registries_on_bridge() {
  local name gateway
  registries_are_containers && return
  gateway=$(docker network inspect bridge --format '{{range .IPAM.Config}}{{println .Gateway}}{{end}}' | grep -m1 -F .)
  for name in "${REGISTRIES[@]}"; do
    [[ $(recall bridge) == "$gateway" ]] || halt "$name-bridge"
    serve_registry "$name-bridge" "$name" "$gateway"
  done
  remember bridge "$gateway"
}

# The address at which a container on the default bridge reaches a registry.
registry_from_bridge() { # name
  if registries_are_containers; then
    docker inspect "shipshape-lab-$1" --format '{{.NetworkSettings.Networks.bridge.IPAddress}}:5000'
  else
    echo "$(recall bridge):$(recall "$1.port")"
  fi
}

registry_answers() { answers 127.0.0.1 "$(recall "$1.port")"; } # name

stop_registries() {
  local name
  if registries_are_containers; then
    for name in "${REGISTRIES[@]}"; do
      if docker stop "shipshape-lab-$name" >/dev/null 2>&1; then say "stopped $name"; fi
    done
  else
    halt "${REGISTRIES[@]}" "${REGISTRIES[@]/%/-bridge}"
  fi
}

remove_registries() {
  local name
  stop_registries
  registries_are_containers || return 0
  for name in "${REGISTRIES[@]}"; do docker rm -fv "shipshape-lab-$name" >/dev/null 2>&1 || true; done
}
