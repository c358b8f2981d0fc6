# shellcheck shell=sh
# Finds a Python in this image that has Django, and runs the probe with it.
#
#   launch.sh [INTERPRETER]     with an argument, only that interpreter is tried
#
# Runs in any POSIX sh of any image. It uses only builtins, but for mkdir and readlink after a failure.
# Each candidate runs probe.py itself, which ends with 77 at once where Django is not installed. So the right
# interpreter is started only once. The order: what ENTRYPOINT and CMD use (start.sh), VIRTUAL_ENV, PATH, the usual
# folders, and last the environments of the tools that make some (environments.sh).

LC_ALL_BEFORE=${LC_ALL-unset}
LC_ALL=C # for the character classes below
here=${0%/*}
out=${SHIPSHAPE_OUT:-/.shipshape}
workdir=$(pwd)
newline='
'
seen=$newline
noted=$newline
tried=
advice=
found_python=no
named=no # whether the image or the workflow names the candidate: if so, it has to be there
why=     # what uses the candidate, if the image's start does
passed_over=
packages= # the folder that a candidate finds Django in by PYTHONPATH (PEP 582)

# json TEXT: sets `escaped` to the text as the inside of a JSON string, printable characters only.
json() {
  rest=$1
  escaped=
  length=0
  while [ -n "$rest" ] && [ "$length" -lt 600 ]; do
    character=${rest%"${rest#?}"}
    rest=${rest#?}
    length=$((length + 1))
    case $character in
      '"' | \\) escaped="$escaped\\$character" ;;
      [[:print:]]) escaped="$escaped$character" ;;
      *) escaped="$escaped " ;;
    esac
  done
}

# note PATH REASON [ADVICE]: remember why this interpreter cannot be used. The first advice counts, and its reason is told first.
# python and python3 of one folder, by whichever path, are one interpreter if the same is wrong with both.
note() {
  real=$(unset CDPATH && cd -P -- "${1%/*}/" 2>/dev/null && pwd -P) || real=${1%/*}
  case $noted in
    *"$newline$real:$2$newline"*)
      advice=${advice:-${3-}}
      return
      ;;
  esac
  noted=$noted$real:$2$newline
  json "$1"
  entry="{\"path\":\"$escaped\","
  json "$2"
  entry="$entry\"reason\":\"$escaped\"}"
  if [ -n "${3-}" ] && [ -z "$advice" ]; then
    advice=$3
    tried="$entry${tried:+,}$tried"
  else
    tried="$tried${tried:+,}$entry"
  fi
}

# error_line TEXT: sets `error` to its last line with "Error:", else to its last line.
error_line() {
  error=${1##*"$newline"}
  case $1 in
    *Error:*)
      after=${1##*Error:}
      before=${1%"Error:$after"}
      error="${before##*"$newline"}Error:${after%%"$newline"*}"
      ;;
  esac
}

# run_probe INTERPRETER: runs it with the locale that the image has.
run_probe() {
  (
    if [ "$LC_ALL_BEFORE" = unset ]; then unset LC_ALL; else LC_ALL=$LC_ALL_BEFORE && export LC_ALL; fi
    if [ -n "$packages" ]; then PYTHONPATH=$packages${PYTHONPATH:+:$PYTHONPATH} && export PYTHONPATH; fi
    exec "$1" "$here/probe.py" --launched "$why" "$passed_over"
  )
}

# try INTERPRETER: ends this script if the probe ran there.
try() {
  case $1 in
    /*) candidate=$1 ;;
    *) candidate=${workdir%/}/$1 ;;
  esac
  case $seen in *"$newline$packages$candidate$newline"*) return ;; esac
  seen=$seen$packages$candidate$newline
  if [ ! -f "$candidate" ] || [ ! -x "$candidate" ]; then
    if [ "$named" = yes ] || [ -e "$candidate" ] || [ -L "$candidate" ]; then
      explain unusable
    fi
    return
  fi
  says=$(run_probe "$candidate" 2>&1)
  code=$?
  [ "$code" -eq 0 ] && exit 0
  error_line "$says"
  if [ "$code" -eq 77 ]; then
    found_python=yes
    explain without_django
  else
    explain not_started
  fi
}

# explain HOW: says why the candidate cannot be used, with a function of explain.sh, which is read only when needed.
explain() {
  # shellcheck source=src/probe/explain.sh
  . "$here/explain.sh"
  "$1"
}

# find_program NAME: sets `path` to the file that the command is: on PATH, but first where the start script puts things first.
find_program() {
  path=
  remaining=${first_on_path-}:${PATH-}:
  while [ -n "$remaining" ]; do
    place=${remaining%%:*}
    remaining=${remaining#*:}
    if [ -n "$place" ] && [ -f "$place/$1" ] && [ -x "$place/$1" ]; then
      path=$place/$1
      return
    fi
  done
  return 1
}

# try_command NAME: tries the command of this name on PATH.
try_command() {
  find_program "$1" && try "$path"
}

# read_shebang SCRIPT: sets `shebang` to the Python that an installed command runs with: a path, a name, or nothing.
read_shebang() {
  shebang=
  first=
  second=
  { IFS= read -r first; IFS= read -r second; } 2>/dev/null <"$1"
  case $first in
    '#!/bin/sh'*) # pip writes this when the path is too long for a shebang: '''exec' /path/python "$0" "$@"
      case $second in
        "'''exec'"*)
          shebang=${second#"'''exec' "}
          shebang=${shebang%% \"\$0\"*}
          shebang=${shebang#\"}
          shebang=${shebang%\"}
          ;;
      esac
      ;;
    '#!'*env\ *python*) shebang=${first##* } ;;
    '#!'*python*)
      shebang=${first#'#!'}
      shebang=${shebang# }
      shebang=${shebang%% *}
      ;;
  esac
}

# try_shebang SCRIPT: tries the interpreter of an installed command.
try_shebang() {
  [ -f "$1" ] && [ -r "$1" ] || return
  read_shebang "$1"
  case $shebang in
    '') ;;
    /*) try "$shebang" ;;
    *) try_command "$shebang" ;;
  esac
}

# fail: no interpreter can be used. The report says which ones were tried, and what to do.
fail() {
  explain forbidden_folders
  kind=no-python
  [ "$found_python" = yes ] && kind=no-django
  for make in mkdir /bin/mkdir /usr/bin/mkdir /usr/local/bin/mkdir; do
    "$make" -p "$out/report" 2>/dev/null && break
  done
  json "${advice:-$usual_advice}"
  printf '{"schema":1,"checks":{},"error":{"kind":"%s","message":"%s","tried":[%s]}}\n' "$kind" "$escaped" \
    "$tried" >"$out/report/report.json" || exit 1
  exit 0
}

if [ -n "${1-}" ]; then
  usual_advice="Give the full path of an interpreter that has Django, or leave the input \`python\` out: then shipshape looks for one"
  case $1 in
    */*)
      named=yes
      try "$1"
      ;;
    *)
      try_command "$1"
      [ -n "$tried" ] || note "$1" "it is not on PATH"
      ;;
  esac
  fail
fi
usual_advice="Install Django in the stage that is shipped, or copy the virtual environment there from the stage that makes it. \
If another stage is to be shipped, name it with \`target\`; if Django is there, give its interpreter's full path with the \
input \`python\`"

# shellcheck source=src/probe/environments.sh
. "$here/environments.sh"
# shellcheck source=src/probe/start.sh
. "$here/start.sh"
read_start
named=yes
if [ -n "$tool" ]; then
  named=no
  why="$tool run"
  environments_of "$tool"
elif [ -n "$chosen" ]; then
  why=$chosen_by
  try "$chosen"
  [ -n "$tried" ] && passed_over=$chosen
fi
why=
named=yes
[ -n "${VIRTUAL_ENV-}" ] && try "$VIRTUAL_ENV/bin/python"
try_command python3
try_command python
named=no
for folder in .venv venv ../.venv /venv /.venv /opt/venv /ve /env /app/.venv /app/venv /code/.venv /code/venv \
  /src/.venv /usr/src/app/.venv /opt/*/venv /opt/*/.venv /home/*/.venv /home/*/venv /srv/*/venv; do
  try "$folder/bin/python"
done
for name in gunicorn uvicorn daphne hypercorn granian celery django-admin; do
  find_program "$name" && try_shebang "$path"
  for folder in /usr/local/bin /usr/bin /root/.local/bin /home/*/.local/bin /app/bin; do
    try_shebang "$folder/$name"
  done
done
for path in /usr/local/bin/python3 /usr/bin/python3 /bin/python3 /usr/libexec/platform-python \
  /root/.pyenv/shims/python /usr/local/pyenv/versions/*/bin/python \
  /root/.pyenv/versions/*/bin/python /opt/python*/bin/python3 /python-runtime/bin/python; do
  try "$path"
done
for each in uv pdm poetry pipenv conda pixi hatch; do
  environments_of "$each"
done
for config in "${workdir%/}"/*/pyvenv.cfg /*/pyvenv.cfg /*/*/pyvenv.cfg /*/*/*/pyvenv.cfg; do # virtual environments of any name
  try "${config%pyvenv.cfg}bin/python"
done
fail
