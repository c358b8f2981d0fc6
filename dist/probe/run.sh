# shellcheck shell=sh disable=SC2034
# Runs one command of the workflow in this image and writes down how it ended. Runs in any POSIX sh.
#
#   run.sh NUMBER SECONDS     the command is the file /.shipshape-commands/NUMBER
#
# What it leaves in /.shipshape/report: `exit` (its exit code), `timeout` when it took longer, `cwd`, and
# `junit.xml` if the command wrote one. It always exits with 0: a RUN that fails cancels the other
# commands and loses their results.

set -a
# shellcheck source=/dev/null
. /.shipshape-env
CI=${CI-true}
JUNIT_XML=/.shipshape/report/junit.xml
set +a
pwd >/.shipshape/report/cwd

# Only as process 1 may we end everything (-1): then it is this container, and else it would be the whole machine.
if [ $$ -eq 1 ]; then
  (
    sleep "$2" || exit
    : >/.shipshape/report/timeout
    kill -TERM -1
    sleep 5
    kill -KILL -1
  ) 2>/dev/null &
fi

/bin/sh "/.shipshape-commands/$1" </dev/null
echo $? >/.shipshape/report/exit
exit 0
