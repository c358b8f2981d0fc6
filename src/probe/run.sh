# shellcheck shell=sh disable=SC2034
# Runs one command of the workflow in this image and notes how it ended. Any POSIX sh will do.
#
#   run.sh NUMBER SECONDS     the command is the file /.shipshape-commands/NUMBER
#
# What it leaves in /.shipshape/report: `exit` (its exit code), `timeout` when it took longer, `cwd`, and
# `junit.xml` if the command wrote one. It always succeeds itself: a failed RUN would take the other
# commands' answers with it.

set -a
# shellcheck source=/dev/null
. /.shipshape-env
CI=${CI-true}
JUNIT_XML=/.shipshape/report/junit.xml
set +a
pwd >/.shipshape/report/cwd

# As process 1 we may end everything in this container, and only then: elsewhere -1 is the machine.
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
