"""Where all units disagree alike, the upper bound is exact: a batch that bad can be rejected."""

from __future__ import annotations

import numpy as np
import pytest

from label_tables import measured
from labelaudit.coefficients import from_counts
from labelaudit.intervals import one_sided

LEVEL = 0.95
ALPHA = "krippendorff-alpha"


def alike(units, labels, size):
    """Return units in each of which all but one annotator give the first label."""
    return from_counts([[size - 1, 1, *[0] * (labels - 2)]], [units])


def population(rng, labels, size, share):
    """Return the true alpha where a share of units agrees, and in all others one is apart."""
    agreed = rng.dirichlet(np.full(labels, 0.3))
    pairs = rng.dirichlet(np.full(labels * labels, 0.1)).reshape(labels, labels)
    np.fill_diagonal(pairs, 0)
    pairs /= pairs.sum()
    apart = (pairs.sum(1) * (size - 1) + pairs.sum(0)) / size
    p = share * agreed + (1 - share) * apart
    return 1 - (1 - share) * 2 / size / (1 - p @ p)


@pytest.mark.parametrize("units", [5, 20, 100])
@pytest.mark.parametrize(("labels", "size"), [(2, 2), (3, 2), (5, 2), (2, 3), (4, 3), (3, 5)])
def test_the_bound_misses_in_no_population_more_often_than_it_may(units, labels, size):
    found = measured(ALPHA, alike(units, labels, size))
    bound = one_sided(found, "upper", LEVEL)
    rng = np.random.default_rng(20260105)
    for share in np.linspace(0.001, 0.999, 400):
        truth = population(rng, labels, size, share)
        seen_alike = (1 - share) ** units  # else the bound is made in another way
        assert truth >= found.low
        assert truth <= bound or seen_alike <= 1 - LEVEL


def test_the_formula_and_its_limits():
    found = measured(ALPHA, alike(50, 2, 2))
    assert one_sided(found, "upper", 0.95) == pytest.approx(1 - 2 * 0.05 ** (1 / 50), abs=1e-12)
    assert one_sided(found, "upper", 0.975) == found.high
    assert (found.low, one_sided(found, "lower", 0.95)) == (-1, -1)
    assert found.low < found.value < found.high


@pytest.mark.parametrize("name", [ALPHA, "fleiss-kappa", "scott-pi", "brennan-prediger"])
def test_more_labels_and_fewer_units_leave_more_room(name):
    found = [measured(name, alike(*table, 2)).high for table in [(50, 2), (50, 4), (10, 4)]]
    assert found == sorted(found)
    assert found[0] < found[2] < 0.667


@pytest.mark.parametrize(
    ("name", "table"),
    [
        (ALPHA, alike(4, 2, 2)),  # too few units for any interval
        ("gwet-ac1", alike(50, 2, 2)),  # no bound on its chance term was derived
    ],
)
def test_where_none_is_derived_there_is_none(name, table):
    found = measured(name, table)
    assert (found.high, one_sided(found, "upper", 0.95)) == (None, None)


def test_graded_disagreement_has_none_as_a_far_label_could_still_come():
    found = measured(ALPHA, alike(50, 5, 2), "interval")
    assert (found.high, found.interval_undefined) == (None, "zero-variance")
