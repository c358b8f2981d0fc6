# The Node packages of the lock file, Node 24 (the action's runtime) among them. Sourced by start.sh and test.sh.
# shellcheck shell=bash

install_node_packages() {
  if [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
    echo "Installing the Node packages of package-lock.json …"
    npm ci --loglevel=error --no-fund --no-audit || return
    touch node_modules/.package-lock.json
  fi
  # npm scripts put this folder first on PATH, but the folder may be new.
  PATH=$PWD/node_modules/.bin:$PATH
  export PATH
}
