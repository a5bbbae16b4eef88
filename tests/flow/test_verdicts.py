"""The rules of a verdict: what rejects, what asks for a person, what changes nothing."""

from __future__ import annotations

import pytest

from labelaudit.measure import BatchCounts, Measures
from labelaudit.model import Finding, Threshold
from labelaudit.settings import Limits, Policy
from labelaudit.verdict import judge

COUNTS = BatchCounts("q", "b1", ("v1",), 100, 100, 300, 3, 0)
FLOOR = Policy(Limits(min_agreement=0.667))


def threshold(outcome, name="min_agreement", question="q", cost="review"):
    return Threshold(
        name, question, "krippendorff-alpha", 0.667, 0.7, 0.6, "lower", 0.95, None, outcome,
        on_inconclusive=cost,
    )  # fmt: skip


def finding(check="missing-label", outcome="breach", severity="high", batch="b1"):
    return Finding(check, outcome, severity, "seen", question_id="q", batch_id=batch)


def verdict(*held, findings=(), policy=FLOOR):
    """Return the verdict of one batch, and the checks it rests on."""
    measures = Measures((), (COUNTS,), ())
    (judged,) = judge(measures, policy, {"b1": held}, findings, ["b1"])
    return judged.verdict, judged.reasons


def test_a_passed_floor_accepts():
    assert verdict(threshold("pass")) == ("accept", ())


def test_a_failed_floor_rejects_and_names_its_check():
    assert verdict(threshold("fail")) == ("reject", ("low-agreement",))
    assert verdict(threshold("fail", "min_accuracy")) == ("reject", ("low-gold-accuracy",))


def test_one_failed_floor_among_passed_ones_rejects():
    assert verdict(threshold("pass"), threshold("fail", "min_accuracy"))[0] == "reject"


@pytest.mark.parametrize("cost", ["review", "reject", "accept"])
def test_an_undecided_floor_costs_what_the_policy_says(cost):
    judged, reasons = verdict(threshold("inconclusive", cost=cost))
    assert judged == cost
    assert reasons == (() if cost == "accept" else ("low-agreement",))


def test_an_undecided_floor_does_not_hide_a_failed_one():
    held = threshold("inconclusive"), threshold("fail", "min_accuracy")
    assert verdict(*held) == ("reject", ("low-gold-accuracy", "low-agreement"))


@pytest.mark.parametrize("check", ["invalid-row", "label-not-in-domain"])
def test_more_rejected_rows_than_allowed_reject(check):
    assert verdict(threshold("pass"), findings=[finding(check)]) == ("reject", (check,))


def test_a_high_breach_of_another_check_asks_for_a_person():
    seen = [finding("missing-label")]
    assert verdict(threshold("pass"), findings=seen) == ("review", ("missing-label",))


@pytest.mark.parametrize(
    "seen",
    [
        finding(outcome="warning"),
        finding(severity="medium"),
        finding(severity="low"),
        finding("label-not-in-domain", outcome="warning"),
        finding("thin-overlap", outcome="unknown"),
        finding(batch="b2"),
        finding("annotator-below-peers", severity="medium", batch=None),
    ],
)
def test_anything_less_changes_nothing(seen):
    assert verdict(threshold("pass"), findings=[seen]) == ("accept", ())


@pytest.mark.parametrize("batch", ["b1", None])
def test_silence_of_a_required_check_is_no_pass(batch):
    policy = Policy(Limits(min_agreement=0.667), required_checks=("annotator-below-peers",))
    seen = [finding("annotator-below-peers", "unknown", "low", batch)]
    judged = verdict(threshold("pass"), findings=seen, policy=policy)
    assert judged == ("review", ("annotator-below-peers",))


def test_silence_of_a_required_check_can_cost_the_batch():
    required = ("annotator-below-peers",)
    policy = Policy(FLOOR.limits, required_checks=required, on_unknown="reject")
    seen = [finding("annotator-below-peers", "unknown", "low")]
    assert verdict(threshold("pass"), findings=seen, policy=policy) == ("reject", required)


def test_a_high_breach_that_belongs_to_no_batch_concerns_each():
    seen = [finding("invalid-row", batch=None)]
    assert verdict(threshold("pass"), findings=seen) == ("review", ("invalid-row",))


def test_a_batch_without_a_threshold_is_never_accepted():
    assert verdict(policy=Policy()) == ("review", ("no-threshold",))


def test_a_batch_whose_every_row_was_rejected_is_judged_too():
    measures = Measures((), (), ())
    (judged,) = judge(measures, FLOOR, {}, [finding("invalid-row")], ["b1"])
    assert (judged.verdict, judged.units) == ("reject", 0)


def test_counts_are_added_over_questions_and_vendors_named_once():
    other = BatchCounts("r", "b1", ("v0", "v1"), 10, 10, 30, 5, 0)
    (judged,) = judge(Measures((), (COUNTS, other), ()), FLOOR, {}, [], ["b1"])
    assert (judged.units, judged.annotations, judged.annotators) == (110, 330, 5)
    assert judged.vendors == ("v0", "v1")
