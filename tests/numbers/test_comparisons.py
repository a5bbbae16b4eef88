"""Differences of two figures: independent or paired by unit, and the permutation cross-check."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from label_tables import measured
from labelaudit.coefficients import COEFFICIENTS, Ratings, Spec, from_counts, ratings
from labelaudit.comparisons import benjamini_hochberg, compare, compare_paired
from labelaudit.errors import UsageError
from labelaudit.permutations import paired_permutation_test, permutation_test

ALPHA = COEFFICIENTS["krippendorff-alpha"]
SPEC = Spec("nominal", 3)
GOOD = from_counts([[2, 0], [1, 1], [0, 2]], [60, 10, 50])
POOR = from_counts([[2, 0], [1, 1], [0, 2]], [40, 40, 40])


def labelled(slip: float, hard: np.ndarray, truth: np.ndarray, seed: int) -> Ratings:
    """Two annotators who slip on hard units, alike in every call with one seed of truth."""
    rng = np.random.default_rng(seed)
    units = len(truth)
    slips = rng.random((units, 2)) < np.where(hard, slip, 0.02)[:, None]
    given = np.where(slips, rng.integers(0, 3, (units, 2)), truth[:, None])
    return ratings(np.repeat(np.arange(units), 2), np.tile([0, 1], units), given.ravel(), 3)


@pytest.fixture(scope="module")
def sides() -> tuple[Ratings, Ratings]:
    rng = np.random.default_rng(2)
    truth, hard = rng.integers(0, 3, 200), rng.random(200) < 0.3
    return labelled(0.9, hard, truth, 3), labelled(0.5, hard, truth, 4)


def test_two_batches_by_welch():
    first, second = measured(ALPHA.name, GOOD), measured(ALPHA.name, POOR)
    found = compare(first, second)
    se = np.hypot(first.se, second.se)
    df = se**4 / (first.se**4 / 119 + second.se**4 / 119)
    t = (first.value - second.value) / se
    assert (found.se, found.df) == pytest.approx((se, df), abs=1e-9)
    assert found.p_value == pytest.approx(2 * stats.t.sf(abs(t), df), rel=1e-9)
    assert found.low == pytest.approx(found.difference - stats.t.ppf(0.975, df) * se, abs=1e-12)


def test_the_other_way_round_is_the_same_test():
    first, second = measured(ALPHA.name, GOOD), measured(ALPHA.name, POOR)
    there, back = compare(first, second), compare(second, first)
    assert (there.difference, there.p_value) == (-back.difference, back.p_value)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([60, 0, 60], "zero-variance"),
        ([90, 1, 1], "too-little-disagreement"),
        ([2, 0, 0], "one-category"),
    ],
)
def test_no_test_where_a_side_has_no_interval(counts, reason):
    other = measured(ALPHA.name, from_counts([[2, 0], [1, 1], [0, 2]], counts))
    found = compare(measured(ALPHA.name, GOOD), other)
    assert (found.undefined, found.p_value) == (reason, None)


def test_pairing_by_unit_deletes_a_unit_from_both_sides(sides):
    first, second = sides
    found = compare_paired(ALPHA, first, second, SPEC)
    without = [
        measured(ALPHA.name, first.select(first.unit != unit)).value
        - measured(ALPHA.name, second.select(second.unit != unit)).value
        for unit in range(200)
    ]
    se = np.sqrt(199 / 200 * np.sum((without - np.mean(without)) ** 2))
    assert found.se == pytest.approx(se, abs=1e-12)
    assert (found.resampling, found.df) == ("shared-units", 199)


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_a_side_compared_with_itself_does_not_differ(sides, name):
    found = compare_paired(COEFFICIENTS[name], sides[0], sides[0], SPEC)
    assert (found.difference, found.undefined) == (0.0, "zero-variance")


def test_units_of_one_side_alone_are_deleted_from_that_side(sides):
    first, second = sides
    half = second.select(second.unit >= 100)
    found = compare_paired(ALPHA, first.select(first.unit < 100), half, SPEC)
    apart = compare(
        measured(ALPHA.name, first.select(first.unit < 100)), measured(ALPHA.name, half)
    )
    assert found.se == pytest.approx(apart.se, rel=0.01)


def test_permutation_and_t_test_agree(sides):
    first, second = sides
    paired = compare_paired(ALPHA, first, second, SPEC).p_value
    shuffled = paired_permutation_test(ALPHA, first, second, SPEC, seed=1, replicates=2000)
    assert shuffled == pytest.approx(paired, abs=0.02)
    spec = Spec("nominal", 2)
    near = from_counts([[2, 0], [1, 1], [0, 2]], [55, 17, 48])
    apart = compare(measured(ALPHA.name, GOOD), measured(ALPHA.name, near)).p_value
    assert permutation_test(ALPHA, GOOD, near, spec, seed=1) == pytest.approx(apart, abs=0.05)


def test_equal_sides_are_never_far_apart():
    assert permutation_test(ALPHA, GOOD, GOOD, Spec("nominal", 2), seed=1, replicates=99) == 1.0


def test_who_answered_cannot_be_dealt_out_again(sides):
    with pytest.raises(UsageError, match="counts of labels"):
        paired_permutation_test(COEFFICIENTS["cohen-kappa"], *sides, SPEC, seed=1)


def test_benjamini_hochberg_equals_scipy():
    p = np.random.default_rng(0).random(40) ** 2
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p), abs=1e-12)
    assert len(benjamini_hochberg(np.array([]))) == 0
