# shellcheck shell=sh
# shellcheck disable=SC2086,SC2154 # patterns are not quoted; the variables are those of launch.sh and start.sh
# Where the tools that make environments keep them. launch.sh reads this file.
#
# The places are those of each tool's own documentation. Where a tool keeps one environment a project, the project's own
# comes first, and then all others.

# environments_of TOOL: tries its environments. `folder` is the project's, `environment` the one that the start names.
environments_of() {
  case $1 in
    uv | rye)
      [ -n "${UV_PROJECT_ENVIRONMENT-}" ] && try_environments "$(in_folder "$UV_PROJECT_ENVIRONMENT")"
      try_environments "$folder/.venv"
      try_environments "${UV_PYTHON_INSTALL_DIR:-/python}"/*
      in_homes '.local/share/uv/python/*'
      ;;
    pdm)
      try_line "$folder/.pdm-python" # the interpreter that pdm uses for this project
      try_environments "$folder/.venv"
      for packages in "$folder"/__pypackages__/*/lib; do # PEP 582
        [ -d "$packages" ] || continue
        version=${packages%/lib}
        try_command "python${version##*/}"
        try_command python3
      done
      packages=
      in_homes '.local/share/pdm/venvs/*'
      ;;
    poetry) # it uses an environment that is active
      [ -n "${VIRTUAL_ENV-}" ] && try_environments "$VIRTUAL_ENV"
      try_environments "$folder/.venv"
      project_name
      for root in "${POETRY_VIRTUALENVS_PATH:-/.}" "${POETRY_CACHE_DIR:-/.}/virtualenvs" \
        "${XDG_CACHE_HOME:-/.}/pypoetry/virtualenvs"; do
        [ "$root" = /. ] || try_environments "$root/$name"-* "$root"/*
      done
      in_homes ".cache/pypoetry/virtualenvs/$name-*" '.cache/pypoetry/virtualenvs/*'
      ;;
    pipenv)
      [ -n "${VIRTUAL_ENV-}" ] && try_environments "$VIRTUAL_ENV"
      try_environments "$folder/.venv"
      name=${folder##*/}
      for root in "${WORKON_HOME:-/.}" "${XDG_DATA_HOME:-/.}/virtualenvs"; do
        [ "$root" = /. ] || try_environments "$root/$name"-* "$root"/*
      done
      in_homes '.local/share/virtualenvs/*'
      ;;
    conda | mamba | micromamba)
      case $environment in
        */*) try_environments "$(in_folder "$environment")" ;;
        *)
          each_conda "${environment:-${ENV_NAME-}}" # the second is the variable of micromamba's own image
          [ -n "${CONDA_PREFIX-}" ] && try_environments "$CONDA_PREFIX"
          each_conda base
          each_conda '*'
          ;;
      esac
      ;;
    pixi)
      try_environments "$folder/.pixi/envs/${environment:-default}" "$folder"/.pixi/envs/*
      ;;
    hatch)
      [ -n "${HATCH_ENV_TYPE_VIRTUAL_PATH-}" ] && try_environments "$(in_folder "$HATCH_ENV_TYPE_VIRTUAL_PATH")"
      [ -n "${HATCH_DATA_DIR-}" ] &&
        try_environments "$HATCH_DATA_DIR"/env/virtual/*/*/${environment:-*} "$HATCH_DATA_DIR"/env/virtual/*/*/*
      in_homes ".local/share/hatch/env/virtual/*/*/${environment:-*}" '.local/share/hatch/env/virtual/*/*/*'
      try_environments "$folder"/.hatch/*
      ;;
  esac
}

# try_environments FOLDER…: tries the interpreter of each.
try_environments() {
  for each_folder in "$@"; do
    [ -d "$each_folder" ] && try "$each_folder/bin/python"
  done
}

# in_homes PATTERN…: tries the environments in each home folder. A build as root leaves them in /root.
in_homes() {
  for home in "${HOME:-/root}" /root /home/*; do
    [ "$home" = / ] && home=
    for pattern in "$@"; do
      try_environments "$home"/$pattern
    done
  done
}

# each_conda NAME: tries the environment of this name below each folder that conda and its like are installed in.
each_conda() {
  [ -n "$1" ] || return
  for root in "${MAMBA_ROOT_PREFIX:-/opt/conda}" "${CONDA_ROOT:-/opt/conda}" /opt/conda /opt/miniconda* /opt/miniforge* /opt/mambaforge \
    /opt/micromamba /root/miniconda* /root/miniforge* /root/micromamba /root/.local/share/mamba /home/*/miniconda* \
    /home/*/miniforge* /home/*/micromamba; do
    case $1 in
      base) try_environments "$root" ;;
      *) try_environments "$root"/envs/$1 ;;
    esac
  done
}

# in_folder PATH: prints the path, below the project's folder where it is relative.
in_folder() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s' "$folder/$1" ;;
  esac
}

# try_line FILE: tries the interpreter that the file's first line names.
try_line() {
  line=
  [ -f "$1" ] && [ -r "$1" ] && { IFS= read -r line || :; } 2>/dev/null <"$1"
  case $line in /*) try "$line" ;; esac
}

# project_name: sets `name` to the one that pyproject.toml gives the project, or to something that nothing is called.
project_name() {
  name=
  lines=0
  [ -f "$folder/pyproject.toml" ] && [ -r "$folder/pyproject.toml" ] &&
    while [ -z "$name" ] && [ "$lines" -lt 60 ] && IFS= read -r line; do
      lines=$((lines + 1))
      case $line in
        'name = "'*'"'*)
          name=${line#*\"}
          name=${name%%\"*}
          ;;
      esac
    done <"$folder/pyproject.toml"
  case $name in '' | *[!A-Za-z0-9._-]*) name=. ;; esac
}
