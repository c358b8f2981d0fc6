# shellcheck shell=sh
# shellcheck disable=SC2154 # the variables are those of launch.sh
# Why an interpreter cannot be used, and what to do. launch.sh reads this file after a failure.

# counsel REASON ADVICE: notes the reason. The advice counts where this interpreter is surely meant: the image names it, or
# its environment has Django.
counsel() {
  if [ "$named" = yes ] || has_django; then
    note "$candidate" "$1" "$2"
  else
    note "$candidate" "$1"
  fi
}

# has_django: sets `packages_folder` to the one with Django in it, of the environment that the candidate is in.
has_django() {
  for packages_folder in "${candidate%/bin/*}"/lib/python*/site-packages "${candidate%/bin/*}"/lib/python*/dist-packages; do
    [ -d "$packages_folder/django" ] && return
  done
  return 1
}

# blocked_folder PATH: sets `blocked` to the folder on the way to it that USER may not enter.
blocked_folder() {
  blocked=
  walked=
  ahead=${1#/}
  while :; do
    case $ahead in */*) ;; *) return ;; esac
    walked=$walked/${ahead%%/*}
    ahead=${ahead#*/}
    if [ -d "$walked" ] && [ ! -x "$walked" ]; then
      blocked=$walked
      return
    fi
  done
}

# follow_link PATH: sets `target` to what it is a link to, as far as that can be read.
follow_link() {
  target=$1
  hops=0
  while [ -L "$target" ] && [ "$hops" -lt 8 ]; do
    hops=$((hops + 1))
    next=
    for program in readlink /bin/readlink /usr/bin/readlink; do
      next=$("$program" "$target" 2>/dev/null) && [ -n "$next" ] && break
    done
    case $next in
      '') return ;;
      /*) target=$next ;;
      *) target=${target%/*}/$next ;;
    esac
    blocked_folder "$target"
    [ -z "$blocked" ] || return
  done
}

# unusable: the candidate is no file that can be run.
unusable() {
  follow_link "$candidate"
  link=
  [ "$target" = "$candidate" ] || link="a link to $target"
  blocked_folder "$target"
  if [ -n "$blocked" ]; then
    counsel "${link:+$link, and }the image's USER may not enter $blocked" \
      "The image's USER cannot run $candidate, and production runs as that USER. Put Python and the environment where all may enter \
(with uv: ENV UV_PYTHON_INSTALL_DIR=/opt/python before \`uv sync\`, or --no-managed-python; in general: not below /root), or let others \
enter: RUN chmod a+rx $blocked"
  elif [ -d "$candidate" ]; then
    counsel "it is a folder" "Give the interpreter's own path, like $candidate/bin/python"
  elif [ -L "$candidate" ]; then
    counsel "${link:-a link}, which is not in the image" \
      "The environment was made with a Python that is not in the image (${target#"$candidate"}): copy that Python from the stage that \
made the environment, to the same path, or make the environment in a stage that starts FROM the same Python image"
  elif [ ! -e "$candidate" ]; then
    # A variable of the image may be left over from a stage. What was looked for is told, and the rest goes on.
    note "$candidate" "there is no such program"
  else
    counsel "the image's USER may not execute it" \
      "The image's USER may not execute $candidate, and production runs as that USER: RUN chmod a+rx $candidate"
  fi
}

# without_django: the candidate is a Python, and cannot import Django.
without_django() {
  if [ -n "$error" ]; then # it is too old, for example
    note "$candidate" "$error"
  elif has_django; then
    if [ -r "$packages_folder/django" ] && [ -x "$packages_folder/django" ] && [ -r "$packages_folder" ]; then
      note "$candidate" "Django is in $packages_folder, which this Python does not read" \
        "The packages in $packages_folder belong to another version of Python than $candidate is: build them in a stage that starts FROM the \
same Python version as the stage that is shipped"
    else
      note "$candidate" "Django is in $packages_folder, which the image's USER may not read" \
        "The image's USER may not read $packages_folder, and production runs as that USER: RUN chmod -R a+rX $packages_folder"
    fi
  else
    note "$candidate" "Django is not installed there"
  fi
}

# not_started: the candidate is a program, and did not run the probe.
not_started() {
  read_header "$candidate"
  case $header in
    '#!'*)
      interpreter=${header#'#!'}
      interpreter=${interpreter# }
      interpreter=${interpreter%% *}
      if [ ! -e "$interpreter" ]; then
        counsel "its first line names $interpreter, which is not in the image" \
          "$candidate is a script for $interpreter, which is not in the image: install that, or give the interpreter's own path with the input \`python\`"
        return
      fi
      ;;
    *ELF*)
      loader_of "$header"
      candidates_machine=$machine
      read_header /bin/sh
      machine_of "$header"
      if [ -n "$machine" ] && [ "$machine" != "$candidates_machine" ]; then
        counsel "it was made for another processor than this image" \
          "$candidate was made for another processor: build its stage for the same platform as the stage that is shipped (look at \`--platform\` in FROM lines)"
        return
      fi
      if [ -n "$loader" ] && [ ! -e "$loader" ]; then
        library=glibc
        case $loader in *musl*) library=musl ;; esac
        counsel "it needs the loader $loader, which is not in the image" \
          "$candidate was made for $library, the C library of $(systems_with "$library"), which this image does not have: make the environment FROM \
the same base image as the stage that is shipped"
        return
      fi
      ;;
  esac
  case $says in
    *'loading shared librar'*)
      counsel "it does not start (exit code $code): $error" \
        "A shared library of $candidate is not in the image: copy all of that Python from the stage that made it, or make the environment with the \
Python of the stage that is shipped"
      ;;
    *) note "$candidate" "it does not start (exit code $code): $error" ;;
  esac
}

# systems_with LIBRARY: prints which systems have this C library.
systems_with() {
  case $1 in
    musl) printf 'Alpine' ;;
    *) printf 'Debian, Ubuntu and Red Hat' ;;
  esac
}

# read_header FILE: sets `header` to the beginning of the file without its zero bytes, up to the name of the loader.
read_header() {
  header=
  parts=0
  [ -r "$1" ] || return
  while [ "$parts" -lt 24 ]; do
    part=
    IFS= read -r part || parts=24
    parts=$((parts + 1))
    header=$header$part$newline
    case $header in
      '#!'*) header=${header%%"$newline"*} && return ;;
      *ELF*/ld-*.so.*) return ;;
      *ELF*) ;;
      *) return ;;
    esac
  done 2>/dev/null <"$1"
}

# machine_of HEADER: sets `machine` to the two bytes of an ELF header that say what it runs on.
machine_of() {
  machine=
  case $1 in *ELF???*) ;; *) return ;; esac
  behind=${1#*ELF}
  machine=${behind%"${behind#?}"} # 32 or 64 bits
  behind=${behind#???}
  few=$(printf '\002\003')
  behind=${behind#["$few"]} # the system, where it is not 0; else the kind: a program
  behind=${behind#["$few"]}
  machine=$machine${behind%"${behind#?}"}
}

# loader_of HEADER: sets `loader` to the path of the program's loader, and `machine`.
loader_of() {
  machine_of "$1"
  loader=
  case $1 in *ELF*/ld-*.so.*) ;; *) return ;; esac
  behind=${1#*/ld-}
  loader=${1%%/ld-*}
  loader=${loader##*[!A-Za-z0-9_./-]}
  loader=/${loader#*/}/ld-${behind%%.so.*}.so
  behind=${behind#*.so.}
  loader=$loader.${behind%"${behind#?}"}
}

# forbidden_folders: folders of PATH, and those of `poetry run` and its like, that USER may not enter.
forbidden_folders() {
  remaining=${PATH-}:
  while [ -n "$remaining" ]; do
    place=${remaining%%:*}
    remaining=${remaining#*:}
    blocked_folder "${place:-/}/"
    [ -z "$blocked" ] ||
      note "$place" "it is on PATH, and the image's USER may not enter $blocked" \
        "The image's USER may not enter $blocked, where $place is, and production runs as that USER. Install below a folder that all may enter, like \
/opt/venv, or let others enter: RUN chmod a+rx $blocked"
  done
  if [ -n "${tool-}" ] && [ -d /root ] && [ ! -x /root ]; then
    note /root "the image's USER may not enter it; $tool keeps its environments there when root runs it" \
      "The start uses \`$tool run\`, and its environment was not found. If root installed it, it is below /root, which the image's USER may not \
enter: have $tool make the environment in the project's folder, or install as that USER"
  fi
}
