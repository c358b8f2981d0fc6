# shellcheck shell=sh
# shellcheck disable=SC2016,SC2034,SC2154 # texts of shell scripts; the variables are those of launch.sh
# Which Python the image's start uses. launch.sh reads this file.
#
# start.txt has the words of ENTRYPOINT and CMD in one line. They are followed through programs that run others (tini,
# env, gosu), through shells and into start scripts. The last command that says which Python it runs with decides: for a
# server that is its first line, for `poetry run` and its like the tool's environment. Nothing here is certain enough to
# judge; it decides only which interpreter is tried first. Only builtins, and no subshells: a script has many words.

folder=$workdir
chosen= # an interpreter
chosen_by= # the word that named it
tool= # or a tool
environment= # the one of its environments that it is to use
first_on_path= # a folder that a script puts first on PATH
expect=program # what the next word is
after=wrapped # what comes after a value
continued=no
depth=0
lines_left=400
binaries=$newline # programs that tell nothing; `read` takes a byte at a time, and their lines are long

# read_start: sets `chosen`, or `tool`, or neither.
read_start() {
  [ -f "$here/start.txt" ] || return
  start=
  IFS= read -r start <"$here/start.txt" || :
  # A word that holds a line break is a script: `sh -c`. The file has " ; " there.
  follow "$start"
}

# follow COMMANDS: follows one line of commands.
follow() {
  set -f
  # shellcheck disable=SC2086 # split into words
  set -- $1
  set +f
  [ "$continued" = yes ] || expect=program
  continued=no
  while [ $# -gt 0 ]; do
    word=$1
    shift
    while :; do
      case $word in *[\"\']*) word=${word%%[\"\']*}${word#*[\"\']} ;; *) break ;; esac
    done
    ends=no
    case $word in *';') ends=yes word=${word%%;*} ;; esac
    case $word in
      '#'*) break ;;
      \\) [ $# -eq 0 ] && continued=yes ;;
      '' | '&&' | '||' | '|' | '&' | then | do | else | elif | if | while | until | '{' | '(' | '!' | *')') expect=program ;;
      *) follow_word "$*" ;;
    esac
    [ "$ends" = yes ] && expect=program
  done
}

# follow_word OTHERS: one word, and those that come after it.
follow_word() {
  case $expect in
    value) expect=$after ;;
    source)
      case $word in
        */bin/activate) choose "$word" "${word%activate}python" ;;
        *_activate_current_env.sh) use conda ;; # of micromamba's own image
      esac
      expect=other
      ;;
    folder)
      case $word in
        -* | *'$'*) ;;
        /*) folder=$word ;;
        *) folder=${folder%/}/$word ;;
      esac
      expect=$after
      ;;
    environment)
      environment=$word
      expect=$after
      ;;
    tool) # poetry [options] run
      case $word in
        run | activate)
          use "$called"
          expect=$word
          after=$word
          ;;
        -C | --directory | --project) expect=folder after=tool ;;
        -*) ;;
        *) expect=other ;;
      esac
      ;;
    activate)
      environment=$word
      expect=other
      ;;
    run) follow_option ;;
    program | wrapped) follow_command "$1" ;;
  esac
}

# follow_option: an option of `poetry run` and its like, or the first word of the command.
follow_option() {
  case $called:$word in
    *:--directory | *:--project | *:--cwd) expect=folder ;;
    conda:-n | mamba:-n | micromamba:-n | *:--name | conda:-p | mamba:-p | micromamba:-p | *:--prefix | pixi:-e | \
      *:--environment) expect=environment ;;
    *:--name=* | *:--prefix=* | *:--environment=*) environment=${word#*=} ;;
    *:--extra | *:--group | *:--with | *:--env-file | *:--package | *:--python | *:--manifest-path | uv:-p) expect=value ;;
    *:-*) ;;
    hatch:*:*)
      environment=${word%%:*}
      expect=other
      ;;
    *) expect=other ;;
  esac
}

# follow_command OTHERS: a word where a command can begin.
follow_command() {
  case $word in
    PATH=/*)
      first_on_path=${word#PATH=}
      first_on_path=${first_on_path%%:*}
      return
      ;;
    VIRTUAL_ENV=/* | CONDA_PREFIX=/*)
      choose "${word%%=*}" "${word#*=}/bin/python"
      return
      ;;
    *=*) return ;;
    '$@' | '$*' | '${@}')
      expect=other
      again=${others_of_script-}
      others_of_script=
      [ -n "$again" ] && follow "$again"
      expect=other
      return
      ;;
    -u | --user)
      [ "$expect" = wrapped ] && expect=value after=wrapped
      return
      ;;
    -* | [0-9]*) return ;;
  esac
  called=${word##*/}
  case $called in
    exec | env | nohup | time | command | eval | export | nice | ionice | timeout | sudo | tini | tini-static | docker-init | \
      dumb-init | catatonit | sh | bash | dash | ash | setsid | stdbuf | with-contenv | doppler | chamber) expect=wrapped ;;
    gosu | su-exec | setuidgid) expect=value after=wrapped ;;
    . | source) expect=source ;;
    cd) expect=folder after=other ;;
    poetry | uv | rye | pdm | pipenv | hatch | pixi | conda | mamba | micromamba) expect=tool ;;
    supervisord) expect=other ;; # its own Python says nothing of those of its programs
    *)
      expect=other
      follow_program "$1"
      ;;
  esac
}

# follow_program OTHERS: a Python, an installed command, or a start script.
follow_program() {
  case $word in
    /*) path=$word ;;
    */*) path=${folder%/}/$word ;;
    *python* | gunicorn | uvicorn | daphne | hypercorn | granian | waitress-serve | uwsgi | celery | django-admin | flower)
      find_program "$word" || return
      ;;
    *)
      # Any other command only where it is the image's: a script has too many words to look each up.
      if [ "$depth" -gt 0 ] || ! find_program "$word"; then
        path=${folder%/}/$word # `sh start.sh`
      fi
      ;;
  esac
  case ${path##*/} in
    python | python[0-9]* | pypy* | platform-python)
      choose "$word" "$path"
      return
      ;;
  esac
  [ -f "$path" ] && [ -r "$path" ] || return
  case $binaries in *"$newline$path$newline"*) return ;; esac
  read_shebang "$path"
  case $shebang in
    /*) choose "$word" "$shebang" ;;
    ?*) find_program "$shebang" && choose "$word" "$path" ;;
    '')
      case $first in
        '#!'*sh | '#!'*sh\ * | '' | '#'[!!]*) follow_script "$1" ;;
        *ELF*)
          # A server in C (uwsgi), next to its Python.
          case ${path%/*} in
            */bin) if [ -f "${path%/bin/*}/pyvenv.cfg" ]; then choose "$word" "${path%/*}/python" && return; fi ;;
          esac
          binaries=$binaries$path$newline
          ;;
        *) case $path in *.sh) follow_script "$1" ;; esac ;;
      esac
      ;;
  esac
}

# follow_script OTHERS: the start script `path`, with the words after it as its arguments.
follow_script() {
  [ "$depth" -lt 3 ] || return
  [ "$depth" -gt 0 ] || others_of_script=$1
  depth=$((depth + 1))
  while [ "$lines_left" -gt 0 ] && IFS= read -r script_line; do
    lines_left=$((lines_left - 1))
    case $script_line in # most lines say nothing of Python, and reading words takes time
      *[@*/]* | *python* | *pypy* | *corn* | *daphne* | *granian* | *waitress* | *uwsgi* | *celery* | *django-admin* | *flower* | \
        *run* | *activate* | *"cd "* | *.sh*) follow "$script_line" ;;
      *) continued=no ;;
    esac
  done <"$path"
  depth=$((depth - 1))
  continued=no
  expect=other
}

# choose WORD INTERPRETER: this is the one that the start uses, unless a later command says another.
choose() {
  chosen_by=$1
  chosen=$2
  case $chosen in /*) ;; *) chosen=${folder%/}/$chosen ;; esac
  tool=
}

# use TOOL: the start runs with an environment of this tool.
use() {
  tool=$1
  environment=
  chosen=
}
