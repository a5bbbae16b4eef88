"""A floor is held against a one-sided bound: pass, fail, or undecided with what it needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import labelaudit
from deliveries import COLUMNS, CONFIG, GOLD, GOLD_COLUMN, VENDOR, answers, deliver
from labelaudit.holding import hold
from labelaudit.intervals import gold_accuracy, one_sided
from labelaudit.measure import BatchCounts, Measures
from labelaudit.model import Estimate
from labelaudit.settings import Limits, Policy
from labelaudit.verdict import thresholds

POLICY = Policy()


def alpha(value, se=0.04, units=100, **more):
    return Estimate(
        "krippendorff-alpha", "nominal", value, se=se, units=units, df=units - 1.0,
        method="jackknife-log", question_id="q", **more,
    )  # fmt: skip


def held(estimate, floor=0.667, target=0.80, policy=POLICY):
    return hold("min_agreement", estimate, floor, target, policy)


def test_a_lower_bound_above_the_floor_passes():
    found = held(alpha(0.8))
    assert (found.outcome, found.side, found.level, found.needs) == ("pass", "lower", 0.95, None)
    assert found.bound == pytest.approx(0.721, abs=0.001)


def test_an_upper_bound_under_the_floor_fails():
    found = held(alpha(0.5))
    assert (found.outcome, found.side) == ("fail", "upper")
    assert found.estimate < found.bound < 0.667


def test_a_bound_that_lies_on_the_floor_clears_it():
    estimate = alpha(0.80)
    lower, upper = (one_sided(estimate, side, 0.95) for side in ("lower", "upper"))
    assert held(estimate, floor=lower).outcome == "pass"
    assert held(estimate, floor=upper).outcome == "inconclusive"


def test_a_point_on_either_side_decides_nothing():
    assert held(alpha(0.70)).outcome == held(alpha(0.64)).outcome == "inconclusive"


def test_a_stricter_risk_asks_for_more():
    assert held(alpha(0.75)).outcome == "pass"
    assert held(alpha(0.75), policy=Policy(consumer_risk=0.001)).outcome == "inconclusive"


def test_an_undefined_estimate_never_passes():
    found = held(Estimate("krippendorff-alpha", "nominal", undefined="no-overlap"))
    assert (found.outcome, found.bound) == ("inconclusive", None)
    assert found.needs == "items that two people or more labeled"


def batch(vendors=("v1",), question="q"):
    return BatchCounts(question, "b1", vendors, 100, 100, 300, 3, 0)


def test_a_question_without_its_estimate_is_undecided():
    (found,) = thresholds(Measures((), (batch(),), ()), Policy(Limits(min_agreement=0.6)))["b1"]
    assert (found.outcome, found.question_id) == ("inconclusive", "q")


def test_a_gold_floor_is_for_the_questions_that_have_gold():
    gold = Estimate("gold-accuracy", "nominal", 0.9, question_id="q", batch_id="b1")
    measures = Measures((gold,), (batch(), batch(question="r")), ())
    found = thresholds(measures, Policy(Limits(min_accuracy=0.8)))["b1"]
    assert [threshold.question_id for threshold in found] == ["q"]


@pytest.mark.parametrize(
    ("questions", "asked"), [({}, ["q"]), ({"r": {"min_accuracy": 0.8}}, ["q", "r"])]
)
def test_a_gold_floor_of_its_own_asks_a_question_for_gold(questions, asked):
    gold = Estimate("gold-accuracy", "nominal", 0.9, question_id="q", batch_id="b1")
    measures = Measures((gold,), (batch(), batch(question="r")), ())
    policy = Policy(Limits(min_accuracy=0.8), questions=questions)
    found = thresholds(measures, policy)["b1"]
    assert [threshold.question_id for threshold in found] == asked


def test_a_gold_floor_without_any_gold_is_undecided_everywhere():
    measures = Measures((), (batch(), batch(question="r")), ())
    found = thresholds(measures, Policy(Limits(min_accuracy=0.8)))["b1"]
    assert [threshold.outcome for threshold in found] == ["inconclusive"] * 2


@pytest.mark.parametrize(
    ("question", "vendors", "floor"),
    [
        ("q", (), 0.6),
        ("r", (), 0.5),
        ("q", ("strict",), 0.9),
        ("r", ("strict",), 0.9),
        ("q", ("lax",), 0.3),
        ("q", ("lax", "strict"), 0.9),
        ("q", ("lax", "other"), 0.6),
    ],
)
def test_vendors_override_questions_and_the_strictest_vendor_counts(question, vendors, floor):
    policy = Policy(
        Limits(min_agreement=0.6),
        questions={"r": {"min_agreement": 0.5}},
        vendors={"strict": {"min_agreement": 0.9}, "lax": {"min_agreement": 0.3}},
    )
    assert policy.limits_for(question, vendors).min_agreement == floor


@pytest.fixture
def judged(tmp_path):
    """Audit rows; return batch -> (verdict, outcomes by threshold name)."""

    def audit(rows, config):
        data = deliver(tmp_path, rows, config)
        with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
            verdicts = labelaudit.run(annotations).verdicts
        return {
            found.batch_id: (found.verdict, {t.name: t.outcome for t in found.thresholds})
            for found in verdicts
        }

    return audit


def test_a_nearly_perfect_batch_passes_on_its_exact_bound(judged):
    assert judged(answers(units=60), CONFIG) == {"b1": ("accept", {"min_agreement": "pass"})}


def test_a_perfect_batch_of_few_items_is_undecided(judged):
    assert judged(answers(units=6), CONFIG) == {
        "b1": ("review", {"min_agreement": "inconclusive"})
    }  # fmt: skip


@pytest.mark.parametrize(("units", "found"), [(30, ("reject", "fail")), (4, ("review", None))])
def test_a_batch_in_which_all_disagree_alike_is_rejected(judged, units, found):
    verdict, outcome = found
    decided = judged(answers(units=units, people=2, differ=units), CONFIG)["b1"]
    assert decided == (verdict, {"min_agreement": outcome or "inconclusive"})


def test_limits_of_a_vendor_hold_for_its_batches_alone(judged):
    rows = [*answers(units=80, differ=8), *answers("b2", units=80, differ=8, vendor="v2")]
    config = COLUMNS + VENDOR + CONFIG.removeprefix(COLUMNS)
    strict = config + "[policy.vendors.v2]\nmin_agreement = 0.95\ntarget_agreement = 0.99\n"
    verdicts = {batch: verdict for batch, (verdict, _) in judged(rows, strict).items()}
    assert verdicts == {"b1": "accept", "b2": "reject"}


def test_agreement_cannot_make_up_for_wrong_gold(judged):
    rows = [{**row, "gold": "cat"} for row in answers(units=60, people=6)]
    config = COLUMNS + GOLD_COLUMN + CONFIG.removeprefix(COLUMNS) + GOLD
    verdict, outcomes = judged(rows, config)["b1"]
    assert verdict == "reject"
    assert outcomes == {"min_agreement": "pass", "min_accuracy": "fail"}


def test_another_coefficient_can_carry_the_floor(judged):
    config = CONFIG + 'coefficient = "gwet-ac1"\n'
    assert judged(answers(), config)["b1"] == ("accept", {"min_agreement": "pass"})


@pytest.mark.parametrize("vendors", [("v1", "v2"), ("v2", "v1"), ("v1", "v2", "v3")])
def test_an_undecided_floor_costs_what_the_strictest_of_several_vendors_asks(vendors):
    costs = {"v1": {"on_inconclusive": "accept"}, "v2": {"on_inconclusive": "reject"}}
    policy = Policy(Limits(min_agreement=0.6), vendors=costs)
    assert policy.limits_for("q", vendors).on_inconclusive == "reject"


LOT = Limits(min_accuracy=0.9, target_accuracy=0.97, finite_lot=True)


def of_lot(answers, limits=LOT, **more):
    """Hold a gold floor against 76 of 80 right answers in a batch of so many answers."""
    found = gold_accuracy(np.array([38, 38]), np.array([40, 40]))
    found = replace(found, question_id="q", batch_id="b1")
    counted = replace(batch(), annotations=answers)
    (held,) = thresholds(Measures((found,), (counted,), ()), Policy(limits, **more))["b1"]
    return held


def test_gold_drawn_from_a_finite_lot_is_held_for_the_lot():
    assert [of_lot(answers).outcome for answers in (80, 120, 10**6)] == [
        "pass", "pass", "inconclusive",
    ]  # fmt: skip
    whole = of_lot(80)
    assert (whole.bound, whole.method) == (0.95, "korn-graubard, finite lot of 80")
    plain = of_lot(80, replace(LOT, finite_lot=False))
    assert (plain.outcome, plain.method) == ("inconclusive", "korn-graubard")


def test_a_finite_lot_is_never_topped_up_beyond_itself():
    held = of_lot(130, replace(LOT, min_accuracy=0.94))
    assert held.outcome == "inconclusive"
    assert 80 < held.n_planned <= held.n_max <= 130
    assert held.needs.endswith("more answers on gold items")


def test_of_several_vendors_all_must_have_drawn_their_gold_at_random():
    policy = Policy(Limits(), vendors={"v1": {"finite_lot": True}})
    assert policy.limits_for("q", ("v1",)).finite_lot
    assert not policy.limits_for("q", ("v1", "v2")).finite_lot


@pytest.mark.parametrize("vendors", [("v1", "v2"), ("v2", "v1")])
def test_the_strictest_gold_floor_of_several_vendors_comes_with_its_own_target(vendors):
    strict = {"min_accuracy": 0.95, "target_accuracy": 0.99}
    vendor_limits = {"v1": {"min_agreement": 0.7, "target_agreement": 0.9}, "v2": strict}
    policy = Policy(Limits(min_accuracy=0.8, target_accuracy=0.9), vendors=vendor_limits)
    found = policy.limits_for("q", vendors)
    assert (found.min_accuracy, found.target_accuracy) == (0.95, 0.99)
    assert (found.min_agreement, found.target_agreement) == (0.7, 0.9)
