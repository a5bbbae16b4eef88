"""Patterns: the sufficient statistic of agreement.

A *pattern* is the multiset of labels a unit received. Units with the same pattern are
exchangeable, so (pattern, number of units) is all that alpha, Fleiss' kappa, AC1, their
jackknife and their bootstrap ever need: millions of units shrink to thousands of rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from labelaudit.dense import counted, placed

if TYPE_CHECKING:
    from collections.abc import Sequence

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
_NARROW = 16  # columns: below, numpy reduces whole columns much faster than short rows
_LARGEST = 2**62  # ranks are packed into 64 bits; beyond this they are compressed first


def row_lengths(starts: IntArray, n_cells: int) -> IntArray:
    """(P,) number of cells of each row, given where the rows start."""
    lengths = np.empty(len(starts), dtype=np.int64)
    if len(starts):
        np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
        lengths[-1] = n_cells - starts[-1]
    return lengths


def add_up(codes: IntArray, amounts: FloatArray, size: int) -> FloatArray:
    """(size,) the amounts (N,) summed by code (N,)."""
    return np.asarray(np.bincount(codes, amounts, size), dtype=np.float64)


def across(combine: np.ufunc, table: FloatArray) -> FloatArray:
    """(U,) each row of a table (U, V) reduced to one number: column by column if narrow.

    Examples
    --------
    >>> across(np.add, np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [3.0, 7.0]

    """
    if table.shape[1] > _NARROW:
        return np.asarray(combine.reduce(table, axis=1))
    result = table[:, 0].copy()
    for column in range(1, table.shape[1]):
        combine(result, table[:, column], out=result)
    return result


@dataclass(frozen=True, eq=False)
class Patterns:
    """Distinct patterns with the number of units that show each, as sparse rows.

    P patterns, Z non-zero (pattern, label) cells, V labels in the declared domain.

    Attributes
    ----------
    starts
        (P,) index in `codes` of the first cell of each pattern.
    codes
        (Z,) label code of each cell, ascending within a pattern, in 0..V-1.
    counts
        (Z,) how often that label stands in the pattern, at least 1.
    units
        (P,) how many units show the pattern.
    n_labels
        V, the size of the *declared* domain (not of what was observed).

    """

    starts: IntArray
    codes: IntArray
    counts: IntArray
    units: IntArray
    n_labels: int

    def __len__(self) -> int:
        """Return P, the number of distinct patterns."""
        return len(self.units)

    @cached_property
    def lengths(self) -> IntArray:
        """(P,) number of distinct labels in each pattern."""
        return row_lengths(self.starts, len(self.codes))

    @cached_property
    def sizes(self) -> IntArray:
        """(P,) m, the number of labels a unit of each pattern received."""
        if len(self.starts) == 0:
            return np.zeros(0, dtype=np.int64)
        return np.add.reduceat(self.counts, self.starts)

    @property
    def cell_units(self) -> IntArray:
        """(Z,) `units` repeated for each cell."""
        return np.repeat(self.units, self.lengths)

    def label_counts(self) -> IntArray:
        """(V,) n_c, how often each label was given."""
        given = (self.counts * self.cell_units).astype(np.float64)
        return add_up(self.codes, given, self.n_labels).astype(np.int64)

    def take(self, rows: IntArray) -> Patterns:
        """Return the patterns at these positions (R,), in this order."""
        lengths = self.lengths[rows]
        ends = np.cumsum(lengths)
        starts = ends - lengths
        cells = np.arange(lengths.sum()) + np.repeat(self.starts[rows] - starts, lengths)
        return Patterns(
            starts, self.codes[cells], self.counts[cells], self.units[rows], self.n_labels
        )

    def select(self, keep: npt.NDArray[np.bool_]) -> Patterns:
        """Return only the patterns where `keep` (P,) is true."""
        return self if keep.all() else self.take(np.flatnonzero(keep))

    def pairable(self) -> Patterns:
        """Return the patterns of units that received at least two labels."""
        return self.select(self.sizes >= 2)


def from_counts(
    table: npt.ArrayLike, units: npt.ArrayLike | None = None, *, merged: bool = True
) -> Patterns:
    """Make patterns from a units x labels table of counts.

    Parameters
    ----------
    table
        (U, V) how often each unit received each label.
    units
        (U,) how many units each row stands for; 1 each when omitted.
    merged
        Merge equal rows. False keeps the rows that hold a label as they stand.

    Examples
    --------
    >>> from_counts([[3, 0], [3, 0], [1, 2]]).units.tolist()
    [2, 1]

    """
    counts = np.asarray(table, dtype=np.int64)
    row, codes = np.nonzero(counts)
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    ones = np.ones(len(counts), np.int64) if units is None else np.asarray(units, np.int64)
    rows = Patterns(starts, codes, counts[row, codes], ones[row[starts]], counts.shape[1])
    return merge([rows]) if merged else rows


def from_ratings(
    units: npt.ArrayLike, labels: npt.ArrayLike, n_labels: int, *, merged: bool = True
) -> Patterns:
    """Make patterns from long arrays: one entry per label given.

    Parameters
    ----------
    units
        (N,) code of the unit of each label, not negative; rows in any order.
    labels
        (N,) code of each label, in 0..V-1.
    n_labels
        V, the size of the declared domain.
    merged
        Merge units that show the same pattern. False keeps one row per unit that has a
        label, in the order of the unit codes.

    Examples
    --------
    >>> from_ratings([7, 7, 9, 9], [0, 1, 1, 0], n_labels=2).units.tolist()
    [2]

    """
    unit, label = np.asarray(units, np.int64), np.asarray(labels, np.int64)
    key, counts = counted(unit * n_labels + label)
    row = key // max(n_labels, 1)
    starts = np.flatnonzero(np.diff(row, prepend=-1)).astype(np.int64, copy=False)
    ones = np.ones(len(starts), np.int64)
    rows = Patterns(starts, key - row * n_labels, counts, ones, n_labels)
    return merge([rows]) if merged else rows


def merge(parts: Sequence[Patterns]) -> Patterns:
    """Add the patterns of disjoint sets of units: the patterns of their union.

    Every label of a unit must stand in one and the same part, and the parts must share
    one domain. The rows come in an order that depends on the patterns alone.

    Examples
    --------
    >>> merge([from_counts([[2, 0]]), from_counts([[2, 0], [1, 1]])]).units.tolist()
    [2, 1]

    """
    return distinct(stack(parts))[0]


def distinct(rows: Patterns) -> tuple[Patterns, IntArray]:
    """Return the distinct patterns with their units added up, and (P,) where each row went."""
    if len(rows) == 0:
        return rows, np.zeros(0, dtype=np.int64)
    identity = _identity(rows)
    _, first, inverse = np.unique(identity, return_index=True, return_inverse=True)
    total = add_up(inverse, rows.units.astype(np.float64), len(first)).astype(np.int64)
    return replace(rows.take(first), units=total), inverse


def stack(parts: Sequence[Patterns]) -> Patterns:
    """Put the rows of several sets of patterns under each other, equal ones unmerged."""
    sizes = np.array([len(part.codes) for part in parts], dtype=np.int64)
    shifts = np.cumsum(sizes) - sizes
    return Patterns(
        np.concatenate([part.starts + shift for part, shift in zip(parts, shifts, strict=True)]),
        np.concatenate([part.codes for part in parts]),
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.units for part in parts]),
        parts[0].n_labels,
    )


def _identity(rows: Patterns) -> IntArray:
    """(P,) a number per row, equal for equal patterns, ordered by their content."""
    span = int(rows.counts.max()) + 1
    cells = rows.codes * span + rows.counts
    lengths = rows.lengths
    identity = np.zeros(len(rows), dtype=np.int64)
    for length in np.unique(lengths):
        same = np.flatnonzero(lengths == length)
        block = cells[rows.starts[same][:, None] + np.arange(length)]
        identity[same] = _ranks(block) + identity.max() + 1
    return identity


def _ranks(block: IntArray) -> IntArray:
    """(R,) for the rows of a block (R, k): their rank in lexicographic order."""
    rank = np.zeros(len(block), dtype=np.int64)
    for column in block.T if len(block) > 1 else ():
        base = int(column.max()) + 1
        if (int(rank.max()) + 1) * base >= _LARGEST:
            rank = placed(rank)[1]
            column = placed(column)[1]  # noqa: PLW2901
            base = int(column.max()) + 1
        rank = rank * base + column
    return placed(rank)[1]
