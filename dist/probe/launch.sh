# shellcheck shell=sh
# Finds a Python in this image that has Django, and runs the probe with it.
#
#   launch.sh [INTERPRETER]     with an argument, only that interpreter is tried
#
# Runs in any POSIX sh of any image. It uses only builtins, and mkdir for the report of a failure.
# Each candidate runs probe.py itself, which ends with 77 at once where Django is not installed. So the right
# interpreter is started only once.

LC_ALL_BEFORE=${LC_ALL-unset}
LC_ALL=C # for the character classes below
here=${0%/*}
out=${SHIPSHAPE_OUT:-/.shipshape}
workdir=$(pwd)
newline='
'
seen=$newline
tried=
found_python=no

# json TEXT: the text as the inside of a JSON string, printable characters only.
json() {
  rest=$1
  escaped=
  length=0
  while [ -n "$rest" ] && [ "$length" -lt 300 ]; do
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

# note PATH REASON: remember why this interpreter cannot be used.
note() {
  json "$1"
  entry="{\"path\":\"$escaped\","
  json "$2"
  tried="$tried${tried:+,}$entry\"reason\":\"$escaped\"}"
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
  if [ "$LC_ALL_BEFORE" = unset ]; then
    (unset LC_ALL; exec "$1" "$here/probe.py" --launched)
  else
    (LC_ALL=$LC_ALL_BEFORE; export LC_ALL; exec "$1" "$here/probe.py" --launched)
  fi
}

# try INTERPRETER: ends this script if the probe ran there.
try() {
  case $1 in
    /*) candidate=$1 ;;
    *) candidate=${workdir%/}/$1 ;;
  esac
  case $seen in *"$newline$candidate$newline"*) return ;; esac
  seen=$seen$candidate$newline
  [ -f "$candidate" ] && [ -x "$candidate" ] || return
  says=$(run_probe "$candidate" 2>&1)
  code=$?
  [ "$code" -eq 0 ] && exit 0
  error_line "$says"
  if [ "$code" -eq 77 ]; then
    found_python=yes
    note "$candidate" "${error:-Django is not installed there}"
  else
    note "$candidate" "it does not start (exit code $code): $error"
  fi
}

# try_command NAME: tries the command of this name on PATH.
try_command() {
  path=$(command -v "$1" 2>/dev/null) || return
  case $path in /*) try "$path" ;; esac
}

# try_shebang SCRIPT: tries the interpreter of an installed command.
try_shebang() {
  [ -f "$1" ] && [ -r "$1" ] || return
  { IFS= read -r first; IFS= read -r second; } 2>/dev/null <"$1"
  case $first in
    '#!/bin/sh'*) # pip writes this when the path is too long for a shebang: '''exec' /path/python "$0" "$@"
      case $second in
        "'''exec'"*)
          first=${second#"'''exec' "}
          first=${first%% \"\$0\"*}
          first=${first#\"}
          first="#!${first%\"}"
          ;;
      esac
      ;;
  esac
  case $first in
    '#!'*env\ *) try_command "${first##* }" ;;
    '#!'*python*)
      first=${first#'#!'}
      first=${first# }
      try "${first%% *}"
      ;;
  esac
}

# fail: no interpreter can be used. The report says which ones were tried.
fail() {
  kind=no-python
  [ "$found_python" = yes ] && kind=no-django
  for make in mkdir /bin/mkdir /usr/bin/mkdir /usr/local/bin/mkdir; do
    "$make" -p "$out/report" 2>/dev/null && break
  done
  printf '{"schema":1,"checks":{},"error":{"kind":"%s","message":"%s","tried":[%s]}}\n' "$kind" \
    "No Python interpreter with Django was found in the image. Name its full path with the input python." \
    "$tried" >"$out/report/report.json" || exit 1
  exit 0
}

if [ -n "${1-}" ]; then
  case $1 in
    */*)
      try "$1"
      [ -n "$tried" ] || note "$1" "there is no such program"
      ;;
    *)
      try_command "$1"
      [ -n "$tried" ] || note "$1" "it is not on PATH"
      ;;
  esac
  fail
fi

[ -n "${VIRTUAL_ENV-}" ] && try "$VIRTUAL_ENV/bin/python"
try_command python3
try_command python
for folder in .venv venv ../.venv /venv /.venv /opt/venv /ve /env /app/.venv /app/venv /code/.venv /code/venv \
  /src/.venv /usr/src/app/.venv /opt/*/venv /opt/*/.venv /home/*/.venv /home/*/venv /srv/*/venv; do
  try "$folder/bin/python"
done
for name in gunicorn uvicorn daphne hypercorn granian celery django-admin; do
  path=$(command -v "$name" 2>/dev/null) && try_shebang "$path"
  for folder in /usr/local/bin /usr/bin /root/.local/bin /home/*/.local/bin /app/bin; do
    try_shebang "$folder/$name"
  done
done
for path in /usr/local/bin/python3 /usr/bin/python3 /bin/python3 /opt/conda/bin/python \
  /opt/conda/envs/*/bin/python /opt/miniconda*/bin/python \
  /root/.pyenv/shims/python /usr/local/pyenv/versions/*/bin/python \
  /root/.pyenv/versions/*/bin/python /opt/python*/bin/python3 /python-runtime/bin/python; do
  try "$path"
done
for config in "${workdir%/}"/*/pyvenv.cfg /*/pyvenv.cfg /*/*/pyvenv.cfg /*/*/*/pyvenv.cfg; do # virtual environments of any name
  try "${config%pyvenv.cfg}bin/python"
done
fail
