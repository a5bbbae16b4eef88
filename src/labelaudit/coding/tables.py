"""The table of ratings of a frame: counted as it comes, sorted only if somebody asks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coding.counting import (
    BITS,
    SameSize,
    by_size,
    count_columns,
    count_patterns,
    repeats,
)
from labelaudit.coefficients import Patterns, Ratings

if TYPE_CHECKING:
    from labelaudit.coding.ids import Ids
    from labelaudit.coefficients import IntArray

Columns = tuple["IntArray", "IntArray", "IntArray"]
"""(N,) codes of units, annotators and labels."""


class FrameRatings(Ratings):
    """Ratings in the order of a frame; sorting and counting wait until they are needed.

    Most coefficients ask for patterns only, and those can be counted without the sorted
    columns that `Ratings` promises.

    Parameters
    ----------
    rows
        Codes in any order; every annotator code from 0 to the largest occurs.
    n_labels
        V, the size of the declared domain.
    units
        Of the first column, where its codes do not follow the sorted ids.

    """

    def __init__(self, rows: Columns, n_labels: int, units: Ids | None = None) -> None:
        object.__setattr__(self, "n_labels", n_labels)
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "_units", units)

    _rows: Columns
    _units: Ids | None

    def __len__(self) -> int:
        """Return N."""
        return len(self._rows[0])

    @cached_property
    def _sorted(self) -> Columns:
        if self._units is None or self._units.ordered:
            return _sorted(*self._rows, self.n_labels)
        return _sorted(self._units.in_order.codes, *self._rows[1:], self.n_labels)

    @cached_property
    def _by_unit(self) -> Columns:
        unit = self._rows[0]
        if bool((unit[1:] >= unit[:-1]).all()):
            return self._rows
        return _sorted(*self._rows, self.n_labels)

    @cached_property
    def _blocks(self) -> list[SameSize]:
        return by_size(self._by_unit[0])

    @cached_property
    def _patterns(self) -> Patterns:
        return count_patterns(self._by_unit[2], self.n_labels, self._blocks)

    @property
    def unit(self) -> IntArray:
        """(N,) codes of the units, rising."""
        return self._sorted[0]

    @property
    def annotator(self) -> IntArray:
        """(N,) codes of the annotators, rising within a unit."""
        return self._sorted[1]

    @property
    def label(self) -> IntArray:
        """(N,) codes of the labels."""
        return self._sorted[2]

    def patterns(self) -> Patterns:
        """Return the distinct patterns of the units, with how many units show each."""
        return self._patterns

    def annotators(self) -> IntArray:
        """(A,) codes of the annotators who gave a label, ascending."""
        return np.arange(int(self._rows[1].max(initial=-1)) + 1)

    def pairable(self) -> Ratings:
        """Return the rows of units that received at least two labels."""
        sizes = self._patterns.sizes
        return self if len(sizes) and int(sizes.min()) >= 2 else Ratings.pairable(self)

    def rows_by_unit(self) -> tuple[IntArray, IntArray]:
        """Return unit and annotator of rows that show who is linked; units rise."""
        return self._by_unit[:2]

    def repeated(self) -> IntArray:
        """(R, 2) unit and annotator, once each, wherever one annotator labeled a unit twice."""
        if not any(repeats(self._by_unit[1], block) for block in self._blocks):
            return np.zeros((0, 2), dtype=np.int64)
        pairs = np.stack([self.unit, self.annotator], axis=1)
        again = (pairs[1:] == pairs[:-1]).all(axis=1)
        return np.asarray(np.unique(pairs[1:][again], axis=0), dtype=np.int64)


class GridRatings(FrameRatings):
    """Ratings of units that were all labeled by the same annotators, one column for each.

    Parameters
    ----------
    columns
        (A, U) label codes; units and annotators are coded as they stand.
    n_labels
        V, the size of the declared domain.

    """

    def __init__(self, columns: IntArray, n_labels: int) -> None:
        object.__setattr__(self, "n_labels", n_labels)
        object.__setattr__(self, "_units", None)
        object.__setattr__(self, "_columns", columns)

    _columns: IntArray

    @cached_property
    def _rows(self) -> Columns:  # type: ignore[override]
        people, units = self._columns.shape
        unit, annotator = np.repeat(np.arange(units), people), np.tile(np.arange(people), units)
        return unit, annotator, self._columns.T.ravel()

    @cached_property
    def _patterns(self) -> Patterns:
        return count_columns(list(self._columns), self.n_labels)

    def __len__(self) -> int:
        """Return N."""
        return self._columns.size

    def annotators(self) -> IntArray:
        """(A,) codes of the annotators."""
        return np.arange(len(self._columns))

    def sides(self) -> tuple[IntArray, IntArray]:
        """(U,), (U,) labels of the two annotators, of units that both labeled."""
        first, second = self._columns
        return first, second

    def rows_by_unit(self) -> tuple[IntArray, IntArray]:
        """Return unit and annotator of the first unit's rows: they link everybody."""
        people = self.annotators()
        return np.zeros_like(people), people


def _sorted(unit: IntArray, annotator: IntArray, label: IntArray, n_labels: int) -> Columns:
    """Sort by unit, then annotator; packed into one number, that is sorting one column."""
    people_bits = int(annotator.max(initial=0)).bit_length()
    label_bits = n_labels.bit_length()
    if int(unit.max(initial=0)).bit_length() + people_bits + label_bits > BITS:
        order = np.lexsort((label, annotator, unit))
        return unit[order], annotator[order], label[order]
    row = unit << people_bits
    row |= annotator
    row <<= label_bits
    row |= label
    if bool((row[1:] >= row[:-1]).all()):
        return unit, annotator, label
    row.sort()
    units = row >> (people_bits + label_bits)
    people = row >> label_bits
    people &= (1 << people_bits) - 1
    row &= (1 << label_bits) - 1
    return units, people, row
