#!/usr/bin/env bash
# A real Docker engine, registries, base images and builders to test against. What the machine has is used; what it lacks
# is installed into one folder of the lab's own. `lab.sh help` lists the commands; README.md explains them.
set -euo pipefail

LAB_SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB=${SHIPSHAPE_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/shipshape-lab}
for part in processes packages engine registry images tools frontend builders environment; do
  # shellcheck source=/dev/null
  source "$LAB_SCRIPTS/$part.sh"
done

usage() {
  cat <<'HELP'
bash lab/lab.sh COMMAND
  up [testing|stable] [containerd|classic]   engine, registries and base images (the first time: testing containerd)
  builders [NAME…]                           shipshape-container, -bridged, -remote, -nodes, -forgetful; all unless named
  on testing|stable containerd|classic COMMAND…   runs a command on another engine, and starts the one before it again
  frontend                                   `# syntax=docker/dockerfile:1` lines, where docker.io does not answer
  tools                                      act, which runs workflow files; actionlint and zizmor, which read them
  workflows                                  actionlint and zizmor on our workflows and on the examples
  all [testing|stable] [containerd|classic]   up, frontend and builders at the same time: what `npm test` needs
  env                                        export lines: eval "$(bash lab/lab.sh env)"
  status                                     one line for each thing
  down                                       stop what this script started
  clean                                      down, and remove everything in the lab's folder
HELP
}

up() {
  start "$@"
  make_base_images
  revive_builders
  write_environment
}

everything() {
  start "$@"
  compile_beside
  make_base_images
  make_frontend
  make_builders
  write_environment
}

start() {
  choose_engine "$@"
  start_registries
  start_engine
  serve_registries_on_bridge
}

# Runs a command on another engine of the lab's own, then starts the engine before it again, also when the command failed.
# Where the machine's own engine is used there is no other one: nothing runs, and the exit code is SKIPPED.
SKIPPED=77
on_engine() { # kind, store, command…
  local before kind=$1 store=$2
  [[ -n $(recall engine) ]] || die "there is no lab yet: bash lab/lab.sh up"
  shift 2
  if ! own_engine; then
    say "the machine's own engine is the only one here: not run on $kind $store"
    exit $SKIPPED
  fi
  before=$(recall engine)
  # A new shell, because in a trap a plain `return` returns the exit code of the command before the trap.
  # shellcheck disable=SC2064 # expanded now, on purpose
  trap "exec 9>&-; bash '$LAB_SCRIPTS/lab.sh' up $before" EXIT
  start "$kind" "$store"
  "$@" 9>&-
}

# For commands that need a running lab.
resume() {
  [[ -n $(recall engine) && -e $LAB/lab.env ]] || die "there is no lab yet: bash lab/lab.sh up"
  use_engine
  docker info >/dev/null 2>&1 || die "the engine does not answer: bash lab/lab.sh up"
}

down() {
  [[ -n $(recall engine) ]] || { say "nothing to stop"; return; }
  use_engine
  stop_builders
  stop_engine
  stop_registries
}

clean() {
  if [[ -n $(recall engine) ]]; then
    use_engine
    remove_builders
    stop_engine
    remove_registries
    remove_bridge
  fi
  remove_folder
}

command=${1:-help}
shift || true
case $command in
  up) one_at_a_time; up "$@" ;;
  builders) one_at_a_time; resume; make_builders "$@"; write_environment ;;
  on) one_at_a_time; on_engine "$@" ;;
  frontend) one_at_a_time; resume; make_frontend ;;
  tools) one_at_a_time; make_tools ;;
  workflows) one_at_a_time; make_tools; lint_workflows ;;
  all) one_at_a_time; everything "$@" ;;
  env) print_environment ;;
  status) print_status ;;
  down) one_at_a_time; down ;;
  clean) one_at_a_time; clean ;;
  help | -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
