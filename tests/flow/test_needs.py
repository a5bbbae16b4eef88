"""What an undecided floor needs: a number of items or answers where that helps, else what does."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from labelaudit.coefficients import estimate, from_counts
from labelaudit.intervals import gold_accuracy
from labelaudit.model import Estimate
from labelaudit.needs import UNDEFINED, needs
from labelaudit.planning import (
    annotators_planned,
    clustered_answers,
    gold_planned,
    independent_answers,
    likeness,
    units_needed,
)

RISKS = 0.05, 0.10


def alpha(value, se=0.08, units=50):
    return Estimate(
        "krippendorff-alpha", "nominal", value, se=se, units=units, df=units - 1.0,
        method="jackknife-log",
    )  # fmt: skip


def test_more_items_are_planned_at_the_target_or_better():
    said = needs(alpha(0.75), 0.667, 0.80, *RISKS)
    assert said == "label 170 more items, each by two people or more"
    assert units_needed(alpha(0.75), 0.667, 0.80, *RISKS) == 220


def test_without_a_target_they_are_planned_at_the_estimate():
    total = units_needed(alpha(0.75), 0.667, 0.75, *RISKS)
    assert f"label {total - 50:,} more items" in needs(alpha(0.75), 0.667, None, *RISKS)


def test_a_batch_below_its_floor_is_not_sent_for_more_labels():
    said = needs(alpha(0.6), 0.667, 0.80, *RISKS)
    assert said == "the estimate is below the floor: more labels are unlikely to help"


def test_a_flawless_batch_needs_as_many_items_as_its_exact_bound():
    seen = estimate("krippendorff-alpha", from_counts([[2, 0]] * 5 + [[0, 2]] * 5), "nominal")
    said = needs(seen, 0.667, 0.80, *RISKS)
    (more,) = map(int, re.findall(r"label (\d+) more items", said))
    half = (10 + more) // 2
    enough = from_counts([[2, 0]] * half + [[0, 2]] * (10 + more - half))
    found = estimate("krippendorff-alpha", enough, "nominal", confidence=0.90)
    assert found.low == pytest.approx(0.667, abs=0.03)


def test_planned_sizes_follow_from_the_variance_that_a_unit_adds():
    # V = n h^2 = 9 and ((1.645 + 1.282) / ln(0.333 / 0.2))^2 = 32.95: n* = 297
    pilot = alpha(0.8, se=0.2 * 3 / np.sqrt(50))
    assert units_needed(pilot, 0.667, 0.80, *RISKS) == 297


@pytest.mark.parametrize(
    ("floor", "target", "independent", "twelve_people"),
    [
        (0.90, 0.95, 239, 576),
        (0.90, 0.97, 104, 136),
        (0.95, 0.98, 322, 1589),
        (0.80, 0.90, 109, 145),
    ],
)
def test_gold_answers_of_people_who_err_alike_count_less(floor, target, independent, twelve_people):
    found = independent_answers(floor, target, *RISKS)
    assert math.ceil(found) == independent
    assert math.ceil(clustered_answers(found, 0.03, 12)) == twelve_people


def test_likeness_is_found_from_the_answers_themselves():
    rng = np.random.default_rng(5)
    skill = rng.beta(0.9 * 9, 0.1 * 9, size=400)  # rho = 1 / (9 + 1)
    found = gold_accuracy(rng.binomial(50, skill), np.full(400, 50))
    assert likeness(found) == pytest.approx(0.10, abs=0.02)


def test_answers_of_independent_people_are_asked_for_in_number():
    found = gold_accuracy(np.array([19, 19, 19, 18, 19]), np.full(5, 20))
    said = needs(found, 0.90, 0.95, *RISKS)
    total = gold_planned(0.90, 0.95, *RISKS, annotators=5)
    assert said == f"{total - 100} more answers on gold items"


def test_where_one_person_makes_the_spread_only_more_people_help():
    found = gold_accuracy(np.array([50, 50, 50, 50, 30]), np.full(5, 50))
    least = annotators_planned(0.90, 0.95, *RISKS, likeness(found))
    said = needs(found, 0.90, 0.95, *RISKS)
    assert said == (
        f"gold answers from more annotators, {least} at the least by the spread between people:"
        " more answers of the same 5 would not decide"
    )
    assert least > 5


def test_where_no_number_of_answers_is_enough_is_where_the_formula_says_so():
    found = independent_answers(0.90, 0.95, *RISKS)
    assert clustered_answers(found, 0.05, 12) is not None
    assert clustered_answers(found, 0.051, 12) is None


@pytest.mark.parametrize("reason", UNDEFINED)
def test_what_cannot_be_measured_says_what_would_make_it_so(reason):
    undefined = Estimate("krippendorff-alpha", "nominal", undefined=reason)
    assert needs(undefined, 0.667, 0.8, *RISKS) == UNDEFINED[reason]


def test_a_reason_without_advice_is_named():
    undefined = Estimate("krippendorff-alpha", "ratio", undefined="negative-on-ratio-scale")
    assert "(negative-on-ratio-scale)" in needs(undefined, 0.667, 0.8, *RISKS)
