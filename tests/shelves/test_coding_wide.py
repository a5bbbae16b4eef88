"""Tables without gaps are read column by column: the numbers are those of the long table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit import InputError, agreement, annotator_groups
from labelaudit.coding import code_wide
from labelaudit.coefficients import COEFFICIENTS, Resampling, Spec, estimate_with, ratings
from random_labels import TWO

GRIDS = st.integers(2, 4).flatmap(
    lambda people: st.lists(
        st.lists(st.integers(0, 3), min_size=people, max_size=people), min_size=2, max_size=30
    )
)


def wide(grid: object) -> pd.DataFrame:
    """Make a wide frame whose columns are not in order."""
    cells = np.array(grid)
    return pd.DataFrame(cells, columns=["d", "b", "c", "a"][: cells.shape[1]])


def long(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the long frame that says the same."""
    names = {"index": "item_id", "variable": "annotator_id", "value": "label"}
    return frame.reset_index().melt("index").rename(columns=names)


@pytest.mark.parametrize("name", COEFFICIENTS)
@settings(max_examples=15)
@given(grid=GRIDS)
def test_wide_and_long_say_the_same(name, grid):
    frame, domain = wide(grid), [0, 1, 2, 3]
    one = agreement(frame, name, layout="wide", domain=domain)
    other = agreement(long(frame), name, domain=domain)
    assert (one.undefined, one.units, one.annotators) == (
        other.undefined,
        other.units,
        other.annotators,
    )
    assert (one.value, one.se) == pytest.approx((other.value, other.se), abs=1e-12)


@given(grid=GRIDS)
def test_the_table_is_sorted_by_unit_then_annotator(grid):
    data = code_wide(wide(grid), "nominal", [0, 1, 2, 3]).data
    unit, person = np.divmod(np.arange(len(data)), len(grid[0]))
    assert (data.unit == unit).all()
    assert (data.annotator == person).all()
    order = [0] if len(grid[0]) == 1 else np.argsort(["d", "b", "c", "a"][: len(grid[0])])
    assert (data.label == np.array(grid)[:, order].ravel()).all()


@given(grid=GRIDS)
def test_rows_in_any_order_and_a_row_of_gaps_change_nothing(grid):
    frame = wide(grid)
    value = agreement(frame, layout="wide").value
    shuffled = frame.sample(frac=1, random_state=1)
    gap = pd.concat([frame, frame.iloc[:1].astype(object).map(lambda _: None)], ignore_index=True)
    assert agreement(shuffled, layout="wide").value == pytest.approx(value, abs=1e-12)
    assert agreement(gap, layout="wide").value == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("columns", [["a", "a"], [1, "1"]])
def test_two_columns_of_one_annotator_are_refused(columns):
    frame = pd.DataFrame([[0, 1], [1, 1]], columns=columns)
    with pytest.raises(InputError, match="one label per item and annotator"):
        agreement(frame, layout="wide")


def test_two_rows_of_one_item_are_refused():
    frame = pd.DataFrame([[0, 1], [1, 1]], index=[7, 7], columns=["a", "b"])
    with pytest.raises(InputError, match="one label per item and annotator"):
        agreement(frame, layout="wide")


def test_an_empty_table_has_no_labels():
    empty = pd.DataFrame({"a": pd.Series(dtype=int), "b": pd.Series(dtype=int)})
    assert agreement(empty, layout="wide").undefined == "no-labels"


def test_a_table_of_one_annotator_has_one_group():
    assert annotator_groups(pd.DataFrame({"a": [1, 2]}), layout="wide") == (("a",),)


@pytest.mark.parametrize("weights", [None, "quadratic"])
@pytest.mark.parametrize("labels", [3, 60])
def test_cohens_kappa_counted_by_pairs_is_that_counted_by_units(weights, labels):
    rng = np.random.default_rng(4)
    first = rng.integers(labels, size=400)
    second = np.where(rng.random(400) < 0.7, first, rng.integers(labels, size=400))
    unit = np.repeat(np.arange(400), 2)
    data = ratings(unit, np.tile([0, 1], 400), np.stack([first, second], 1).ravel(), labels)
    spec = Spec("ordinal", labels, weights=weights)
    own = Resampling(clusters=np.arange(400))
    (name,) = sorted(TWO - {"scott-pi"})
    one, other = (
        estimate_with(COEFFICIENTS[name], data, spec, how, 0.95) for how in (Resampling(), own)
    )
    assert (one.value, one.se) == pytest.approx((other.value, other.se), rel=1e-12)
