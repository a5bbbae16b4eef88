"""Gold drawn at random from a finite lot: the lot is judged, and all of it leaves no doubt."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from labelaudit.intervals import bounds_at, bounds_in_lot, gold_accuracy
from labelaudit.planning import gold_planned

LEVELS = (0.95, 0.995)


def alone(right, n):
    """Return the accuracy of one annotator: answers that vary alone."""
    return gold_accuracy(np.array([right]), np.array([n]))


def test_with_gold_for_every_answer_the_bounds_are_the_estimate():
    found = gold_accuracy(np.array([18, 11]), np.array([20, 20]))
    for side in ("lower", "upper"):
        assert bounds_in_lot(found, side, LEVELS, 40) == (29 / 40, 29 / 40)


@pytest.mark.parametrize("side", ["lower", "upper"])
@pytest.mark.parametrize("right", [np.array([19, 17, 12]), np.array([20, 20, 20])])
def test_a_huge_lot_has_the_bounds_of_the_work_itself(side, right):
    found = gold_accuracy(right, np.array([20, 20, 20]))
    in_lot = bounds_in_lot(found, side, LEVELS, 10**7)
    assert in_lot == pytest.approx(bounds_at(found, side, LEVELS), abs=1e-4)


@pytest.mark.parametrize(("lot", "n"), [(40, 30), (100, 50), (100, 90), (300, 60)])
@pytest.mark.parametrize("level", LEVELS)
def test_no_lot_under_its_bound_is_accepted_more_often_than_said(lot, n, level):
    every = range(n + 1)
    lower = [bounds_in_lot(alone(right, n), "lower", (level,), lot)[0] for right in every]
    upper = [bounds_in_lot(alone(right, n), "upper", (level,), lot)[0] for right in every]
    for good in range(lot + 1):
        chances = stats.hypergeom(lot, good, n).pmf(every)
        too_high = np.array(lower) > good / lot + 1e-12
        too_low = np.array(upper) < good / lot - 1e-12
        assert max(chances[too_high].sum(), chances[too_low].sum()) <= 1 - level + 1e-9


def test_drawing_from_a_lot_tells_more_and_clusters_still_tell_less():
    even, uneven = (
        gold_accuracy(np.array(right), np.array([50, 50, 50])) for right in ([47] * 3, [50, 50, 41])
    )
    (plain,) = bounds_at(even, "lower", [0.95])
    (in_lot,) = bounds_in_lot(even, "lower", [0.95], 200)
    (clustered,) = bounds_in_lot(uneven, "lower", [0.95], 200)
    assert plain < in_lot < even.value
    assert clustered < in_lot


def test_more_answers_than_the_lot_holds_are_no_sample_of_it():
    found = alone(18, 20)
    assert bounds_in_lot(found, "lower", LEVELS, 19) == bounds_at(found, "lower", LEVELS)


def test_plans_for_a_lot_never_ask_for_more_than_it_holds():
    goal = 0.90, 0.95, 0.05, 0.10
    plain = gold_planned(*goal, rho=0.03, annotators=24)
    plans = [gold_planned(*goal, rho=0.03, annotators=24, lot=lot) for lot in (50, 500, 10**7)]
    assert plans == [pytest.approx(50, abs=8), 204, plain]
    assert gold_planned(*goal, rho=0.10, annotators=24) is None
    assert gold_planned(*goal, rho=0.10, annotators=24, lot=500) < 500


def test_a_plan_for_a_lot_passes_as_often_as_planned():
    floor, target, lot = 0.90, 0.96, 600
    n = gold_planned(floor, target, 0.05, 0.10, lot=lot)
    every = range(n + 1)
    passed = [bounds_in_lot(alone(right, n), "lower", (0.95,), lot)[0] >= floor for right in every]
    power = stats.hypergeom(lot, round(target * lot), n).pmf(every)[passed].sum()
    assert 0.85 < power < 0.97
