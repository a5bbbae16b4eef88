"""What reviewers' decisions change for a gate: findings that were looked at, and nothing else."""

from __future__ import annotations

import pytest
from scipy import stats

from labelaudit.gate import decide_run
from labelaudit.reviewed import ReviewedUnit, Store, review
from review_runs import batch

STORE = Store("run", 7, "head")


def unit(name="i", concluded="label-ok", drawn="check", probability=1.0, checks=("gold-leakage",)):
    return ReviewedUnit("q", name, "b1", drawn, probability, checks, concluded)


def finding(item="i", **changes):
    usual = {
        "check": "gold-leakage",
        "outcome": "breach",
        "severity": "high",
        "question_id": "q",
        "batch_id": "b1",
        "annotator_id": None,
        "item_id": item,
    }
    return {**usual, **changes}


def audit(*reasons, verdict="review"):
    found = batch(*reasons, verdict=verdict)
    return {"batches": [found], "summary": {"has_thresholds": True}}


def exit_code(document, findings, units, withdrawn=()):
    """Return what a gate says after the decisions."""
    found = review(STORE, document, findings, units, withdrawn)
    return decide_run(found.applied(document)).exit_code


@pytest.mark.parametrize("kind", ["label-ok", "bad-item"])
def test_a_batch_whose_only_findings_were_cleared_is_accepted(kind):
    assert exit_code(audit("gold-leakage"), [finding()], [unit(concluded=kind)]) == 0


@pytest.mark.parametrize("kind", ["label-wrong", "ambiguous", None])
def test_what_is_wrong_unclear_or_open_clears_nothing(kind):
    assert exit_code(audit("gold-leakage"), [finding()], [unit(concluded=kind)]) == 3


def test_every_unit_of_a_finding_must_be_cleared():
    findings = [finding("i"), finding("j")]
    assert exit_code(audit("gold-leakage"), findings, [unit("i")]) == 3
    assert exit_code(audit("gold-leakage"), findings, [unit("i"), unit("j")]) == 0


def test_every_reason_must_be_cleared():
    assert exit_code(audit("gold-leakage", "padding"), [finding()], [unit()]) == 3


@pytest.mark.parametrize(
    "reason", ["low-agreement", "low-gold-accuracy", "invalid-row", "no-threshold"]
)
def test_no_decision_clears_a_floor(reason):
    assert exit_code(audit(reason), [finding(check=reason)], [unit(checks=(reason,))]) == 3


def test_a_rejected_batch_stays_rejected():
    assert exit_code(audit("gold-leakage", verdict="reject"), [finding()], [unit()]) == 1


@pytest.mark.parametrize(
    "other",
    [
        finding(None),
        finding(None, batch_id=None),
        finding(None, outcome="unknown"),
        finding("i", question_id="another"),
    ],
    ids=["of the batch", "of all batches", "not looked at", "of another question"],
)
def test_a_finding_that_no_decision_is_about_still_holds(other):
    assert exit_code(audit("gold-leakage"), [finding(), other], [unit()]) == 3


def test_a_unit_shown_for_another_reason_clears_nothing():
    assert exit_code(audit("gold-leakage"), [finding()], [unit(checks=("tied",))]) == 3


def test_a_finding_about_a_person_is_cleared_when_its_flag_is_withdrawn():
    person = finding(None, annotator_id="a", check="padding", batch_id=None)
    about = ("a", "q", None, "padding")
    assert exit_code(audit("padding"), [person], [], [about]) == 0
    assert exit_code(audit("padding"), [person], [], [("a", "q", "b1", "padding")]) == 3


def rate(*units):
    (found,) = review(STORE, audit(), [], units, ()).rates
    return found


def test_the_rate_of_wrong_labels_has_the_exact_interval():
    kinds = ["label-wrong"] * 3 + ["label-ok"] * 37
    found = rate(*(unit(f"i{n}", kind, "uniform", 0.25) for n, kind in enumerate(kinds)))
    expected = stats.binomtest(3, 40).proportion_ci(0.95, "exact")
    assert (found.rate, found.decided, found.wrong) == (0.075, 40, 3)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_units_of_another_probability_count_by_its_inverse():
    found = rate(unit("a", "label-wrong", "uniform", 0.5), unit("b", "label-ok", "uniform", 0.25))
    assert found.rate == pytest.approx(2 / 6)


def test_what_is_open_widens_the_interval_to_both_sides():
    kinds = ["label-wrong"] * 2 + ["label-ok"] * 8 + [None] * 10
    found = rate(*(unit(f"i{n}", kind, "uniform", 0.5) for n, kind in enumerate(kinds)))
    low = stats.binomtest(2, 20).proportion_ci(0.95, "exact").low
    high = stats.binomtest(12, 20).proportion_ci(0.95, "exact").high
    assert (found.rate, found.open) == (0.2, 10)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_ambiguous_and_broken_items_are_neither_right_nor_wrong():
    kinds = ["label-wrong", "label-ok", "ambiguous", "bad-item"]
    found = rate(*(unit(f"i{n}", kind, "uniform", 0.5) for n, kind in enumerate(kinds)))
    assert (found.rate, found.ambiguous, found.bad_items) == (0.5, 1, 1)


def test_no_rate_follows_from_what_was_drawn_for_its_risk():
    found = rate(unit("a", "label-wrong", "risk"), unit("b", None, "uniform", 0.5))
    assert (found.rate, found.low, found.by_risk_decided, found.by_risk_wrong) == (None, None, 1, 1)
