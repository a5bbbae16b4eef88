"""When an interval is shown, and what a gate may still use; `bench/coverage.py` has the why."""

from __future__ import annotations

import numpy as np
import pytest

from label_tables import measured
from labelaudit.coefficients import COEFFICIENTS, from_counts
from labelaudit.coefficients.distances import Interval, Nominal
from labelaudit.coefficients.trust import MIN_EFFECTIVE_UNITS, MIN_UNITS, effective_units
from labelaudit.intervals import one_sided

ALPHA = "krippendorff-alpha"


def batch(common: int, mixed: int, rare: int):
    """Units that all said the common label, disagreed, and all said the rare one."""
    return from_counts([[2, 0], [1, 1], [0, 2]], [common, mixed, rare])


def test_the_rule():
    assert (MIN_UNITS, MIN_EFFECTIVE_UNITS) == (5, 8.0)
    p = 6 / 96  # two units of the rare label and four halves
    expected = 96 * p * (1 - p) / (1 - 3 * p * (1 - p))
    assert effective_units(batch(88, 4, 4), Nominal()) == pytest.approx(expected, abs=1e-9)


def test_a_rare_label_far_away_leaves_fewer_effective_units():
    data = from_counts([[2, 0, 0], [0, 2, 0], [0, 0, 2]], [85, 10, 5])
    near, far = (Interval(np.array([0.0, 1.0, last])) for last in (2.0, 9.0))
    assert effective_units(data, far) < effective_units(data, near)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (batch(2, 1, 1), "too-few-units"),
        (batch(8, 2, 3), "too-few-units"),
        (batch(90, 4, 4), "too-little-disagreement"),
        (batch(90, 4, 5), None),
        (batch(9990, 4, 2), "too-little-disagreement"),
    ],
)
def test_alpha_keeps_its_value_but_may_give_no_interval(data, reason):
    found = measured(ALPHA, data)
    assert found.value is not None
    assert found.interval_undefined == reason
    assert (found.low is None) == (found.high is None) == (reason is not None)


def test_a_withheld_interval_leaves_a_bound_from_below_and_none_from_above():
    found = measured(ALPHA, batch(90, 4, 2))
    assert one_sided(found, "lower", 0.95) < found.value
    assert one_sided(found, "upper", 0.95) is None


def test_a_nearly_perfect_batch_with_one_rare_label_can_still_pass():
    one_slip = measured(ALPHA, from_counts([[2, 0], [1, 1], [0, 2]], [150, 1, 149]))
    assert one_slip.interval_undefined is None
    assert one_sided(one_slip, "lower", 0.95) > 0.95
    perfect = measured(ALPHA, batch(150, 0, 4))
    share, chance = 1 - 0.05 ** (1 / 154), 1 - (150 / 154) ** 2 - (4 / 154) ** 2
    assert perfect.interval_undefined is None
    assert one_sided(perfect, "lower", 0.95) == pytest.approx(1 - share / chance, abs=1e-12)


def test_a_chance_term_that_does_not_hang_on_rare_labels_needs_no_minority():
    skewed = batch(90, 4, 2)
    shown = {
        name
        for name, coefficient in COEFFICIENTS.items()
        if coefficient.tally and measured(name, skewed).interval_undefined is None
    }
    assert shown == {"percent-agreement", "brennan-prediger", "gwet-ac1", "gwet-ac2"}


def test_graded_disagreement_counts_its_effective_number():
    graded = from_counts([[2, 0, 0], [1, 1, 0], [1, 0, 1], [0, 0, 2]], [30, 3, 1, 30])
    values = np.array([0.0, 1.0, 4.0])
    apart = np.array([1.0, 1.0, 1.0, 16.0])
    assert measured(ALPHA, graded).df == 63
    interval = measured(ALPHA, graded, "interval", values=values)
    assert interval.df == pytest.approx(max(1.0, apart.sum() ** 2 / (apart**2).sum() - 1))


def simulated_pass_rate(units: int, alpha: float, prior: list[float], seed: int) -> float:
    """Share of batches of two labels a unit that clear the floor .667 at one look of 5 %."""
    rng = np.random.default_rng(seed)
    passed = 0
    for _ in range(400):
        first, second = rng.choice(len(prior), size=(2, units), p=prior)
        second = np.where(rng.random(units) < alpha, first, second)
        labels = np.stack([first, second])
        table = np.stack([(labels == label).sum(axis=0) for label in range(len(prior))], axis=1)
        bound = one_sided(measured(ALPHA, from_counts(table)), "lower", 0.95)
        passed += bound is not None and bound >= 0.667
    return passed / 400


@pytest.mark.parametrize("prior", [[0.4, 0.3, 0.2, 0.1], [0.9, 0.1]])
def test_a_batch_at_the_floor_seldom_passes_at_fifty_units(prior):
    assert simulated_pass_rate(50, 0.6669, prior, seed=7) <= 0.07


def test_a_good_batch_often_passes_at_fifty_units():
    assert simulated_pass_rate(50, 0.80, [0.4, 0.3, 0.2, 0.1], seed=8) > 0.3
