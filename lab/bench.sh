#!/usr/bin/env bash
# `npm run bench`: the step beside a sequential script of docker commands, in one run, on this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=lab/node.sh
source lab/node.sh
install_node_packages || exit
bash lab/lab.sh up
eval "$(bash lab/lab.sh env)"
exec node lab/bench.ts
