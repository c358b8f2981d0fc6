#!/usr/bin/env bash
# `npm start`: starts what is missing of the lab, and ships the sample app to the local registry as a runner would.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=lab/node.sh
source lab/node.sh
install_node_packages || exit
bash lab/lab.sh up
eval "$(bash lab/lab.sh env)"
exec node lab/start.ts "$@"
