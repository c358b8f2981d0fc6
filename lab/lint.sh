#!/usr/bin/env bash
# `npm run lint`: biome for TypeScript and JSON, ruff for Python, shellcheck for the shell scripts.
# `npm run format` is the same with --fix: it formats, and corrects what can be corrected safely.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=lab/python.sh
source lab/python.sh
make_python_tools
tools=$PYTHONS/tools/bin
if [[ ${1:-} == --fix ]]; then
  node_modules/.bin/biome check --write .
  "$tools/ruff" check --fix --quiet
  "$tools/ruff" format
  exit
fi
failed=0
node_modules/.bin/biome check . || failed=1
"$tools/ruff" check || failed=1
"$tools/ruff" format --check || failed=1
# dist/ has copies. -x: follow what is sourced.
git ls-files -z --cached --others --exclude-standard '*.sh' .ci/run ':!dist' | xargs -0 "$tools/shellcheck" -x || failed=1
exit $failed
