#!/usr/bin/env bash
# `npm run probe`: the tests of __tests__/probe, on every supported Django and on several Pythons, without an image.
#
#   lab/probe.sh                        on all of them
#   lab/probe.sh 3.13/6.1 [-k TEST…]    on one, and only some tests; `host` instead of 3.13 is this machine's Python
#
# One environment more, 3.13/5.2+packages, has the packages of __tests__/probe/packages/requirements.txt, and runs the
# tests of that folder.
#
# A test that runs the whole probe says what it depends on. What depends on the version of Django runs once for each
# Django, on the newest Python. What depends on no version runs in one environment, chosen by the test's name. All other
# tests run in every environment: they take seconds.
# The other Pythons are Debian's, each in a folder of its own to chroot into. Where that cannot be made (it takes root
# on Debian), docker runs them. The last line counts the tests of all environments.
set -euo pipefail
# shellcheck source=lab/python.sh
source "$(dirname "${BASH_SOURCE[0]}")/python.sh"

# Each Django with what it depends on.
declare -A DJANGO=([4.2]=4.2.30 [5.2]=5.2.19 [6.0]=6.0.10 [6.1]=6.1.3)
DEPENDENCIES=(asgiref==3.13.0 sqlparse==0.6.1)
declare -A SUITES=([3.13]=trixie [3.14]=forky)
PACKAGES=3.13/5.2+packages
CHROOTED=(3.13/5.2 3.13/6.0 3.13/6.1 3.14/5.2 3.14/6.0 3.14/6.1)
REQUIREMENTS=__tests__/probe/packages/requirements.txt

# The environments of this machine's Python: every Django that supports it.
of_host() {
  local minor
  minor=$(python3 -c 'import sys; print(sys.version_info[1])')
  ((minor < 8 || minor > 12)) || echo host/4.2
  ((minor < 10)) || echo host/5.2
  ((minor < 12)) || printf 'host/%s\n' 6.0 6.1
}

can_chroot() { [[ -e /etc/debian_version && $(id -u) == 0 ]]; }

# Runs a command with this Python's root folder, and without network, as the checks of an image run. The repository
# and the environments are there at the same place.
inside() { # Python, command…
  local python=$1
  shift
  if [[ $python == host ]]; then
    if can_chroot; then unshare --net "$@"; else "$@"; fi
  elif [[ -e $PYTHONS/root-$python/complete ]]; then
    # shellcheck disable=SC2016 # the inner shell's variables
    # The mounts are in a namespace of their own, and go with the last process in it.
    unshare --net --mount --pid --fork --kill-child bash -c '
      set -e
      root=$1 repository=$2 environments=$3
      shift 3
      mount -t tmpfs tmpfs "$root/tmp" # first, for the repository may be below it
      mkdir -p "$root$repository" "$root$environments"
      mount --bind "$repository" "$root$repository"
      mount --bind "$environments" "$root$environments"
      mount -t proc proc "$root/proc"
      mount --rbind /dev "$root/dev"
      exec chroot "$root" "$@"
    ' bash "$PYTHONS/root-$python" "$ROOT" "$PYTHONS/environments" "$@"
  else
    docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$ROOT:$ROOT:ro" --volume "$PYTHONS/environments:$PYTHONS/environments" \
      "python:$python-slim" "$@"
  fi
}

make_root() { # Python
  local root=$PYTHONS/root-$1
  [[ ! -e $root/complete ]] || return 0
  can_chroot || return 0
  command -v mmdebstrap >/dev/null || install_with_apt mmdebstrap
  rm -rf "$root"
  say "making a root folder with Python $1 of Debian ${SUITES[$1]}"
  mmdebstrap --quiet --variant=minbase --include=python3 --aptopt='Acquire::Check-Valid-Until "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' "${SUITES[$1]}" "$root" "$(debian_mirror)" >"$LAB/log/root-$1.log" 2>&1 ||
    { tail "$LAB/log/root-$1.log" >&2; die "Python $1 could not be brought"; }
  touch "$root/complete"
}

folder_of() { # Python/Django
  local python=${1%/*}
  [[ $python != host ]] || python=host-$(python3 -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])')
  echo "$PYTHONS/environments/$python/django-${1#*/}"
}

django_of() { # Python/Django
  local django=${1#*/}
  echo "${DJANGO[${django%+packages}]}"
}

# Only this machine has a pip. It installs for the other Pythons too: what is pure Python as it is, and the packages that
# are not by the version and the platform that their wheels name.
make_environment() { # Python/Django
  local folder wanted python=${1%/*}
  local -a for_python=(--ignore-requires-python)
  folder=$(folder_of "$1")
  wanted="django==$(django_of "$1") ${DEPENDENCIES[*]}"
  if [[ $1 == *+packages ]]; then
    wanted+=" $(grep -v '^#' "$ROOT/$REQUIREMENTS" | tr '\n' ' ')"
    for_python=(--python-version "$python" --platform "manylinux2014_$(uname -m)" --platform "manylinux_2_28_$(uname -m)")
  fi
  [[ $(cat "$folder/complete" 2>/dev/null) != "$wanted" ]] || return 0
  rm -rf "$folder"
  mkdir -p "$(dirname "$folder")"
  inside "$python" python3 -m venv --without-pip "$folder"
  # shellcheck disable=SC2086 # several words
  "$PYTHONS/tools/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile --only-binary :all: "${for_python[@]}" \
    --target "$(echo "$folder"/lib/python3*/site-packages)" $wanted
  inside "$python" "$folder/bin/python" -m compileall -q "$folder/lib"
  echo "$wanted" >"$folder/complete"
}

make_python_tools
mkdir -p "$PYTHONS/environments"
if [[ ${1:-} == */* ]]; then
  environments=("$1")
  shift
else
  mapfile -t environments < <(of_host)
  environments+=("${CHROOTED[@]}" "$PACKAGES")
fi
for environment in "${environments[@]}"; do
  python=${environment%/*}
  [[ $python == host ]] || make_root "$python"
  make_environment "$environment"
done
exec 7>&- # the lock

logs=$(mktemp -d)
log_of() { echo "$logs/${1/\//-}.log"; } # Python/Django

run_tests() { # Python/Django, options…
  local environment=$1
  shift
  inside "${environment%/*}" env PYTHONDONTWRITEBYTECODE=1 "$(folder_of "$environment")/bin/python" "$ROOT/__tests__/probe" "$@" \
    >"$(log_of "$environment")" 2>&1
}

trap 'jobs -rp | xargs -r kill; rm -rf "$logs"' EXIT
# shared PLACE: the options that give the environment of this place its share of the tests.
shared() {
  local environment=${environments[$1]} each
  if [[ $environment == *+packages ]]; then
    echo --packages
    return
  fi
  ((${#environments[@]} > 1)) || return 0
  echo "--part $1/${#environments[@]}"
  for each in "${environments[@]:$1+1}"; do
    if [[ ${each#*/} == "${environment#*/}" ]]; then echo --no-django && return; fi
  done
}

# Two at a time: a good part of each one's tests run one after another, or wait.
for place in "${!environments[@]}"; do
  environment=${environments[$place]}
  read -ra options <<<"$(shared "$place" | tr '\n' ' ')"
  options+=("$@")
  while (($(jobs -rp | wc -l) >= 2)); do wait -n || true; done
  run_tests "$environment" "${options[@]}" &
done
wait || true

passed=0 failed=0
for environment in "${environments[@]}"; do
  echo "== the probe on Python ${environment%/*} with Django $(django_of "$environment")"
  cat "$(log_of "$environment")"
  result=$(tail -n 1 "$(log_of "$environment")")
  if [[ $result =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
  else
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
