"""The environment of these tests: every package of requirements.txt is there, so that no test passes for want of one."""

import os
import re
import unittest
from importlib.metadata import version

HERE = os.path.dirname(os.path.abspath(__file__))


class Packages(unittest.TestCase):
    def test_that_each_required_package_is_installed_in_its_version(self):
        with open(os.path.join(HERE, "requirements.txt"), encoding="utf-8") as file:
            wanted = re.findall(r"^([\w.-]+)(?:\[.+\])?==(\S+)", file.read(), re.MULTILINE)
        self.assertGreater(len(wanted), 10)
        for name, number in wanted:
            with self.subTest(name):
                self.assertEqual(version(name), number)
