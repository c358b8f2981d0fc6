# Installs the Node packages of the lock file. One of them is Node 24, the action's runtime. Sourced by start.sh, test.sh and
# bench.sh.
# shellcheck shell=bash

# A link belongs to another checkout, whose folder `npm ci` would empty.
install_node_packages() {
  if [[ ! -L node_modules ]] && [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
    echo "Installing the Node packages of package-lock.json …"
    npm ci --loglevel=error --no-fund --no-audit || return
    touch node_modules/.package-lock.json
  fi
  # npm puts this folder first on PATH for its scripts, but not when the folder did not exist yet.
  PATH=$PWD/node_modules/.bin:$PATH
  export PATH
}
