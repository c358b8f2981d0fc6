#!/usr/bin/env bash
# A real Docker engine, registries, base images and builders to test against: what the machine has is used,
# what it lacks is brought into one folder of its own. `lab.sh help` lists the commands; README.md says the rest.
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
  up [testing|stable] [containerd|classic]   engine, registries and base images (first time: testing containerd)
  builders [NAME…]                           shipshape-container, shipshape-bridged, shipshape-remote; all unless named
  frontend                                   `# syntax=docker/dockerfile:1` lines, where docker.io does not answer
  tools                                      act, which runs workflow files
  all [testing|stable] [containerd|classic]   up, frontend and builders, side by side: what `npm test` needs
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

# For commands that need a lab which is up.
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
  frontend) one_at_a_time; resume; make_frontend ;;
  tools) one_at_a_time; make_tools ;;
  all) one_at_a_time; everything "$@" ;;
  env) print_environment ;;
  status) print_status ;;
  down) one_at_a_time; down ;;
  clean) one_at_a_time; clean ;;
  help | -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
