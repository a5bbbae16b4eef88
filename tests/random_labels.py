"""Random small tables of labels with gaps, for laws that hold on any data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from labelaudit.coefficients import COEFFICIENTS, Patterns, Ratings
from labelaudit.coefficients import ratings as make_ratings
from labelaudit.overlap import overlap_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn, SearchStrategy

TWO = {name for name, coefficient in COEFFICIENTS.items() if coefficient.annotators == "two"}
FROM_PATTERNS = {name for name, coefficient in COEFFICIENTS.items() if coefficient.tally}


@st.composite
def grids(draw: DrawFn, annotators: int = 4, labels: int = 4, units: int = 8) -> np.ndarray:
    """Units x annotators; -1 is a missing label. At least one unit has two labels."""
    rows = draw(st.integers(3, units))
    cell = st.integers(-1, labels - 1)
    row = st.lists(cell, min_size=annotators, max_size=annotators)
    grid = np.array(draw(st.lists(row, min_size=rows, max_size=rows)))
    assume(((grid >= 0).sum(axis=1) >= 2).any())
    return grid


def table(grid: np.ndarray, n_labels: int = 4) -> Ratings:
    """Turn a grid into a table of ratings."""
    unit, annotator = np.nonzero(grid >= 0)
    return make_ratings(unit, annotator, grid[unit, annotator], n_labels)


def tables(name: str, **size: int) -> SearchStrategy[Ratings]:
    """Tables that the named coefficient can be computed from."""
    two = {"annotators": 2} if name in TWO else {}
    return grids(**two, **size).map(table).filter(fits(name))


def fits(name: str) -> Callable[[Ratings], bool]:
    """Tell whether a table has the annotators that the coefficient compares."""

    def fit(data: Ratings) -> bool:
        if name in TWO:
            return len(data.annotators()) == 2
        groups = overlap_groups(data)
        met = [group for group in groups if len(group) > 1]
        return len(met if name in FROM_PATTERNS else groups) == 1

    return fit


def input_for(name: str, data: Ratings) -> Patterns | Ratings:
    """Return patterns where the coefficient takes them, else the table."""
    return data.patterns() if name in FROM_PATTERNS else data
