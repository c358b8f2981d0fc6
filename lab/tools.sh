# shellcheck shell=bash
# Programs compiled from the Go module proxy into the lab's bin folder: act, which runs workflow files; and, where
# docker.io does not answer, BuildKit's daemon, client and Dockerfile frontend for builders.sh and frontend.sh.

BUILDKIT_VERSION=v0.26.2
ACT_VERSION=v0.2.89

make_tools() {
  begin act compile_act
  finish act $!
  say "tools: act ${ACT_VERSION#v} in $LAB/bin"
}

# BuildKit's programs, compiled when they are first asked for or already on the way beside the base images.
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
  [[ -x $LAB/bin/buildkitd && -x $LAB/bin/buildctl && -x $LAB/bin/dockerfile-frontend ]] && return
  compile buildkit "github.com/moby/buildkit@$BUILDKIT_VERSION" "-s -w -X github.com/moby/buildkit/version.Version=$BUILDKIT_VERSION" \
    /cmd/buildkitd /cmd/buildctl /frontend/dockerfile/cmd/dockerfile-frontend
}

compile_act() {
  [[ -x $LAB/bin/act ]] && return
  compile act "github.com/nektos/act@$ACT_VERSION" "-s -w -X main.version=${ACT_VERSION#v}" ""
}

# A module of our own names the version, for `go install` takes no ldflags from a version's main package's build.
compile() { # name, module@version, ldflags, packages below the module…
  local folder=$LAB/go/$1 module=${2%@*} version=${2#*@} flags=$3 package packages=()
  command -v go >/dev/null || die "$1 is compiled here and there is no Go: install Go 1.21 or newer"
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
