"""Counting the patterns of a frame: a few passes over columns of codes.

Most frames list the labels of a unit one after the other. Then nothing needs sorting: the
n-th labels of all units of one size are a column, rows are put in order by exchanging
columns, and the labels of a unit fit into one 64-bit number, so that counting patterns is
counting numbers. Any other order is sorted first; what does not fit is counted by the shelf.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import Patterns, from_counts, from_ratings
from labelaudit.coefficients.patterns import stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from labelaudit.coefficients import IntArray

BITS = 62
_SPARE = 4  # a table of counts may be this many times longer than what it counts
_COLUMNS = 6  # up to so many labels, exchanging whole columns is faster than sorting rows


@dataclass(frozen=True, slots=True, eq=False)
class SameSize:
    """The units that have `size` rows, by the first row of each."""

    size: int
    starts: IntArray
    alone: bool

    def columns(self, values: IntArray) -> list[IntArray]:
        """Return the first, second ... value of every unit."""
        if self.alone:
            return [values[at :: self.size] for at in range(self.size)]
        return [values[self.starts + at] for at in range(self.size)]


def by_size(unit: IntArray) -> list[SameSize]:
    """Return the units by how many rows they have; `unit` (N,) must rise."""
    if len(unit) == 0:
        return []
    starts = np.append(0, np.flatnonzero(unit[1:] != unit[:-1]) + 1)
    sizes = np.diff(starts, append=len(unit))
    kinds = np.flatnonzero(np.bincount(sizes)).tolist()
    if len(kinds) == 1:
        return [SameSize(kinds[0], starts, alone=True)]
    return [SameSize(size, starts[sizes == size], alone=False) for size in kinds]


def count_patterns(label: IntArray, n_labels: int, blocks: Sequence[SameSize]) -> Patterns:
    """Return the distinct patterns of rows (N,) that stand unit by unit.

    Examples
    --------
    >>> label = np.array([0, 1, 1, 0])
    >>> count_patterns(label, 2, by_size(np.array([0, 0, 1, 1]))).units.tolist()
    [2]

    """
    parts = [_of_one_size(label, n_labels, block) for block in blocks]
    return stack(parts) if parts else from_ratings(label, label, n_labels)


def _of_one_size(label: IntArray, n_labels: int, block: SameSize) -> Patterns:
    return count_columns(block.columns(label), n_labels)


def count_columns(columns: Sequence[IntArray], n_labels: int) -> Patterns:
    """Return the distinct patterns of units by their first, second ... label, all of one size.

    Counted by one number per unit, or label by label where that is too long.

    Examples
    --------
    >>> count_columns([np.array([0, 1, 0]), np.array([1, 0, 0])], 2).units.tolist()
    [1, 2]

    """
    bits, size = n_labels.bit_length(), len(columns)
    if size * bits > BITS:
        each = np.repeat(np.arange(len(columns[0])), size)
        return from_ratings(each, np.stack(columns, axis=1).ravel(), n_labels)
    numbers, units = _count(_pack(ascending(columns), bits))
    labels = _unpack(numbers, bits, size)
    first = np.ones(labels.shape, dtype=np.bool_)
    first[:, 1:] = labels[:, 1:] != labels[:, :-1]
    cells = np.flatnonzero(first)
    lengths = first.sum(axis=1)
    often = np.diff(cells, append=labels.size)
    return Patterns(np.cumsum(lengths) - lengths, labels.ravel()[cells], often, units, n_labels)


def _pack(columns: Iterable[IntArray], bits: int) -> IntArray:
    """(U,) one number per row of the columns, whose values have at most so many bits."""
    first, *others = columns
    number = first.copy()
    for column in others:
        number <<= bits
        number |= column
    return number


def _unpack(numbers: IntArray, bits: int, width: int) -> IntArray:
    """(U, width) the values that were packed."""
    places = bits * np.arange(width)[::-1]
    return np.asarray((numbers[:, None] >> places) & ((1 << bits) - 1))


def count_table(counts: IntArray) -> Patterns:
    """Return the distinct patterns of a (U, V) table of counts.

    Examples
    --------
    >>> count_table(np.array([[2, 1], [0, 3], [2, 1], [0, 0]])).units.tolist()
    [1, 2]

    """
    width = counts.shape[1]
    bits = int(counts.max(initial=0)).bit_length()
    if width * bits > BITS:
        return _count_cells(counts)
    numbers, units = _count(_pack(counts.T, bits))
    return from_counts(_unpack(numbers, bits, width), units, merged=False)


def _count_cells(counts: IntArray) -> Patterns:
    """Count a wide table from its filled cells, in the order that they have in memory."""
    by_label = counts.flags.f_contiguous
    grid = counts.T if by_label else counts
    cell = np.flatnonzero(grid != 0)
    first, second = np.divmod(cell, grid.shape[1])
    often = grid.reshape(-1)[cell]
    unit, label = (second, first) if by_label else (first, second)
    order = np.argsort(unit, kind="stable") if by_label else slice(None)
    unit, label = np.repeat(unit[order], often[order]), np.repeat(label[order], often[order])
    return count_patterns(label, counts.shape[1], by_size(unit))


def ascending(columns: Sequence[IntArray]) -> Sequence[IntArray]:
    """Sort across the columns: each row rises from the first to the last.

    Examples
    --------
    >>> [column.tolist() for column in ascending([np.array([2, 1]), np.array([0, 5])])]
    [[0, 1], [2, 5]]

    """
    if len(columns) > _COLUMNS:
        return list(np.sort(np.stack(columns, axis=1), axis=1).T)
    done = list(columns)
    for last in range(len(done) - 1, 0, -1):
        for at in range(last):
            lower = np.minimum(done[at], done[at + 1])
            done[at + 1] = np.maximum(done[at], done[at + 1])
            done[at] = lower
    return done


def repeats(values: IntArray, block: SameSize) -> bool:
    """Say whether any unit has the same value twice."""
    columns = block.columns(values)
    if len(columns) > _COLUMNS:
        columns = list(ascending(columns))
        pairs = list(pairwise(columns))
    else:
        pairs = list(combinations(columns, 2))
    return any(bool((one == other).any()) for one, other in pairs)


def _count(numbers: IntArray) -> tuple[IntArray, IntArray]:
    """Return the distinct numbers, none negative, rising, and how often each occurs."""
    if int(numbers.max(initial=0)) >= _SPARE * len(numbers):
        distinct, often = np.unique(numbers, return_counts=True)
        return distinct, often.astype(np.int64, copy=False)
    table = np.bincount(numbers)
    found = np.flatnonzero(table)
    return found, table[found]
