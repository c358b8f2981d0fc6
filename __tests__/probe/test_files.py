"""Which files are the project's, and the places of classes, settings and functions in them."""

import ast
import os
import sys

from harness import PROBE, TableTest, rows
from projects import temporary_folder, written
from shipshape_probe import files
from shipshape_probe.first_party import FirstParty


class FirstPartyTest(TableTest):
    def setUp(self):
        self.folder = temporary_folder()

    @rows(
        project=("app/models.py", True),
        installed=("venv/lib/python3.12/site-packages/shop/models.py", False),
        installed_project=("venv/lib/python3.12/site-packages/mysite/models.py", True),
        installed_module=("usr/lib/python3/dist-packages/mysite.py", True),
        installed_below=("a/site-packages/mysite/vendor/site-packages/other/x.py", False),
    )
    def test_by_path(self, name, owned):
        self.assertEqual(owned, FirstParty(["mysite"]).owns(os.path.join(self.folder, name)))

    @rows(
        python=(os.__file__, False),
        probe=(os.path.join(PROBE, "checks", "static.py"), False),
        nothing=(None, False),
        made_up=("<string>", False),
        of_cython=("django/db/models.pyx", False),
    )
    def test_what_is_not_the_projects(self, path, owned):
        self.assertEqual(owned, FirstParty().owns(path))

    def test_a_folder_of_pip_install_target(self):
        written("", "libs/six-1.0.dist-info/METADATA", self.folder)
        sys.path.insert(0, os.path.join(self.folder, "libs"))
        try:
            self.assertFalse(FirstParty().owns(os.path.join(self.folder, "libs", "six.py")))
            self.assertTrue(FirstParty(["shop"]).owns(os.path.join(self.folder, "libs", "shop", "models.py")))
        finally:
            del sys.path[0]

    def test_packages_that_become_known_later(self):
        party = FirstParty()
        path = os.path.join(self.folder, "site-packages", "shop", "models.py")
        self.assertFalse(party.owns(path))
        party.add(["shop"])
        self.assertTrue(party.owns(path))


class FilesTest(TableTest):
    def setUp(self):
        self.folder = temporary_folder()
        sys.path.insert(0, self.folder)

    def tearDown(self):
        sys.path.remove(self.folder)
        for name in [name for name in sys.modules if name.startswith("probed")]:
            del sys.modules[name]

    def module(self, name, text):
        path = written(text, name.replace(".", "/") + ".py", self.folder)
        return __import__(name, fromlist=["x"]), path

    def test_a_class_and_its_attribute(self):
        module, path = self.module("probed_a", "class A:\n    x = 1\n\n\nclass B(A):\n    y = 2\n")
        self.assertEqual({"file": path, "line": 5}, files.class_place(module.B))
        self.assertEqual({"file": path, "line": 6}, files.attribute_place(module.B, "y"))
        self.assertEqual({"file": path, "line": 2}, files.attribute_place(module.B, "x"))
        self.assertEqual({"file": path, "line": 5}, files.attribute_place(module.B, "z"))

    def test_a_class_that_is_defined_in_a_condition(self):
        module, path = self.module("probed_b", "if True:\n    class A:\n        pass\n")
        self.assertEqual({"file": path, "line": 2}, files.class_place(module.A))

    def test_a_setting_of_a_module_that_is_star_imported(self):
        _, base = self.module("probed_base", "DEBUG = True\nHOSTS = []\n")
        _, path = self.module("probed_live", "from probed_base import *\n\nDEBUG = False\n")
        self.assertEqual({"file": path, "line": 3}, files.setting_place("probed_live", "DEBUG"))
        self.assertEqual({"file": base, "line": 2}, files.setting_place("probed_live", "HOSTS"))
        self.assertEqual({"file": path}, files.setting_place("probed_live", "NOT_THERE"))

    @rows(
        that_has_not_run=("DEBUG = False\nX = [1]\nif DEBUG:\n    X += [2]\n", 2),
        that_has_run=("DEBUG = False\nX = [1]\nif not DEBUG:\n    X += [2]\n", 4),
        of_an_else=("DEBUG = False\nX = [1]\nif DEBUG:\n    X = [2]\nelse:\n    X = [3]\n", 6),
        of_a_comparison=("MODE = 'live'\nX = 1\nif MODE == 'live':\n    X = 2\nelif MODE in ('dev', 'test'):\n    X = 3\n", 4),
        of_a_comparison_that_has_not_run=("MODE = 'live'\nX = 1\nif MODE in ('dev', 'test'):\n    X = 3\n", 2),
        of_several_conditions=("A = B = True\nX = 1\nif A and B and not (A is None or B == 2):\n    X = 2\n", 4),
        that_is_not_known=("import os\nX = 1\nif os.environ.get('PATH'):\n    X = 2\n", 2),
        of_which_one_condition_is_not_known=("import os\nA = True\nX = 1\nif A and os.environ:\n    X = 2\n", 3),
        of_which_one_condition_decides=("import os\nA = False\nX = 1\nif A and os.environ:\n    pass\nelse:\n    X = 2\n", 7),
        of_a_name_that_changes=("DEBUG = True\nX = 1\nif DEBUG:\n    X = 2\nDEBUG = False\n", 2),
        of_a_name_that_an_import_may_change=("DEBUG = True\nX = 1\nif DEBUG:\n    X = 2\nfrom os.path import *\n", 2),
        of_a_try=("X = 1\ntry:\n    import os\n    X = 2\nexcept ImportError:\n    X = 3\n", 1),
        of_a_with=("import io\nX = 1\nwith io.StringIO():\n    X = 2\n", 4),
        of_a_function=("X = 1\n\n\ndef f():\n    X = 2\n", 1),
        of_two_that_are_not_known=("import os\nif os.environ.get('A'):\n    X = 1\nelse:\n    X = 2\n", 5),
        without_a_value=("X = 1\nX: int\n", 1),
        with_a_type=("X = 1\nX: int = 2\n", 2),
    )  # fmt: skip
    def test_the_assignment_in_a_branch(self, text, line):
        name = "probed_%d" % abs(hash(text))
        _, path = self.module(name, text)
        self.assertEqual({"file": path, "line": line}, files.setting_place(name, "X"))

    def test_a_base_that_has_run_comes_before_a_branch_that_may_not_have(self):
        _, base = self.module("probed_common", "DEBUG = False\nX = []\nif DEBUG:\n    X += [1]\n")
        self.module("probed_prod", "import os\nfrom probed_common import *\n\nif os.environ.get('A'):\n    X += [2]\n")
        self.assertEqual({"file": base, "line": 2}, files.setting_place("probed_prod", "X"))

    def test_the_attribute_in_a_branch_of_a_class(self):
        module, path = self.module("probed_k", "D = False\n\n\nclass A:\n    x = 1\n    if D:\n        x = 2\n")
        self.assertEqual({"file": path, "line": 5}, files.attribute_place(module.A, "x"))

    def test_where_a_dotted_name_is_mentioned(self):
        _, path = self.module("probed_c", "APPS = [\n    'shop',\n    'corsheaders.apps.Config',\n]\n")
        self.assertEqual({"file": path, "line": 3}, files.mention_place("probed_c", "corsheaders"))
        self.assertEqual({}, files.mention_place("probed_c", "cors"))

    def test_a_function(self):
        module, path = self.module("probed_d", "def one():\n    pass\n")
        self.assertEqual({"file": path, "line": 1}, files.function_place(module.one))

    @rows(
        same_package=("from .base import *", "base", "shop.settings.base"),
        parent=("from ..common import *", "common", "shop.common"),
        absolute=("from base import *", "base", "base"),
    )
    def test_the_name_of_an_import(self, text, _, expected):
        self.assertEqual(expected, files.imported_name(ast.parse(text).body[0], "shop.settings"))

    def test_a_file_that_cannot_be_read(self):
        self.assertIsNone(files.sha256("/no/such/file"))
        self.assertEqual([], files.tree("/no/such/file").body)

    def test_a_hash(self):
        path = written("", "x.txt", self.folder)
        self.assertEqual("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", files.sha256(path))
