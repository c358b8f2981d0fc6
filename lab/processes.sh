# shellcheck shell=bash
# Processes that this script starts. Each goes on after the calling shell has ended. The script keeps its pid and its start
# time, and stops it only while the pid still belongs to that process. Also the lock, ports, steps in the background, and
# the script's messages.

say() { printf 'lab: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Facts that later runs need, each in its own file.
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
  say "another lab.sh works in $LAB; waiting until it has ended"
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

# A process that inherits a lock's file descriptor from our caller would hold that lock for as long as the process runs.
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

# Stops all of them at the same time, and waits until each has ended.
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
    ((tenths-- > 0)) || die "$what did not start; its log is in $LAB/log"
    sleep 0.1
  done
}

answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; } # address, port

# Remembers a port: the one that was remembered before, or the first choice. If another program has that port, the next
# free one.
pick_port() { # name, first choice
  local port
  port=$(recall "$1.port")
  port=${port:-$2}
  while answers 127.0.0.1 "$port"; do port=$((port + 1)); done
  remember "$1.port" "$port"
}

# Runs a step in the background, its output in a log. `finish` waits for it and shows the end of the log if it failed.
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
