"""Looks share the consumer's risk: how much each spends, and what is no new look."""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import ceil

import pytest

from labelaudit.deciding import EXHAUSTED, NOT_EVALUATED, at_a_look, at_once
from labelaudit.errors import UsageError
from labelaudit.holding import hold
from labelaudit.looks import History
from labelaudit.model import Estimate
from labelaudit.reports.json_report import plain
from labelaudit.settings import Policy
from labelaudit.spending import ALL, ASKABLE, tenths

TARGET = 0.80


def threshold(value=0.75, units=70, seen="a", floor=0.667, **more):
    """Return a threshold as `audit.json` holds it; the batch adds variance 6 a unit."""
    estimate = Estimate(
        "krippendorff-alpha", "nominal", value, se=(6 / units) ** 0.5 * (1 - value),
        units=units, df=units - 1.0, method="jackknife-log", question_id="q", **more,
    )  # fmt: skip
    return plain(hold("min_agreement", estimate, floor, TARGET, Policy(), fingerprint=seen))


def look(held, batch="b1"):
    """Return what the ledger keeps of a look."""
    names = ("question_id", "fingerprint", "look", "risk_fraction", "risk_left_fraction", "outcome")
    kept = {name: getattr(held, name) for name in names}
    return {"batch_id": batch, "threshold": held.name, **kept}


def gates(*thresholds, batch="b1", **more):
    """Gate one threshold after another; return each as it was held."""
    contents, found = [], []
    for each in thresholds:
        held = at_a_look(batch, each, History(contents), **more)
        found.append(held)
        contents.append({"kind": "gate", "looks": [look(held, batch)] if held.new else []})
    return found


def test_four_looks_spend_one_two_three_and_four_tenths():
    found = gates(*(threshold(units=units, seen=str(units)) for units in (40, 50, 60, 70)))
    assert [held.look for held in found] == [1, 2, 3, 4]
    assert [held.risk_fraction for held in found] == [0.1, 0.2, 0.3, 0.4]
    assert [held.level for held in found] == pytest.approx([0.995, 0.99, 0.985, 0.98])


def test_a_look_at_the_planned_size_spends_all_that_is_left():
    (whole,) = gates(threshold(units=260))
    assert (whole.risk_fraction, whole.level, whole.risk_left_fraction) == (1.0, 0.95, 0.0)
    _, second = gates(threshold(seen="a"), threshold(units=260, seen="b"))
    assert (second.risk_fraction, second.level) == (0.9, pytest.approx(0.955))


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_all_looks_together_spend_the_risk_once_at_levels_that_have_bounds(most):
    for enough in range(6):
        spent = []
        for number in range(6):
            spent.append(tenths(spent, number, enough, most))
        assert {*spent} <= {*ASKABLE, 0}
        assert (sum(spent), len([each for each in spent if each]) <= most) == (ALL, True)
        assert all(after == 0 for before, after in pairwise(accumulate(spent)) if before > ALL)


def test_unchanged_data_are_no_new_look_and_get_the_same_answer():
    first, again, other, back = gates(*(threshold(seen=seen) for seen in "aaba"))
    assert (first.new, again.new, other.new, back.new) == (True, False, True, False)
    assert (again.look, again.level, again.outcome) == (first.look, first.level, first.outcome)
    assert (other.look, back.look) == (2, 1)


def test_a_bound_at_the_level_of_the_look_decides_not_the_full_one():
    found = threshold(0.77, units=150)
    assert at_once(found).outcome == "pass"
    (held,) = gates(found)
    assert (held.outcome, held.bound < 0.667 < at_once(found).bound) == ("inconclusive", True)
    assert held.needs == f"label {held.n_planned - 150} more items, each by two people or more"


def test_a_plan_that_is_used_up_stays_undecided_and_says_so():
    undecided = [threshold(0.70, units=40, seen=str(look)) for look in range(5)]
    found = gates(*undecided)
    assert [held.outcome for held in found] == ["inconclusive"] * 5
    assert [held.reason for held in found] == [None, None, None, EXHAUSTED, EXHAUSTED]
    assert (found[4].look, found[4].new) == (None, False)
    assert "labelaudit ledger restart" in found[4].needs


def test_even_a_perfect_batch_does_not_pass_when_nothing_is_left_to_spend():
    spent = [threshold(0.70, units=400, seen="a"), threshold(0.97, units=500, seen="b")]
    assert [held.outcome for held in gates(*spent)] == ["inconclusive"] * 2


def test_a_pass_ends_the_plan_and_more_data_begin_the_next():
    passed, more = gates(threshold(0.9, units=260), threshold(0.9, units=270, seen="b"))
    assert (passed.outcome, passed.risk_left_fraction) == ("pass", 0.0)
    assert (more.outcome, more.look, more.risk_fraction) == ("pass", 1, 1.0)


def test_a_restart_begins_a_plan_for_its_batch_alone_and_forgets_no_data():
    held = at_a_look("b1", threshold(), History())
    kept = [{"kind": "gate", "looks": [look(held), look(held, "b2")]}]
    kept.append({"kind": "restart", "batch_id": "b1"})
    new, old = threshold(seen="new"), threshold()
    assert [at_a_look(name, new, History(kept)).look for name in ("b1", "b2")] == [1, 2]
    assert at_a_look("b1", old, History(kept)).new is False


def test_a_failed_look_shows_the_upper_bound_that_failed():
    (held,) = gates(threshold(0.30, units=150))
    assert (held.outcome, held.side, held.risk_fraction) == ("fail", "upper", 0.1)
    assert held.estimate < held.bound == held.upper < held.limit


def test_looks_taken_before_fewer_were_allowed_leave_none():
    spent = [threshold(0.70, units=40, seen=seen) for seen in "ab"]
    held = [at_a_look("b1", each, History()) for each in spent]
    kept = [{"kind": "gate", "looks": [look(held[0])]}]
    last = at_a_look("b1", spent[1], History(kept), max_looks=1)
    assert (last.reason, last.look, last.outcome) == (EXHAUSTED, None, "inconclusive")


def test_a_top_up_to_the_planned_size_exactly_is_whole():
    first = [tenths([], 75, 100), tenths([], 74, 100)]
    assert (first, tenths([1], 100, 100), tenths([1], 99, 100)) == ([ALL, 1], 9, 2)


def test_a_batch_is_topped_up_to_five_quarters_of_its_plan():
    (held,) = gates(threshold())
    assert held.n_max == ceil(1.25 * held.n_planned)


def test_what_has_no_bound_is_not_evaluated_and_spends_nothing():
    nothing = Estimate("krippendorff-alpha", "nominal", undefined="one-category", question_id="q")
    found = plain(hold("min_agreement", nothing, 0.667, TARGET, Policy(), fingerprint="a"))
    (held,) = gates(found)
    assert (held.outcome, held.reason, held.new) == ("inconclusive", NOT_EVALUATED, False)


def test_other_batches_questions_and_floors_have_looks_of_their_own():
    held = at_a_look("b1", threshold(), History())
    kept = [{"kind": "gate", "looks": [look(held)]}]
    more = threshold(seen="b")
    others = [more, {**more, "question_id": "r"}, {**more, "name": "min_accuracy"}]
    looks = [at_a_look("b1", each, History(kept)).look for each in others]
    assert (looks, at_a_look("b2", more, History(kept)).look) == ([2, 1, 1], 1)


def test_an_audit_without_bounds_is_sent_back():
    old = {**threshold(), "bounds": []}
    assert at_once(old).outcome == "inconclusive"
    with pytest.raises(UsageError, match="kept no bounds"):
        at_a_look("b1", old, History())


def test_few_disagreements_may_block_a_fail_and_never_a_pass():
    alike = Estimate(
        "krippendorff-alpha", "nominal", 1.0, low=0.93, high=1.0, df=60.0, units=60,
        method="exact-no-disagreement", question_id="q",
    )  # fmt: skip
    (held,) = gates(plain(hold("min_agreement", alike, 0.667, TARGET, Policy(), fingerprint="a")))
    assert (held.outcome, held.level) == ("pass", 0.95)
    withheld = threshold(0.2, units=6, interval_undefined="too-few-units")
    assert gates(withheld)[0].outcome == "inconclusive"
