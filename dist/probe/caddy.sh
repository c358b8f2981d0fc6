# shellcheck shell=sh disable=SC2034
# Runs Caddy on a Caddyfile and writes down its output. Runs in any POSIX sh.
#
#   caddy.sh ASKED REPORT CADDYFILE ENVIRONMENT
#
# ASKED holds `variables` (names, one a line), `stand-ins` (`NAME VALUE`) and `files` (paths to format).
# ENVIRONMENT holds assignments. It always exits with 0: a RUN that fails would leave no report.

shipshape_asked=$1 shipshape_report=$2 shipshape_file=$3
mkdir -p "$shipshape_report" /.shipshape/data
cd "$shipshape_report" || exit

set -a
# shellcheck source=/dev/null
. "$4"
# Which variables have a value before ours are set?
while read -r shipshape_name; do
  eval "shipshape_value=\${$shipshape_name-} shipshape_state=\${$shipshape_name+set}"
  [ -z "$shipshape_state" ] || [ -n "$shipshape_value" ] || shipshape_state=empty
  echo "$shipshape_name ${shipshape_state:-unset}"
done <"$shipshape_asked/variables" >states
while read -r shipshape_name shipshape_value; do
  eval ": \"\${$shipshape_name=\$shipshape_value}\""
done <"$shipshape_asked/stand-ins"
# `tls internal` makes a certificate authority. It is thrown away with this container.
XDG_DATA_HOME=/.shipshape/data XDG_CONFIG_HOME=/.shipshape/data
set +a

for shipshape_caddy in "$(command -v caddy)" /usr/bin/caddy /usr/local/bin/caddy /bin/caddy; do
  [ ! -x "$shipshape_caddy" ] || break
done
[ -x "$shipshape_caddy" ] || exit 0

# Django's checks run at the same time and take longer, so Caddy gets the lowest priority. In such a short process Go's
# garbage collection takes a third of the time, so it is off.
shipshape_nice=$(command -v nice)
export GOGC=off GOMEMLIMIT=512MiB

ask() { # the name of its output files, Caddy's arguments
  shipshape_name=$1
  shift
  ${shipshape_nice:+"$shipshape_nice" -n 19} "$shipshape_caddy" "$@" >"$shipshape_name.out" 2>"$shipshape_name.err" </dev/null
  echo $? >"$shipshape_name.code"
}

ask version version
case $shipshape_file in
*.json) # Caddy's own form: no adapter reads it.
  ask validate validate --config "$shipshape_file"
  ;;
*)
  ask validate validate --config "$shipshape_file" --adapter caddyfile
  ask adapt adapt --config "$shipshape_file" --adapter caddyfile
  ;;
esac
shipshape_count=0
while read -r shipshape_path; do
  shipshape_count=$((shipshape_count + 1))
  ask "fmt-$shipshape_count" fmt "$shipshape_path"
done <"$shipshape_asked/files"
exit 0
