#!/usr/bin/env bash
# Builds dist/ from src/: tsc strips the types (its own loader is the one that ncc's TypeScript support cannot
# use), ncc bundles each of the two actions, and the probe's Python files go beside the bundle.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${1:-dist}
rm -rf build "$out"
npx --no-install tsc -p tsconfig.json
npx --no-install ncc build build/main.js --out "$out" --minify --license licenses.txt --quiet
npx --no-install ncc build build/collect/main.js --out "$out/collect" --minify --license licenses.txt --quiet
mkdir -p "$out/probe"
(cd src/probe && find . -name '__pycache__' -prune -o -type f \( -name '*.py' -o -name '*.sh' \) -print | LC_ALL=C sort) |
  while read -r file; do
    mkdir -p "$out/probe/$(dirname "$file")"
    install -m 0644 "src/probe/$file" "$out/probe/$file"
  done
