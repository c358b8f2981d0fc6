#!/usr/bin/env bash
# Builds dist/ from src/: tsc strips the types (its own loader is the one that ncc's TypeScript support cannot
# use), ncc bundles each of the two actions, and the probe's Python files go next to the bundle. The folder is replaced
# only when all of it is made: a build that fails, or a test that runs meanwhile, keeps the one before.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
wanted=${1:-dist}
out=build/bundle
rm -rf build
npx --no-install tsc -p tsconfig.json
npx --no-install ncc build build/ship/main.js --out "$out" --minify --quiet
npx --no-install ncc build build/collect/main.js --out "$out/collect" --minify --quiet
# shellcheck disable=SC2016 # node runs it
# ncc's own file of licences holds those of one chunk alone.
node --input-type=module -e '
  import { readdirSync, readFileSync } from "node:fs";
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  for (const [folder, { version, license, dev }] of Object.entries(packages)) {
    if (folder === "" || dev) continue;
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : "";
    console.log(`${folder.replace(/^.*node_modules\//, "")} ${version}\n${license}\n${text}\n`);
  }
' >"$out/licenses.txt"
mkdir -p "$out/probe"
(cd src/probe && find . -name '__pycache__' -prune -o -type f \( -name '*.py' -o -name '*.sh' \) -print | LC_ALL=C sort) |
  while read -r file; do
    mkdir -p "$out/probe/$(dirname "$file")"
    install -m 0644 "src/probe/$file" "$out/probe/$file"
  done
rm -rf "$wanted"
mv "$out" "$wanted"
