#!/usr/bin/env bash
# `npm test`: everything. Brings the lab up while what needs no engine is tested, then the e2e tests on it.
# Each part runs even when one before it failed; the last line counts them all.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
# shellcheck source=lab/node.sh
source lab/node.sh
install_node_packages || exit 1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0
failed=0

# count NAME CODE: a part that is one test.
count() {
  if [[ $2 -eq 0 ]]; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "FAILED: $1"; fi
}

# suite PROJECT: jest, counted test by test; a suite that could not start counts as one failure. `on` may hold a
# command that runs it somewhere else, or answers SKIPPED.
SKIPPED=77
on=()
skipped=()
suite() {
  "${on[@]}" node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
    --selectProjects "$1" --ci --json --outputFile "$results/$1.json" "${@:2}"
  local code=$? ok bad
  if [[ ${#on[@]} -gt 0 && $code -eq $SKIPPED ]]; then
    skipped+=("the suite $1: ${on[*]:2}")
    return
  fi
  ok=$(node -p "JSON.parse(fs.readFileSync('$results/$1.json')).numPassedTests" 2>/dev/null || echo 0)
  bad=$(node -p "r=JSON.parse(fs.readFileSync('$results/$1.json')); r.numFailedTests + r.numRuntimeErrorTestSuites" 2>/dev/null || echo 1)
  [[ $code -ne 0 && $bad -eq 0 ]] && bad=1
  passed=$((passed + ok))
  failed=$((failed + bad))
}

bash lab/lab.sh all >"$results/lab.log" 2>&1 &
lab=$!

# The cores' time since they run, in ticks: all of it, and what nobody used.
ticks() { awk '/^cpu / { print $2+$3+$4+$5+$6+$7+$8+$9, $5+$6 }' /proc/stat 2>/dev/null || echo 0 0; }
read -r ticks_before idle_before < <(ticks)

# part NAME: what comes now, how long it took until here, and how busy the cores were in the part before.
part() {
  local all idle busy=
  read -r all idle < <(ticks)
  if ((all > ticks_before)); then
    busy=", the cores were busy for $((100 - 100 * (idle - idle_before) / (all - ticks_before))) %"
  fi
  read -r ticks_before idle_before <<<"$all $idle"
  echo "== $1 (after $SECONDS s$busy)"
}

part "lint, types, bundle"
bash lab/bundle.sh "$results/dist" >"$results/bundle.log" 2>&1 &
bundle=$!
bash lab/lint.sh
count "lint: biome, ruff, shellcheck" $?
node_modules/.bin/tsc --noEmit -p tsconfig.test.json
count types $?
wait "$bundle" && diff -r dist "$results/dist"
count "dist/ is what src/ builds (npm run build)" $?
cat "$results/bundle.log"

part unit
suite unit --maxWorkers=2

# The probe's tests, next to what leaves a core idle: the making of a lab, or the one test file of the classic store.
probing=
start_probe() {
  part "probe, next to what follows"
  bash lab/probe.sh >"$results/probe.log" 2>&1 &
  probing=$!
}
end_probe() {
  wait "$probing"
  local code=$?
  cat "$results/probe.log"
  if [[ $(tail -n 1 "$results/probe.log") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
  else
    count "probe" $((code ? code : 1))
  fi
}

if kill -0 "$lab" 2>/dev/null; then start_probe; fi

part lab
wait "$lab"
code=$?
cat "$results/lab.log"
count lab $code
bash lab/lab.sh workflows
count "workflows, by actionlint and zizmor" $?
if [[ -n $probing ]]; then end_probe; fi

if [[ $code -eq 0 ]]; then
  part e2e
  suite e2e --maxWorkers=2
fi
early=$probing
if [[ -z $early ]]; then start_probe; fi
if [[ $code -eq 0 ]]; then
  part "e2e on the oldest engine and buildx, with the classic image store"
  on=(bash lab/lab.sh on stable classic)
  suite classic
fi
if [[ -z $early ]]; then end_probe; fi

part end
for one in "${skipped[@]}"; do echo "NOT RUN: $one"; done
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
