# shellcheck shell=bash
# Processes this script starts: each outlives the calling shell, is remembered by pid and start time, and is
# stopped only while that pid is still that process. Also the lock, ports, steps in the background, and how the script speaks.

say() { printf 'lab: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Facts that outlast a run, one file each.
recall() { cat "$LAB/run/$1" 2>/dev/null || true; }
remember() { printf '%s\n' "$2" >"$LAB/run/$1"; }

# Runs the rest of the script alone: a second caller waits for the first.
one_at_a_time() {
  [[ $LAB == /* && $LAB != *[[:space:]]* && ${#LAB} -le 60 ]] ||
    die "SHIPSHAPE_LAB must be an absolute path of at most 60 characters without spaces (sockets lie below it): $LAB"
  mkdir -p "$LAB"/{bin,log,run,buildx,docker/cli-plugins}
  command -v flock >/dev/null || return 0
  exec 9>"$LAB/lock"
  flock -n 9 && return
  say "another lab.sh is at work in $LAB; waiting for it"
  flock 9
}

start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

launch() { # name, command…
  local name=$1
  shift
  (
    close_inherited
    exec setsid "$@" </dev/null >>"$LAB/log/$name.log" 2>&1
  ) &
  remember "$name.pid" "$! $(start_time $!)"
}

# A lock that a caller holds on a descriptor of its own would be held for as long as the process lives.
close_inherited() {
  local descriptor
  for descriptor in "/proc/$BASHPID/fd/"*; do
    descriptor=${descriptor##*/}
    ((descriptor <= 2)) || eval "exec $descriptor>&-"
  done
}

running() { # name
  local pid started
  read -r pid started < <(recall "$1.pid") || return 1
  [[ -n $started && $(start_time "$pid") == "$started" ]]
}

# Ends them all at once, and waits for each.
halt() { # names…
  local name pid tenths
  for name in "$@"; do
    if running "$name"; then
      read -r pid _ < <(recall "$name.pid")
      kill "$pid"
    fi
  done
  for name in "$@"; do
    for ((tenths = 0; tenths < 400; tenths++)); do
      running "$name" || break
      sleep 0.1
    done
    read -r pid _ < <(recall "$name.pid") || continue
    if running "$name"; then kill -KILL "$pid"; fi
    rm "$LAB/run/$name.pid"
    say "stopped $name"
  done
}

await() { # seconds, what, command…
  local tenths=$(($1 * 10)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((tenths-- > 0)) || die "$what did not come up; its log is in $LAB/log"
    sleep 0.1
  done
}

answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; } # address, port

# The port remembered for this thing, else the first number given; the next free one where somebody else has it.
pick_port() { # name, first choice
  local port
  port=$(recall "$1.port")
  port=${port:-$2}
  while answers 127.0.0.1 "$port"; do port=$((port + 1)); done
  remember "$1.port" "$port"
}

# Steps in the background, their output in a log; `finish` waits for them and shows the log's end if they failed.
begin() { # name, command…
  local log=$LAB/log/$1.log
  shift
  (set -e; "$@") >"$log" 2>&1 </dev/null 9>&- &
}
finish() { # name, pid
  wait "$2" && return
  tail -n 20 "$LAB/log/$1.log" >&2
  die "$1 failed; the whole log: $LAB/log/$1.log"
}
