"""The attacker finds what is open and nothing else, on tables small enough to work out by hand."""

import unittest

from attack import Attack
from worlds import Contradiction

K = 3


def spec(backgrounds=None, answers=("a", "b", "c"), releases=1):
    backgrounds = backgrounds or {}
    return {
        "k": K,
        "vars": {**backgrounds, "q": list(answers)},
        "questions": ["q"],
        "tables": [{"id": "t", "vars": ["q", *backgrounds]}],
        "releases": [{"id": f"r{batch}", "batch_max": batch, "tables": ["t"]} for batch in range(1, releases + 1)],
    }


def people(groups, batch=1):
    """As many people as said: {("x", "a"): 3} or {"a": 3}."""
    made = []
    for key, count in groups.items():
        background, answer = key if isinstance(key, tuple) else (None, key)
        person = {"batch": str(batch), "q": answer}
        if background is not None:
            person["g"] = background
        made.extend([person] * count)
    return made


def printed(lines, release="r1"):
    stat = lambda value: "range" if ":" in value else "n"
    return [{"release": release, "table": "t", "cell": cell, "stat": stat(value), "value": value} for cell, value in lines.items()]


def found(spec, people, lines, level, roster=True, **more):
    return Attack(spec, people, lines, roster=roster, level=level, **more).run()[0]


class WholeRow(unittest.TestCase):
    PEOPLE = people({"a": 2, "b": 8, "c": 10})

    def test_a_printed_small_count_is_exact(self):
        result = found(spec(), self.PEOPLE, printed({"q=a": "2"}), "exact")
        self.assertEqual([(fact["cell"], fact["how"]) for fact in result], [("q=a", "exact")])

    def test_the_rest_of_the_total_is_exact(self):
        lines = printed({"q=a": "", "q=b": "8", "q=c": "10"})
        self.assertEqual(len(found(spec(), self.PEOPLE, lines, "exact")), 1)

    def test_the_rest_of_the_total_needs_the_total(self):
        lines = printed({"q=a": "", "q=b": "8", "q=c": "10"})
        self.assertEqual(found(spec(), self.PEOPLE, lines, "exact", roster=False), [])

    def test_a_count_in_a_small_range_is_known_to_be_few_but_not_exact(self):
        lines = printed({"q=a": "1:2"})
        self.assertEqual(found(spec(), self.PEOPLE, lines, "exact"), [])
        self.assertEqual(found(spec(), self.PEOPLE, lines, "deniable")[0]["how"], "known to be few")

    def test_coded_counts_that_leave_room_are_closed(self):
        lines = printed({"q=a": "0:3", "q=b": "8", "q=c": "9:12"})
        self.assertEqual(found(spec(), self.PEOPLE, lines, "promise"), [])

    def test_zeros_that_are_always_printed_make_what_is_hidden_at_least_one(self):
        here = people({"a": 1, "b": 1, "c": 18})
        lines = printed({"q=a": "", "q=b": "", "q=c": "18"})
        self.assertEqual(len(found(spec(), here, lines, "exact")), 2)
        self.assertEqual(found(spec(), here, lines, "exact", zeros="hidden"), [])

    def test_the_own_answer_tells_the_count_of_another(self):
        here = people({"a": 1, "b": 1, "c": 18})
        lines = printed({"q=a": "0:1", "q=c": "18"})
        result = found(spec(), here, lines, "exact")
        self.assertEqual([fact["cell"] for fact in result], ["q=b"])
        self.assertIn("who said a", result[0]["who"])

    def test_who_gave_a_rare_answer_knows_that_it_is_rare(self):
        here = people({"a": 1, "b": 1, "c": 18})
        lines = printed({"q=a": "", "q=b": "", "q=c": "18"})
        self.assertEqual(found(spec(), here, lines, "deniable", zeros="hidden"), [])
        who = {fact["cell"]: fact["who"] for fact in found(spec(), here, lines, "promise", zeros="hidden")}
        self.assertIn("who said a", who["q=a"])

    def test_everybody_is_found_at_the_level_that_looks_for_it(self):
        here = people({"c": 20})
        lines = printed({"q=c": "20"})
        self.assertEqual(found(spec(), here, lines, "exact"), [])
        self.assertEqual(found(spec(), here, lines, "deniable")[0]["how"], "known to be everybody")

    def test_all_but_few_is_found_by_the_promise_alone(self):
        here = people({"b": 2, "c": 18})
        lines = printed({"q=c": "18:19", "q=a": "0:1", "q=b": "0:2"})
        self.assertEqual(found(spec(), here, lines, "deniable", zeros="hidden"), [])
        self.assertIn("q=c", [fact["cell"] for fact in found(spec(), here, lines, "promise")])

    def test_values_of_other_data_are_refused(self):
        with self.assertRaises(Contradiction):
            found(spec(), self.PEOPLE, printed({"q=a": "7"}), "exact")


class Groups(unittest.TestCase):
    SPEC = spec({"g": ["x", "y"]})
    PEOPLE = people({("x", "a"): 2, ("x", "b"): 8, ("y", "a"): 6, ("y", "b"): 5, ("y", "c"): 4})

    def test_a_group_is_the_whole_less_the_other(self):
        lines = printed({"q=a": "8", "q=a;g=y": "6", "q=a;g=x": ""})
        result = found(self.SPEC, self.PEOPLE, lines, "exact")
        self.assertEqual([fact["cell"] for fact in result], ["q=a;g=x"])

    def test_the_whole_alone_tells_nothing_of_these_groups(self):
        lines = printed({"q=a": "8", "q=b": "13", "q=c": "4:5"})
        self.assertEqual(found(self.SPEC, self.PEOPLE, lines, "deniable"), [])

    def test_a_unanimous_group_is_found_through_the_whole(self):
        here = people({("x", "a"): 8, ("y", "b"): 7})
        lines = printed({"q=a": "8", "q=a;g=y": "0", "q=b": "7"})
        cells = [fact["cell"] for fact in found(self.SPEC, here, lines, "deniable")]
        self.assertIn("q=a;g=x", cells)

    def test_both_readers_see_a_cell_that_whole_numbers_alone_decide(self):
        # 2a' + ... : in halves there would be room between 1 and 2.
        here = people({("x", "a"): 1, ("x", "b"): 9, ("y", "a"): 9, ("y", "b"): 6})
        lines = printed({"q=a": "10", "q=a;g=y": "9:9", "q=b": "15"})
        self.assertIn("q=a;g=x", [fact["cell"] for fact in found(self.SPEC, here, lines, "exact")])


class Releases(unittest.TestCase):
    SPEC = spec(releases=2)
    PEOPLE = people({"a": 8, "b": 12}) + people({"a": 1, "b": 9}, batch=2)

    def test_two_totals_tell_of_those_who_came_between(self):
        lines = printed({"q=a": "8"}) + printed({"q=a": "9"}, "r2")
        result = found(self.SPEC, self.PEOPLE, lines, "exact")
        self.assertIn(("r2 new", "q=a"), [(fact["release"], fact["cell"]) for fact in result])

    def test_the_first_total_alone_tells_nothing_of_them(self):
        lines = printed({"q=a": "8", "q=b": "12"})
        cells = [fact for fact in found(self.SPEC, self.PEOPLE, lines, "exact") if fact["release"] == "r2 new"]
        self.assertEqual(cells, [])


if __name__ == "__main__":
    unittest.main()
