"""The closed form deletes a unit in one subtraction; here it is deleted in earnest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit.coefficients import COEFFICIENTS, UNITS, Ratings, Resampling, Spec
from labelaudit.coefficients.annotators import without_annotators
from labelaudit.coefficients.estimating import reading_for
from labelaudit.coefficients.resampling import tally_of, used_units, value_of
from random_labels import FROM_PATTERNS, tables

VALUES = np.array([0.0, 1.0, 2.5, 7.0])
WEIGHTED = sorted(name for name, coefficient in COEFFICIENTS.items() if coefficient.weighted)
CASES = [(name, Spec("nominal", 4)) for name in COEFFICIENTS]
CASES += [(name, Spec("ordinal", 4, weights="linear")) for name in WEIGHTED]
CASES += [
    ("krippendorff-alpha", Spec("ordinal", 4)),
    ("krippendorff-alpha", Spec("interval", 4, VALUES)),
    ("krippendorff-alpha", Spec("ratio", 4, VALUES)),
]
cases = pytest.mark.parametrize(("name", "spec"), CASES)
few = settings(max_examples=12)


def recomputed(name: str, data: Ratings, spec: Spec, left: list[Ratings]) -> np.ndarray:
    """Return the coefficient of each of the tables, read as the whole table is."""
    coefficient = COEFFICIENTS[name]
    reading = reading_for(coefficient, data.patterns(), spec)
    values = []
    for part in left:
        enough = len(part.pairable().annotators()) > 1
        parts = tally_of(coefficient, part, reading, UNITS).total() if enough else (0.0, 0.0)
        values.append(float(value_of(tuple(np.array(each) for each in parts))))
    return np.array(values)


@cases
@few
@given(data=st.data())
def test_without_each_cluster_of_units(name, spec, data):
    one = data.draw(tables(name))
    coefficient = COEFFICIENTS[name]
    clusters = np.array(data.draw(st.lists(st.integers(0, 4), min_size=8, max_size=8)))
    used = np.unique(clusters[used_units(coefficient, one)])
    left = [one.select(clusters[one.unit] != cluster) for cluster in used]
    reading = reading_for(coefficient, one.patterns(), spec)
    tally = tally_of(coefficient, one, reading, Resampling(clusters=clusters))
    expected = recomputed(name, one, spec, left)
    assert value_of(tally.without()) == pytest.approx(expected, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize(("name", "spec"), [case for case in CASES if case[0] in FROM_PATTERNS])
@few
@given(data=st.data())
def test_without_one_unit_of_each_pattern(name, spec, data):
    one = data.draw(tables(name))
    coefficient = COEFFICIENTS[name]
    reading = reading_for(coefficient, one.patterns(), spec)
    tally = tally_of(coefficient, one.patterns(), reading, UNITS)
    merged = np.repeat(value_of(tally.without()), tally.weights.astype(int))
    units = used_units(coefficient, one)
    expected = recomputed(name, one, spec, [one.select(one.unit != unit) for unit in units])
    assert np.sort(merged) == pytest.approx(np.sort(expected), abs=1e-12, nan_ok=True)


@cases
@few
@given(data=st.data())
def test_without_each_annotator(name, spec, data):
    one = data.draw(tables(name, units=6))
    reading = reading_for(COEFFICIENTS[name], one.patterns(), spec)
    found = without_annotators(COEFFICIENTS[name], one, reading)
    left = [one.select(one.annotator != who) for who in one.annotators()]
    assert found == pytest.approx(recomputed(name, one, spec, left), abs=1e-12, nan_ok=True)


@cases
@few
@given(data=st.data())
def test_a_draw_of_units_is_the_coefficient_of_the_drawn_units(name, spec, data):
    one = data.draw(tables(name))
    coefficient = COEFFICIENTS[name]
    units = used_units(coefficient, one)
    taken = data.draw(st.lists(st.booleans(), min_size=len(units), max_size=len(units)))
    reading = reading_for(coefficient, one.patterns(), spec)
    tally = tally_of(coefficient, one, reading, Resampling(clusters=np.arange(8)))
    drawn = value_of(tally.resampled(np.array([taken], dtype=float)))
    left = one.select(np.isin(one.unit, units[np.array(taken)]))
    assert drawn == pytest.approx(recomputed(name, one, spec, [left]), abs=1e-12, nan_ok=True)
