"""Patterns: the same whatever the order of rows, and the same from counts as from ratings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit.coefficients import Patterns, from_counts, from_ratings, merge
from labelaudit.coefficients.patterns import distinct, stack
from random_labels import grids, table


def same(first: Patterns, second: Patterns) -> bool:
    fields = ("starts", "codes", "counts", "units")
    return first.n_labels == second.n_labels and all(
        np.array_equal(getattr(first, field), getattr(second, field)) for field in fields
    )


def counts_of(grid: np.ndarray) -> np.ndarray:
    return (grid[:, :, None] == np.arange(4)).sum(axis=1)


@settings(max_examples=40)
@given(grid=grids(), seed=st.integers(0, 99))
def test_ratings_in_any_order_and_counts_give_the_same_rows(grid, seed):
    unit, annotator = np.nonzero(grid >= 0)
    order = np.random.default_rng(seed).permutation(len(unit))
    labels = grid[unit, annotator]
    long = from_ratings(unit[order], labels[order], 4)
    assert same(long, from_counts(counts_of(grid)))
    assert same(long, from_counts(counts_of(grid)[::-1]))


def test_rows_of_equal_patterns_are_one_row():
    found = from_counts([[3, 0, 0], [1, 1, 1], [3, 0, 0], [0, 0, 0]])
    assert found.units.tolist() == [2, 1]
    assert (found.sizes.tolist(), found.lengths.tolist()) == ([3, 3], [1, 3])
    assert found.label_counts().tolist() == [7, 1, 1]


def test_units_can_stand_for_many():
    assert from_counts([[2, 0], [1, 1], [2, 0]], [5, 2, 1]).units.tolist() == [6, 2]


@settings(max_examples=30)
@given(first=grids(), second=grids())
def test_merging_is_counting_together(first, second):
    apart = merge([from_counts(counts_of(first)), from_counts(counts_of(second))])
    assert same(apart, from_counts(np.vstack([counts_of(first), counts_of(second)])))


def test_a_row_can_be_followed_into_its_pattern():
    rows = stack([from_counts([[2, 0]]), from_counts([[1, 1], [2, 0]])])
    merged, where = distinct(rows)
    assert merged.units[where].tolist() == [2, 2, 1]


def test_very_many_labels_in_one_unit_and_very_wide_domains():
    unit = np.repeat([0, 1, 2], [5_000, 5_000, 2])
    label = np.concatenate([np.arange(5_000), np.arange(5_000), [7, 10**9]])
    found = from_ratings(unit, label, 10**9 + 1)
    assert sorted(found.units.tolist()) == [1, 2]


def test_unit_rows_keep_the_order_of_units():
    rows = table(np.array([[1, 1], [-1, -1], [0, 1]])).unit_patterns()
    assert (rows.units.tolist(), rows.sizes.tolist()) == ([1, 1], [2, 2])
    assert rows.codes.tolist() == [1, 0, 1]


@pytest.mark.parametrize("parts", [1, 2])
def test_nothing_stays_nothing(parts):
    empty = from_counts(np.zeros((3, 2), int))
    assert len(merge([empty] * parts)) == 0
    assert len(empty.pairable()) == 0
