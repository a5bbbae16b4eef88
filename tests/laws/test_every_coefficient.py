"""Laws of the whole shelf: what may change about the data without changing the number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from label_tables import measured, value
from labelaudit.coefficients import COEFFICIENTS, Ratings, from_counts, merge, ratings
from random_labels import FROM_PATTERNS, input_for, table, tables

ALL = sorted(COEFFICIENTS)
every = pytest.mark.parametrize("name", ALL)
few = settings(max_examples=15)


def same(first: float | None, second: float | None) -> bool:
    """Equal to 1e-12, or both undefined."""
    if first is None or second is None:
        return first is second
    return first == pytest.approx(second, abs=1e-12, rel=1e-12)


@every
@few
@given(data=st.data())
def test_the_order_and_names_of_annotators_change_nothing(name, data):
    one = data.draw(tables(name))
    order = data.draw(st.permutations(range(4)))
    other = Ratings(one.unit, np.array(order)[one.annotator], one.label, one.n_labels)
    again = table(grid_of(other))
    assert same(value(name, one), value(name, again))


@every
@few
@given(data=st.data())
def test_the_order_and_names_of_units_change_nothing(name, data):
    one = data.draw(tables(name))
    order = data.draw(st.permutations(range(8)))
    grid = grid_of(one)
    other = table(grid[np.argsort(np.array(order)[: len(grid)])])
    assert same(value(name, one), value(name, other))


@every
@few
@given(data=st.data())
def test_the_order_of_rows_changes_nothing(name, data):
    one = data.draw(tables(name))
    order = np.array(data.draw(st.permutations(range(len(one)))))
    other = ratings(one.unit[order], one.annotator[order], one.label[order], one.n_labels)
    assert same(value(name, one), value(name, other))
    assert same(measured(name, one).se, measured(name, other).se)


@every
@few
@given(data=st.data())
def test_renamed_nominal_labels_change_nothing(name, data):
    one = data.draw(tables(name))
    names = np.array(data.draw(st.permutations(range(4))))
    other = Ratings(one.unit, one.annotator, names[one.label], 4)
    assert same(value(name, one), value(name, other))


@every
@few
@given(data=st.data())
def test_a_unit_that_nobody_labelled_changes_nothing(name, data):
    one = data.draw(tables(name))
    grid = grid_of(one)
    gap = np.full((2, grid.shape[1]), -1)
    other = table(np.vstack([grid[:1], gap, grid[1:]]))
    assert same(value(name, one), value(name, other))
    assert same(measured(name, one).se, measured(name, other).se)


@pytest.mark.parametrize("name", sorted(FROM_PATTERNS))
@few
@given(data=st.data())
def test_patterns_of_two_disjoint_sets_of_units_add_up(name, data):
    parts = [data.draw(tables(name)) for _ in range(2)]
    union = table(np.vstack([grid_of(part) for part in parts]))
    merged = merge([part.patterns() for part in parts])
    assert same(value(name, merged), value(name, union.patterns()))
    assert same(measured(name, merged).se, measured(name, union.patterns()).se)


@every
@few
@given(data=st.data())
def test_the_parts_are_the_whole_formula_in_plain_numbers(name, data):
    estimate = measured(name, data.draw(tables(name)))
    if estimate.value is not None:
        assert estimate.value == 1 - estimate.observed / estimate.expected
        assert estimate.value <= 1
        assert {type(part) for part in (estimate.value, estimate.observed)} == {float}
        assert (type(estimate.units), type(estimate.annotations)) == (int, int)


@every
@few
@given(data=st.data())
def test_the_input_is_left_as_it_was(name, data):
    one = input_for(name, data.draw(tables(name)))
    arrays = [np.asarray(getattr(one, field)) for field in one.__dataclass_fields__]
    before = [array.copy() for array in arrays]
    measured(name, one)
    assert all((array == copy).all() for array, copy in zip(arrays, before, strict=True))


@every
def test_full_agreement_is_one_with_an_exact_bound_from_below(name):
    units = from_counts([[2, 0], [0, 2]], [30, 20])
    data = table(np.repeat([[0, 0], [1, 1]], [30, 20], axis=0), 2)
    estimate = measured(name, units if name in FROM_PATTERNS else data)
    assert (estimate.value, estimate.high, estimate.se) == (1.0, 1.0, None)
    assert 0 < estimate.low < 1
    assert estimate.method == "exact-no-disagreement"


def grid_of(data: Ratings) -> np.ndarray:
    """Turn a table of ratings back into units x annotators."""
    grid = np.full((int(data.unit.max()) + 1, 4), -1)
    grid[data.unit, data.annotator] = data.label
    return grid
