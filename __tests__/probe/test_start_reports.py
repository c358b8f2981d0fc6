"""Start scripts as public reports and documentation have them: right ones, and ones that cannot start."""

import os

from harness import RunTest, probe, rows
from projects import Project
from test_start import folder_of_programs, script


class Scripts(RunTest):
    @rows(
        # docs.docker.com/engine/containers/multi-service_container: a process that is brought back to the foreground
        that_goes_back_to_the_foreground="set -m\ntrue &\ntrue\nfg %1\n",
        that_changes_folders="set -e\npushd . >/dev/null\npopd\nexec true\n",
        that_reads_lines="set -e\nmapfile -t LINES < /dev/null\nexec true\n",
        that_asks_for_a_program="set -e\ncommand -v gunicorn\nexec true\n",
        that_expects_a_failure="set -e\n! grep -q x /dev/null\n! [[ -f x && -d y ]]\nexec true\n",
        that_takes_the_time="set -e\ntime true\nexec true\n",
        that_has_an_array="set -e\nARGS=(\n  gunicornx\n  --reload\n)\nexec true\n",
        that_forgets_a_failure="set -e\nset +e\nnowhere\nexec true\n",
        that_installs_its_server="set -e\npip install gunicornx\nexec gunicornx mysite.wsgi\n",
        that_asks_for_its_role='set -e\nif [ "$1" = web ]; then\n  true\nfi\nexec "$@"\n',
    )
    def test_a_script_that_is_right(self, text):
        project = Project(script("#!/bin/bash\n" + text))
        os.chmod(project.path("start.sh"), 0o755)
        config = {"Entrypoint": ["./start.sh"], "Cmd": ["web"]}
        path = "%s:%s" % (folder_of_programs("pip"), os.defpath)
        self.assertEqual([], probe(project, checks=["start"], config=config, image={"PATH": path}).findings())

    @rows(
        of_the_first_line=(b"#!/bin/sh\r\nexec true\r\n", "start.sh", ["./start.sh"], "ERROR", 1, "(no such file or directory)"),
        of_a_first_line_with_an_option=(b"#!/bin/sh -e\r\nexec true\r\n", "start.sh", ["./start.sh"], "ERROR", 1, "gets an option that ends in CR"),
        of_a_script_without_an_ending=(b"#!/usr/bin/env bash\r\n", "start", ["./start"], "ERROR", 1, "a program whose name ends in CR"),
        of_a_script_that_a_shell_reads=(b"#!/bin/sh\r\n# hello\r\n\r\nexec true\r\n", "start.sh", ["sh", "start.sh"], "INFO", 4, "lines of"),
        of_one_option=(b"#!/bin/sh\npython3 manage.py migrate --noinput\r\nexec true\n", "start.sh", ["./start.sh"], "INFO", 2, "lines of"),
    )  # fmt: skip
    def test_line_ends_of_windows(self, content, name, command, level, line, says):
        project = Project({name: content})
        os.chmod(project.path(name), 0o755)
        found = probe(project, checks=["start"], config={"Cmd": command}).finding("start.program-missing")
        self.assertHas({"level": level}, found)
        self.assertEqual((project.path(name), line), (os.path.join(project.folder, found["file"]), found["line"]))
        self.assertIn(says, found["message"])
        self.assertIn("`%s text eol=lf`" % ("*.sh" if name.endswith(".sh") else name), found["hint"])

    def test_comments_with_the_line_ends_of_windows_do_no_harm(self):
        project = Project({"start.sh": b"#!/bin/sh\n# hello\r\n\r\nexec true\n"})
        os.chmod(project.path("start.sh"), 0o755)
        self.assertEqual([], probe(project, checks=["start"], config={"Cmd": ["./start.sh"]}).findings())

    @rows(
        # langgenius/dify#9272: "/entrypoint.sh: line 32: exec: gunicorn: not found"
        that_starts_a_server_by_a_variable=(
            'if [[ "$MODE" == worker ]]; then\n  exec celery -A mysite worker\nelse\n  WORKERS=${WORKERS:-1}\nfi\n'
            'serve() {\n  gunicornx --bind="0.0.0.0:${PORT:-8000}" --workers $WORKERS mysite.wsgi\n}\nserve "$@"\n',
            None,
        ),
        that_ends_in_a_function=(
            'log() { echo "$@"; }\nmain() {\n  log start\n  exec gunicornx --bind="0.0.0.0:${PORT:-8000}" mysite.wsgi\n}\n'
            'main "$@"\n',
            "gunicornx",
        ),
        # Supervisor/supervisor#810: "exited (exit status 127; not expected)"
        of_supervisor=("exec supervisord -n -c supervisord.conf\n", "gunicornx"),
        # Supervisor/supervisor#787: the program is in a folder of the program's own PATH
        of_supervisor_with_a_path=("exec supervisord -n -c with-path.conf\n", None),
    )
    def test_a_script_of_public_reports(self, text, missing):
        program = "[supervisord]\nnodaemon=true\n[program:web]\ncommand=%s\n"
        bin = folder_of_programs("supervisord", "gunicorn")
        other = folder_of_programs("uvicornx")
        files = {
            "supervisord.conf": program % "./run.sh",
            "with-path.conf": program % "uvicornx" + 'environment=PATH="%s:%%(ENV_PATH)s"\n' % other,
            "run.sh": "#!/bin/bash\n\ncd mysite\nexport X=1\ngunicornx -b 0.0.0.0:8000 --workers=1 mysite.wsgi:application\n",
        }
        project = Project(script("#!/bin/bash\nset -e\n" + text), files)
        for name in ("start.sh", "run.sh"):
            os.chmod(project.path(name), 0o755)
        run = probe(
            project, checks=["start"], config={"Cmd": ["./start.sh"]}, image={"PATH": "%s:%s" % (bin, os.defpath)}
        )
        found = [(each["level"], each["object"]) for each in run.findings() if each["level"] != "INFO"]
        self.assertEqual([("ERROR", missing)] if missing else [], found)

    @rows(
        of_uv=(["uv", "run"], ["./start.sh"]),
        of_pipenv=((), ["pipenv", "run", "bash", "-c", "true && exec gunicorn mysite.wsgi"]),
        of_pdm=((), ["pdm", "run", "env", "X=1", "bash", "start.sh"]),
        of_conda=(["conda", "run", "-n", "shop"], ["./start.sh"]),
    )
    def test_the_path_inside_of_a_tool_is_not_known(self, entrypoint, command):
        tools = folder_of_programs("uv", "pipenv", "pdm", "conda")
        project = Project(script("#!/bin/bash\nset -e\nexec gunicorn mysite.wsgi\n"))
        os.chmod(project.path("start.sh"), 0o755)
        config = {"Entrypoint": list(entrypoint), "Cmd": command}
        run = probe(project, checks=["start"], config=config, image={"PATH": "%s:%s" % (tools, os.defpath)})
        self.assertEqual([], run.findings())
