"""Bounds at any level come from an estimate's own fields, for reports and gates alike."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from label_tables import measured
from labelaudit import intervals
from labelaudit.coefficients import Resampling, from_counts
from labelaudit.intervals import one_sided
from labelaudit.model import Estimate

SOME = from_counts([[3, 0], [2, 1], [1, 2], [0, 3]], [60, 7, 5, 50])
AGREED = from_counts([[2, 0], [0, 2]], [150, 50])


def test_two_sides_are_two_one_sided_bounds():
    found = measured("krippendorff-alpha", SOME)
    assert one_sided(found, "lower", 0.975) == found.low
    assert one_sided(found, "upper", 0.975) == found.high
    assert found.low < one_sided(found, "lower", 0.95) < found.value


def test_the_default_is_a_t_interval_on_the_log_of_disagreement():
    found = measured("krippendorff-alpha", SOME)
    apart = 1 - found.value
    step = stats.t.ppf(0.95, 121) * found.se / apart
    assert one_sided(found, "lower", 0.95) == pytest.approx(1 - apart * np.exp(step), abs=1e-12)
    assert one_sided(found, "upper", 0.95) == pytest.approx(1 - apart * np.exp(-step), abs=1e-12)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.975, 0.99])
def test_no_disagreement_has_the_exact_binomial_bound(level):
    found = measured("krippendorff-alpha", AGREED)
    share = 1 - (1 - level) ** (1 / 200)  # largest share of disagreeing units still possible
    expected = 1 - 0.75**2 - 0.25**2
    assert one_sided(found, "lower", level) == pytest.approx(1 - share / expected, abs=1e-12)
    assert one_sided(found, "upper", level) == 1.0


def test_units_of_unequal_size_count_less_in_the_exact_bound():
    uneven = from_counts([[2, 0], [20, 0], [0, 2]], [140, 10, 50])
    assert measured("percent-agreement", uneven).df == 200
    assert measured("krippendorff-alpha", uneven).df == pytest.approx(580**2 / 4760, abs=1e-9)


def test_fisher_z_and_the_plain_scale():
    fisher = measured("krippendorff-alpha", SOME, resampling=Resampling("jackknife-fisher-z"))
    z, s = np.arctanh(fisher.value), fisher.se / (1 - fisher.value**2)
    t = stats.t.ppf(0.975, 121)
    assert (fisher.low, fisher.high) == pytest.approx(np.tanh([z - t * s, z + t * s]), abs=1e-12)
    plain = measured("krippendorff-alpha", SOME, resampling=Resampling("linearised"))
    assert plain.low == pytest.approx(plain.value - t * plain.se, abs=1e-12)


def test_percent_agreement_stays_a_share():
    poor = from_counts([[1, 1, 0], [1, 0, 1], [0, 2, 0]], [5, 4, 1])
    assert measured("percent-agreement", poor).low == 0.0


def test_undefined_has_no_bound():
    nothing = Estimate("krippendorff-alpha", "nominal", undefined="no-overlap")
    assert one_sided(nothing, "lower", 0.95) is None


def test_the_bootstrap_has_no_bound_at_other_levels():
    drawn = measured(
        "krippendorff-alpha", SOME, resampling=Resampling("bootstrap-percentile", seed=1)
    )
    assert drawn.low is not None
    assert one_sided(drawn, "lower", 0.95) is None


def test_every_method_an_estimate_can_name_makes_a_bound():
    made = [
        measured("krippendorff-alpha", SOME),
        measured("krippendorff-alpha", AGREED),
        measured("krippendorff-alpha", SOME, resampling=Resampling("linearised")),
        intervals.gold_accuracy(np.array([18, 15]), np.array([20, 20])),
        intervals.gold_accuracy(np.array([18]), np.array([20])),
        intervals.proportion(15.0, 14.0, 20),
    ]
    for found in made:
        assert one_sided(found, "lower", 0.95) < found.value <= one_sided(found, "upper", 0.95)
