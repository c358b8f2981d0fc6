"""Finding every variable that settings miss, with attempts that a test makes up."""

import time

from harness import TableTest, fake, rows
from shipshape_probe import missing_variables


def crash(*names, at_once=()):
    """An attempt that crashed on these variables. `at_once`: names that it made values up for, while it loaded."""
    error = {"kind": "missing-variable", "variables": list(names)}
    return fake(status="settings", error=error, stand_ins=dict.fromkeys(at_once, "x"))


def refusal(*names):
    return fake(status="settings", error={"kind": "exception", "read": list(names)}, stand_ins={})


OTHER_CRASH = refusal()
DONE = fake(status="completed", error=None, stand_ins={})


class MissingVariables(TableTest):
    def find(self, first, rehearse, seconds=60):
        self.values = []

        def noted(values):
            self.values.append(dict(values))
            return rehearse(values)

        return missing_variables.find(first, noted, time.monotonic() + seconds)

    def test_each_attempt_names_the_next(self):
        def rehearse(values):
            missing = [name for name in ("A", "B", "C") if name not in values]
            return crash(missing[0]) if missing else DONE

        self.assertEqual(["A", "B", "C"], self.find(crash("A"), rehearse))

    def test_values_look_like_what_their_names_say(self):
        self.find(crash("DATABASE_URL", "SMTP_PORT", "NAME"), lambda values: DONE)
        self.assertEqual(
            {"DATABASE_URL": missing_variables.DATABASE, "SMTP_PORT": "1", "NAME": "shipshape"}, self.values[0]
        )

    def test_other_values_are_tried_where_one_is_refused(self):
        def rehearse(values):
            return (
                crash("B") if values["A"] == "1" and "B" not in values else OTHER_CRASH if "B" not in values else DONE
            )

        self.assertEqual(["A", "B"], self.find(crash("A"), rehearse))

    def test_those_that_an_attempt_makes_up_at_once_are_missing(self):
        attempts = iter([crash("D", at_once=["B", "C"]), fake(status="completed", error=None, stand_ins={"E": "x"})])
        self.assertEqual(["A", "B", "C", "D", "E"], self.find(crash("A"), lambda values: next(attempts)))

    def test_only_those_that_are_refused_get_another_value(self):
        def rehearse(values):
            return DONE if values["B"] == missing_variables.MAIL else refusal("B")

        self.find(crash("A", "B"), rehearse)
        self.assertEqual({"A": "shipshape", "B": missing_variables.MAIL}, self.values[-1])

    def test_no_attempt_where_there_were_enough_loads(self):
        self.assertEqual(["A"], self.find(crash("A"), lambda values: None))

    def test_values_of_ours_are_used_and_not_reported(self):
        found = missing_variables.find(
            crash("SECRET_KEY", "STRIPE_KEY"),
            self.note,
            time.monotonic() + 60,
            {"SECRET_KEY": "s"},
        )
        self.assertEqual((["STRIPE_KEY"], "s"), (found, self.noted["SECRET_KEY"]))

    def note(self, values):
        self.noted = dict(values)
        return DONE

    def test_one_of_ours_that_the_settings_refuse_is_missing(self):
        def rehearse(values):
            if "A" not in values:
                return crash("A")
            return DONE if values.get("DATABASE_URL") == missing_variables.DATABASE else refusal("DATABASE_URL")

        found = missing_variables.find(crash("A"), rehearse, time.monotonic() + 60, {"DATABASE_URL": "sqlite://"})
        self.assertEqual(["A", "DATABASE_URL"], found)

    def test_no_attempt_for_a_crash_that_misses_no_variable(self):
        self.assertEqual([], self.find(OTHER_CRASH, lambda values: DONE))
        self.assertEqual([], self.values)

    @rows(
        all_attempts_are_used=lambda values: None,
        another_fault_is_in_the_way=lambda values: OTHER_CRASH,
        the_attempt_is_not_done_in_time=lambda values: fake(status="timeout", error=None, stand_ins={}),
    )
    def test_there_may_be_more_where_no_load_came_to_its_end(self, rehearse):
        self.assertEqual([True], self.said_unfinished(rehearse, 60))

    def test_there_may_be_more_after_the_deadline(self):
        self.assertEqual([True], self.said_unfinished(lambda values: DONE, -1))

    def test_there_are_no_more_where_a_load_came_to_its_end(self):
        self.assertEqual([], self.said_unfinished(lambda values: DONE, 60))

    def said_unfinished(self, rehearse, seconds):
        said = []
        missing_variables.find(crash("A"), rehearse, time.monotonic() + seconds, {}, lambda: said.append(True))
        return said

    def test_no_attempt_after_the_deadline(self):
        self.assertEqual(["A"], self.find(crash("A"), lambda values: crash("B"), seconds=-1))

    def test_it_ends_where_every_attempt_names_another(self):
        found = self.find(crash("A"), lambda values: crash("N%d" % len(values)))
        self.assertEqual(missing_variables.MOST_VARIABLES, len(found))
