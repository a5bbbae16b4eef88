"""Charts over batches, change points, distances and many p-values."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import asin, log, sin, sqrt

import numpy as np
import pytest
from scipy import stats
from scipy.spatial.distance import jensenshannon

from labelaudit.drift import (
    benjamini_hochberg,
    change_points,
    chart,
    hellinger,
    jensen_shannon,
    lord,
    lord_level,
    psi,
    total_variation,
)
from labelaudit.drift.chart import MIN_BASELINE_BATCHES

RNG = np.random.default_rng(0)
CHECKED = RNG.integers(50, 400, 30)
ERRORS = RNG.binomial(CHECKED, 0.08)


def by_hand(errors, checked, baseline):
    """Return (e, limit) of the chart with plain loops, section by section of its formula."""
    y = [asin(sqrt((x + 3 / 8) / (n + 3 / 4))) for x, n in zip(errors, checked, strict=True)]
    v = [1 / (4 * n + 2) for n in checked]
    w = [1 / each for each in v[:baseline]]
    m = sum(a * b for a, b in zip(w, y, strict=False)) / sum(w)
    q = sum(a * (b - m) ** 2 for a, b in zip(w, y, strict=False))
    scale = sum(w) - sum(a * a for a in w) / sum(w)
    tau2 = max(0, (q - (baseline - 1)) / scale)
    star = [1 / (each + tau2) for each in v[:baseline]]
    m0 = sum(a * b for a, b in zip(star, y, strict=False)) / sum(star)
    e, out = 0.0, []
    for t in range(baseline, len(y)):
        e = 0.2 * (y[t] - m0) / sqrt(v[t] + tau2 + 1 / sum(star)) + 0.8 * e
        out.append(e)
    return out, 3.4 * sqrt(0.2 / 1.8), sin(m0) ** 2


def test_the_chart_is_its_formula():
    found = chart(ERRORS, CHECKED, 12)
    smoothed, limit, rate = by_hand(ERRORS.tolist(), CHECKED.tolist(), 12)
    assert found.smoothed[12:] == pytest.approx(smoothed)
    assert found.limit == pytest.approx(limit)
    assert found.ordinary_rate == pytest.approx(rate)


def test_a_doubled_rate_is_found_and_a_halved_one_is_not_an_alarm():
    twice, half = (np.where(np.arange(30) < 15, ERRORS, ERRORS * k) for k in (2, 0.5))
    assert chart(twice, CHECKED, 12).alarms.min() >= 15
    assert len(chart(half, CHECKED, 12).alarms) == 0


def test_a_batch_nobody_checked_leaves_the_average_as_it_was():
    gap = np.where(np.arange(30) == 20, 0, CHECKED)
    found = chart(np.minimum(ERRORS, gap), gap, 12)
    assert found.smoothed[20] == found.smoothed[19]


def test_too_few_baseline_batches_make_no_chart():
    found = chart(ERRORS, CHECKED, MIN_BASELINE_BATCHES - 3)
    assert (found.undefined, found.needs) == (
        "too-few-batches",
        "3 more baseline batches with checked labels",
    )
    assert len(found.alarms) == 0


def cheapest(y, penalty):
    """Return the inner ends of the best segmentation, by trying all of them."""
    many, best = len(y), (np.inf, ())
    for k in range(many // 4):
        for ends in combinations(range(4, many - 3), k):
            cuts = [0, *ends, many]
            if min(np.diff(cuts)) >= 4:
                parts = [y[a:b] for a, b in pairwise(cuts)]
                cost = sum(((p - p.mean()) ** 2).sum() for p in parts) + penalty * k
                best = min(best, (cost, ends))
    return best[1]


@pytest.mark.parametrize("seed", range(30))
def test_change_points_are_those_of_trying_everything(seed):
    rng = np.random.default_rng(seed)
    level = np.repeat(rng.choice([0.07, 0.1, 0.14], 3), 6)
    rates = rng.binomial(200, level) / 200
    y = np.arcsin(np.sqrt(rates))
    noise = np.median(np.abs(np.diff(y))) / (0.6745 * sqrt(2))
    found = change_points(rates).found
    assert tuple(each.position for each in found) == cheapest(y / noise, 4 * log(18))


def test_a_break_names_its_place_its_range_and_both_levels():
    rng = np.random.default_rng(1)
    rates = rng.binomial(300, np.repeat([0.08, 0.16], 20)) / 300
    (found,) = change_points(rates).found
    assert found.earliest <= found.position <= found.latest
    assert abs(found.position - 20) <= 2
    assert found.before == pytest.approx(rates[: found.position].mean())
    assert found.after == pytest.approx(rates[found.position :].mean())


@pytest.mark.parametrize(
    ("rates", "reason"), [([0.1] * 7, "too-few-batches"), ([0.1] * 20, "zero-variance")]
)
def test_a_series_without_a_scale_has_no_change_points(rates, reason):
    found = change_points(np.array(rates))
    assert (found.found, found.undefined) == ((), reason)
    assert found.needs


P, Q = np.array([0.5, 0.3, 0.2, 0.0]), np.array([0.4, 0.2, 0.3, 0.1])


def test_distances_equal_scipy_and_their_definitions():
    assert jensen_shannon(P, Q) == pytest.approx(jensenshannon(P, Q, base=2))
    assert total_variation(P, Q) == pytest.approx(0.2)
    assert hellinger(P, Q) ** 2 == pytest.approx(1 - np.sqrt(P * Q).sum())
    floored = np.maximum(P, 1e-4)
    assert psi(P, Q) == pytest.approx(((Q - floored) * np.log(Q / floored)).sum())


@pytest.mark.parametrize("distance", [total_variation, jensen_shannon, hellinger, psi])
def test_a_mix_lies_nowhere_from_itself(distance):
    assert distance(P, P) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("seed", range(5))
def test_marks_are_those_of_scipys_false_discovery_control(seed):
    p = np.random.default_rng(seed).random(40) ** 3
    assert (benjamini_hochberg(p, 0.1) == (stats.false_discovery_control(p) <= 0.1)).all()


def test_what_was_not_tested_is_neither_marked_nor_counted():
    p = np.array([0.012, np.nan, 0.6, np.nan, np.nan])
    assert benjamini_hochberg(p, 0.025).tolist() == [True, False, False, False, False]
    assert lord(np.array([np.nan, 1e-4]), 0.05).tolist() == [False, True]


def test_the_levels_of_a_stream_are_those_of_the_formula():
    raw = [log(max(j, 2)) / (j * np.exp(sqrt(log(j)))) for j in range(1, 101)]
    gamma = np.array([0, *raw]) / sum(raw)
    expected = gamma[30] * 0.025 + 0.025 * gamma[30 - 4] + 0.05 * (gamma[30 - 9] + gamma[30 - 21])
    assert lord_level(30, [4, 9, 21], 0.05, horizon=100) == pytest.approx(expected)


def test_nothing_is_spent_beyond_the_horizon_and_less_without_one():
    assert lord_level(101, [], 0.05, horizon=100) == 0
    spent = sum(lord_level(t, [], 0.05, horizon=100) for t in range(1, 101))
    assert spent == pytest.approx(0.025)
    assert lord_level(5, [], 0.05) < lord_level(5, [], 0.05, horizon=100)
