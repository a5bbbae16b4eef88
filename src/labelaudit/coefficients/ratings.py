"""Ratings: who gave which label to which unit, as three arrays of codes.

Patterns forget who answered. Coefficients that compare annotators (Cohen, Conger), the
influence of one annotator and clusters of units need this table instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.patterns import IntArray, Patterns, from_ratings, merge
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Ratings:
    """One row per label given (N rows), sorted by unit, then annotator.

    Attributes
    ----------
    unit, annotator, label
        (N,) codes, from 0; codes that no row bears are allowed.
    n_labels
        V, the size of the declared domain.

    """

    unit: IntArray
    annotator: IntArray
    label: IntArray
    n_labels: int

    def __len__(self) -> int:
        """Return N."""
        return len(self.unit)

    def patterns(self) -> Patterns:
        """Return the distinct patterns of the units, with how many units show each."""
        return self._patterns

    @cached_property
    def _patterns(self) -> Patterns:
        return merge([self._unit_patterns])

    def unit_patterns(self) -> Patterns:
        """Return one row per unit that has a label, in the order of `units()`."""
        return self._unit_patterns

    @cached_property
    def _unit_patterns(self) -> Patterns:
        return from_ratings(self.unit, self.label, self.n_labels, merged=False)

    def units(self) -> IntArray:
        """(U,) codes of the units that have a label, ascending."""
        first = np.flatnonzero(np.diff(self.unit, prepend=-1))  # the rows stand by unit
        return self.unit[first]

    def annotators(self) -> IntArray:
        """(A,) codes of the annotators who gave a label, ascending."""
        return np.flatnonzero(np.bincount(self.annotator))

    def rows_by_unit(self) -> tuple[IntArray, IntArray]:
        """Return unit and annotator of rows that show who is linked; units rise."""
        return self.unit, self.annotator

    def sides(self) -> tuple[IntArray, IntArray]:
        """(U,), (U,) labels of the two annotators, of units that both labeled."""
        both = self.pairable()
        return both.label[0::2], both.label[1::2]

    def select(self, keep: npt.NDArray[np.bool_]) -> Ratings:
        """Return only the rows where `keep` (N,) is true."""
        return Ratings(self.unit[keep], self.annotator[keep], self.label[keep], self.n_labels)

    def pairable(self) -> Ratings:
        """Return the rows of units that received at least two labels."""
        return self.select(np.bincount(self.unit)[self.unit] >= 2 if len(self) else self.unit > 0)


def ratings(
    unit: npt.ArrayLike, annotator: npt.ArrayLike, label: npt.ArrayLike, n_labels: int
) -> Ratings:
    """Make a table of ratings, in any order of rows.

    Parameters
    ----------
    unit, annotator, label
        (N,) codes, from 0; labels in 0..V-1.
    n_labels
        V, the size of the declared domain.

    Raises
    ------
    UsageError
        If an annotator labelled a unit twice (which label counts must be decided first:
        counting both would inflate agreement) or a label is outside the domain.

    Examples
    --------
    >>> table = ratings([0, 0, 1], [0, 1, 0], [1, 1, 0], n_labels=2)
    >>> table.patterns().units.tolist()
    [1, 1]

    """
    units, people, labels = (np.asarray(codes, np.int64) for codes in (unit, annotator, label))
    outside = (labels < 0) | (labels >= n_labels)
    if outside.any():
        wrong = [f"code {code}" for code in np.unique(labels[outside])]
        raise UsageError("labels", f"outside the domain of {n_labels} labels", examples=wrong)
    table = Ratings(units, people, labels, n_labels)
    if not _in_order(table):
        order = np.lexsort((people, units))
        table = Ratings(units[order], people[order], labels[order], n_labels)
        _refuse_twice(table)
    return table


def _in_order(table: Ratings) -> bool:
    """Say whether rows stand by unit, then annotator, nobody twice on a unit."""
    unit, annotator = np.diff(table.unit), np.diff(table.annotator)
    return bool(((unit > 0) | ((unit == 0) & (annotator > 0))).all())


def _refuse_twice(table: Ratings) -> None:
    same = (np.diff(table.unit) == 0) & (np.diff(table.annotator) == 0)
    twice = np.flatnonzero(same)
    if len(twice):
        pairs = zip(table.unit[twice][:5], table.annotator[twice][:5], strict=True)
        raise UsageError(
            "ratings",
            "an annotator labelled a unit twice",
            examples=[f"unit {unit}, annotator {annotator}" for unit, annotator in pairs],
            count=len(twice),
            next_step="keep the first or the last label of each annotator and unit",
        )
