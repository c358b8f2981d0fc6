"""What the project asks while it loads: for the command line (argv.py) and for variables (reads.py)."""

import copy
import json
import os
import pickle
import subprocess
import sys

from harness import PROBE, TableTest, rows
from projects import written
from shipshape_probe.argv import Argv

CHECK = ["manage.py", "check", "--deploy"]
MIGRATE = ["manage.py", "makemigrations", "--check", "--dry-run"]


class ArgvTest(TableTest):
    def setUp(self):
        self.asked = []
        self.argv = Argv([CHECK, MIGRATE], self.asked.append)

    @rows(
        the_program=lambda argv: argv[0],
        whether_it_is_another_command=lambda argv: "test" in argv,
        where_nothing_is=lambda argv: argv.count("runserver"),
        what_they_have_in_common=lambda argv: argv[:1],
    )
    def test_a_question_with_one_answer_does_no_harm(self, question):
        self.assertEqual(question(CHECK), question(self.argv))
        self.assertEqual([], self.asked)

    @rows(
        the_command=lambda argv: argv[1],
        whether_it_is_this_one=lambda argv: "check" in argv,
        the_length=len,
        all_of_it=list,
        a_change=lambda argv: argv.append("--verbosity=2"),
        a_copy=copy.copy,
        a_sum=lambda argv: ["python"] + argv,
        text=repr,
        pickled=pickle.dumps,
    )
    def test_a_question_with_several_answers_is_reported_once(self, question):
        question(self.argv)
        question(self.argv)
        self.assertEqual(1, len(self.asked))

    def test_it_answers_as_the_first_command(self):
        self.assertEqual("check", self.argv[1])
        self.assertEqual(CHECK, pickle.loads(pickle.dumps(self.argv)))

    def test_it_becomes_another_command_and_reports_no_more(self):
        self.argv.become(MIGRATE)
        self.assertEqual(MIGRATE, list(self.argv))
        self.assertEqual([], self.asked)


class ReadsTest(TableTest):
    """In a process of its own: install() changes os.environ for good."""

    def reads(self, text, **variables):
        project = written(text, "settings.py")
        program = (
            "import os, sys, json\n"
            "sys.path.insert(0, %r)\n"
            "import probe; probe.load_package()\n"
            "from shipshape_probe.reads import Reads\n"
            "from shipshape_probe.first_party import FirstParty\n"
            "reads = Reads(FirstParty())\n"
            "path = %r\n"
            "source = open(path).read()\n"
            "reads.install()\n"
            "try:\n    exec(compile(source, path, 'exec'), {'__name__': 'settings'})\n"
            "except Exception:\n    pass\n"
            "print(json.dumps([reads.names, [each[0] for each in reads.missed], sorted(reads.defaulted)]))\n"
        ) % (PROBE, project)
        output = subprocess.run(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, check=True, env={"PATH": os.defpath, **variables}
        )
        return json.loads(output.stdout.decode().splitlines()[-1])

    @rows(
        item=('import os\nos.environ["A"]', {"A": True}),
        getenv=('import os\nos.getenv("A")', {"A": True}),
        contains=('import os\n"A" in os.environ', {"A": True}),
        pop=('import os\nos.environ.pop("A")', {"A": True}),
        missing=('import os\nos.environ.get("B")', {"B": False}),
        in_order=('import os\nos.getenv("B")\nos.getenv("A")', {"B": False, "A": True}),
        a_loop=("import os\nfor name, value in os.environ.items():\n    pass", {}),
        all_of_it=("import os\ndict(os.environ)", {}),
        a_copy=("import os\nos.environ.copy()", {}),
        the_standard_library=("import tempfile\ntempfile.gettempdir()", {}),
        the_settings_module=('import os\nos.environ.get("DJANGO_SETTINGS_MODULE")', {}),
    )
    def test_notices(self, text, names):
        self.assertEqual(names, self.reads(text, A="1")[0])

    def test_knows_which_had_a_default(self):
        _, missed, defaulted = self.reads('import os\nos.environ.get("B", "x")\nos.environ["C"]')
        self.assertEqual((["B", "C"], ["B"]), (missed, defaulted))
