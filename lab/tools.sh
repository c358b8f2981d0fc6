# shellcheck shell=bash
# Programs that are compiled from the Go module proxy into the lab's bin folder: act, which runs workflow files, and
# actionlint, which checks them. Where docker.io does not answer, also BuildKit's daemon, client and Dockerfile frontend,
# for builders.sh and frontend.sh. zizmor, which finds unsafe lines in workflows, comes from PyPI.

# Nearly the version that docker/setup-buildx-action installs; and, for the remote builder, one from before BuildKit's
# changes of 2026.
BUILDKIT_VERSION=v0.33.1
OLDER_BUILDKIT_VERSION=v0.26.2
ACT_VERSION=v0.2.89
ACTIONLINT_VERSION=v1.7.12
ZIZMOR_VERSION=1.32.0

make_tools() {
  local linters
  begin act compile_act
  local act=$!
  begin linters make_linters
  linters=$!
  finish act $act
  finish linters $linters
  say "tools: act ${ACT_VERSION#v}, actionlint ${ACTIONLINT_VERSION#v}, zizmor $ZIZMOR_VERSION"
}

# Checks our own workflows and the examples. The examples name actions by tag, which is easier to read.
lint_workflows() {
  local root=$LAB_SCRIPTS/..
  local examples=("$root"/docs/examples/*.yml)
  "$LAB/bin/actionlint" "$root"/.github/workflows/*.yml "${examples[@]}"
  "$LAB/zizmor/bin/zizmor" --offline "$root/.github" "$root/action.yml" "$root/collect/action.yml"
  "$LAB/zizmor/bin/zizmor" --offline --config "$LAB_SCRIPTS/zizmor-examples.yml" "${examples[@]}"
}

# Compiles BuildKit's programs in the background while the base images are made, or when they are first needed.
compiling=
compile_beside() {
  hub_answers && return
  begin buildkit compile_buildkit
  compiling=$!
}
buildkit_compiled() {
  [[ -n $compiling ]] || compile_beside
  finish buildkit "$compiling"
}

compile_buildkit() {
  [[ $(recall buildkit.version) == "$BUILDKIT_VERSION $OLDER_BUILDKIT_VERSION" ]] && return
  compile_buildkit_at "$OLDER_BUILDKIT_VERSION" /cmd/buildkitd
  mv "$LAB/bin/buildkitd" "$LAB/bin/buildkitd-older"
  compile_buildkit_at "$BUILDKIT_VERSION" /cmd/buildkitd /cmd/buildctl /frontend/dockerfile/cmd/dockerfile-frontend
  remember buildkit.version "$BUILDKIT_VERSION $OLDER_BUILDKIT_VERSION"
}

compile_buildkit_at() { # version, packages below the module…
  compile buildkit "github.com/moby/buildkit@$1" "-s -w -X github.com/moby/buildkit/version.Version=$1" "${@:2}"
}

compile_act() {
  [[ -x $LAB/bin/act ]] && return
  compile act "github.com/nektos/act@$ACT_VERSION" "-s -w -X main.version=${ACT_VERSION#v}" ""
}

make_linters() {
  [[ -x $LAB/bin/actionlint ]] ||
    compile actionlint "github.com/rhysd/actionlint@$ACTIONLINT_VERSION" "-s -w" /cmd/actionlint
  [[ -x $LAB/zizmor/bin/zizmor ]] && return
  python3 -c 'import ensurepip, venv' 2>/dev/null || install_with_apt python3-venv
  python3 -m venv --clear "$LAB/zizmor"
  "$LAB/zizmor/bin/pip" install --quiet "zizmor==$ZIZMOR_VERSION"
}

# Compiles in a Go module of our own, which names the version.
compile() { # name, module@version, ldflags, packages below the module…
  local folder=$LAB/go/$1 module=${2%@*} version=${2#*@} flags=$3 package packages=()
  command -v go >/dev/null || die "$1 must be compiled, and this machine has no Go: install Go 1.21 or newer"
  shift 3
  for package in "$@"; do packages+=("$module$package"); done
  rm -rf "$folder"
  mkdir -p "$folder"
  cd "$folder" || return
  go mod init lab/tools
  go get -tool "${packages[@]/%/@$version}"
  GOGC=400 CGO_ENABLED=0 go build -trimpath -ldflags "$flags" -o "$folder/" "${packages[@]}"
  rm go.mod go.sum
  mv "$folder"/* "$LAB/bin/"
}
