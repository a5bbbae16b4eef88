"""Where coefficients differ, each must say on which side it stands: nobody joins unexamined."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from label_tables import value
from labelaudit.coefficients import COEFFICIENTS, Ratings
from random_labels import FROM_PATTERNS, TWO, table, tables

PERCENT, COHEN, CONGER, FLEISS, SCOTT, BRENNAN, AC1, AC2, ALPHA = COEFFICIENTS
SIDES = {
    # what happens to the data: (coefficients it does not move, coefficients it can move)
    "a unit with one label": (
        {PERCENT, COHEN, BRENNAN, ALPHA},
        {CONGER, FLEISS, SCOTT, AC1, AC2},
    ),
    "a declared label that nobody gives": (
        {PERCENT, COHEN, CONGER, FLEISS, SCOTT, ALPHA},
        {BRENNAN, AC1, AC2},
    ),
    "labels exchanged between the annotators of a unit": (
        {PERCENT, FLEISS, SCOTT, BRENNAN, AC1, AC2, ALPHA},
        {COHEN, CONGER},
    ),
    "every unit a second time": (
        {PERCENT, COHEN, CONGER, FLEISS, SCOTT, BRENNAN, AC1, AC2},
        {ALPHA},
    ),
}
GRID = np.array([[0, 2, 1], [1, 1, 1], [0, 1, 2], [2, 2, 2], [0, 0, 0], [1, 2, 1]])


def changed(law: str, grid: np.ndarray, labels: int = 3) -> Ratings:
    """Return the table after what the law says."""
    if law == "a unit with one label":
        lone = np.full((1, grid.shape[1]), -1)
        lone[0, 0] = 2
        return table(np.vstack([grid, lone]), labels)
    if law == "a declared label that nobody gives":
        return table(grid, labels + 1)
    if law == "every unit a second time":
        return table(np.vstack([grid, grid]), labels)
    turned = grid.copy()
    turned[:2] = np.roll(grid[:2], 1, axis=1)
    return table(turned, labels)


@pytest.mark.parametrize("law", SIDES)
def test_every_coefficient_stands_on_one_side_of_every_law(law):
    unmoved, moved = SIDES[law]
    assert unmoved | moved == set(COEFFICIENTS)
    assert not unmoved & moved


@pytest.mark.parametrize(("law", "name"), [(law, name) for law in SIDES for name in COEFFICIENTS])
def test_it_moves_or_it_does_not(law, name):
    grid = GRID[:, :2] if name in TWO else GRID
    before, after = value(name, table(grid, 3)), value(name, changed(law, grid))
    assert (before == pytest.approx(after, abs=1e-12)) == (name in SIDES[law][0])


@pytest.mark.parametrize("name", sorted(SIDES["a unit with one label"][0]))
@settings(max_examples=15)
@given(data=st.data())
def test_single_rated_units_never_move_those_that_ignore_them(name, data):
    one = data.draw(tables(name))
    assert value(name, one) == pytest.approx(value(name, one.pairable()), abs=1e-12)


def test_the_shelf_says_who_must_know_the_annotators():
    assert set(COEFFICIENTS) - FROM_PATTERNS == {COHEN, CONGER}
    assert {COHEN, SCOTT} == TWO
