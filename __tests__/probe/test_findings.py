"""Findings, and facts of the settings, in the shape that the report has them."""

from harness import TableTest, fake, rows
from shipshape_probe import facts, findings


class FindingsTest(TableTest):
    def test_leaves_out_what_is_empty_and_addresses(self):
        made = findings.finding("ERROR", "a.E001", "<X at 0x7f00aa>", hint="", place={"file": "/a.py"})
        self.assertEqual({"level": "ERROR", "id": "a.E001", "message": "<X>", "file": "/a.py"}, made)

    def test_cuts_what_is_too_long(self):
        made = findings.finding("ERROR", "a.E001", "x" * 5000)
        self.assertEqual(findings.LONGEST_MESSAGE, len(made["message"]))
        self.assertTrue(made["message"].endswith(" …"))

    def test_equal_ones_are_counted(self):
        one = findings.finding("ERROR", "a.E001", "same")
        other = findings.finding("ERROR", "a.E001", "other")
        self.assertEqual([{**one, "count": 3}, other], findings.merge([one, one, other, one]))

    def test_the_worst_ones_are_kept(self):
        advice = [findings.finding("INFO", "a.I001", str(number)) for number in range(findings.MOST_FINDINGS)]
        merged = findings.merge([*advice, findings.finding("ERROR", "a.E001", "worst")])
        self.assertEqual(findings.MOST_FINDINGS + 1, len(merged))
        self.assertEqual("a.E001", merged[0]["id"])
        self.assertEqual("1 more findings were left out.", merged[-1]["message"])


class FactsTest(TableTest):
    @rows(
        text=("x" * 400, "x" * 300),
        number=(3, 3),
        none=(None, None),
        path=(fake.__class__, str(fake.__class__)),
        a_tuple=(("a", 1), ["a", 1]),
        many=(list(range(99)), list(range(50))),
        an_object=({1: ("a",)}, {"1": ["a"]}),
        deep=([[[[1]]]], [[["[1]"]]]),
    )
    def test_values_become_json(self, value, expected):
        self.assertEqual(expected, facts.plain(value))
