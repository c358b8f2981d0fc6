# shellcheck shell=bash
# Debian's packages, in two ways. Packages of the machine's own release are installed with apt. The engine, and the programs
# that belong to it, come from a newer suite and are only unpacked into the lab's folder. They run with Debian 12's C
# library, except for runc, which is therefore the machine's own.

engine_suite() { # testing|stable
  case $1 in testing) echo forky ;; stable) echo trixie ;; *) die "no such engine: $1 (testing or stable)" ;; esac
}

engine_root() { echo "$LAB/packages/$(engine_suite "$1")/root"; }

# Path of a program that is the same in both suites (the registry), from the suite that was unpacked first.
companion() { find "$LAB"/packages/*/root/usr/bin -name "$1" | head -n 1; }

require_root_on_debian() {
  [[ -e /etc/debian_version && $(id -u) == 0 ]] && return
  die "$1, and the lab can install what is missing only as root on Debian"
}

# The mirror that this machine's apt uses: its first source that is a whole archive.
debian_mirror() {
  { cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true; } |
    sed -n 's/^URIs:[[:space:]]*\([^[:space:]]*\).*/\1/p; s/^deb[[:space:]]\+\(\[[^]]*\][[:space:]]*\)\?\([^[:space:]]*\).*/\2/p' |
    grep -v security | head -n 1
}

install_system_packages() {
  local missing=() program
  for program in mmdebstrap runc iptables tini; do command -v "$program" >/dev/null || missing+=("$program"); done
  ((${#missing[@]})) || return 0
  install_with_apt "${missing[@]}"
}

install_with_apt() { # packages…
  command -v apt-get >/dev/null || die "this machine lacks $*, and has no apt to install them"
  export DEBIAN_FRONTEND=noninteractive
  (
    flock 8 # lab.sh and probe.sh may both be at work, and apt does not wait for its own lock
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@" >"$LAB/log/apt.log" 2>&1 8>&- 9>&- ||
      { tail "$LAB/log/apt.log" >&2; die "apt-get could not install $*"; }
  ) 8>"$LAB/apt.lock"
}

unpack_engine_packages() { # testing|stable
  local suite folder options deb
  suite=$(engine_suite "$1")
  folder=$LAB/packages/$suite
  [[ -e $folder/complete ]] && return
  rm -rf "$folder"
  mkdir -p "$folder"/{lists/partial,cache/partial,debs,root}
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(debian_mirror) $suite main" >"$folder/sources.list"
  options=(-oDir::Etc::sourcelist="$folder/sources.list" -oDir::Etc::sourceparts=/dev/null -oDir::State::Lists="$folder/lists"
    -oDir::Cache="$folder/cache" -oAcquire::Check-Valid-Until=false -oAcquire::Languages=none -oAPT::Sandbox::User=root)
  apt-get "${options[@]}" update -qq
  (cd "$folder/debs" && apt-get "${options[@]}" download -qq docker.io docker-cli docker-buildx docker-compose containerd docker-registry)
  for deb in "$folder"/debs/*.deb; do dpkg -x "$deb" "$folder/root"; done
  rm -rf "$folder/debs" "$folder/lists" "$folder/cache"
  touch "$folder/complete"
}
