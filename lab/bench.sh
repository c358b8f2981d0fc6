#!/usr/bin/env bash
# `npm run bench`: compares the step with what teams use instead, in one run, on each kind of builder and on both of
# the engine's image stores.
#
#   npm run bench -- [--rounds N] [--build-push-action PATH]
#
# Only one part of it, in a lab that is up: node lab/bench.ts [--no-compare] [--caddy] [--process] [--against BUNDLE] BUILDER…
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=lab/node.sh
source lab/node.sh
install_node_packages || exit
bash lab/lab.sh up
bash lab/lab.sh builders shipshape-container shipshape-remote

# shellcheck disable=SC2016 # another shell runs it
in_lab='eval "$(bash lab/lab.sh env)" && exec node lab/bench.ts "$@"'
bash -c "$in_lab" bench "$@" --process --caddy default shipshape-container shipshape-remote
bash lab/lab.sh on testing classic bash -c "$in_lab" bench "$@" --title "default, classic image store" default
