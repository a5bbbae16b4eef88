"""Counting the patterns of a frame: a few passes over columns of codes.

Most frames list the labels of a unit one after the other. Then nothing needs sorting: the
n-th labels of all units of one size are a column, rows are put in order by exchanging
columns, and the labels of a unit fit into one 64-bit number, so that counting patterns is
counting numbers. Any other order is sorted first; what does not fit is counted by the shelf.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import Patterns, from_ratings, merge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.coefficients import IntArray

BITS = 62
_TABLE_BITS = 21  # up to here a table of counts is faster than sorting
_COLUMNS = 6  # up to here so is exchanging whole columns


def units_of_size(unit: IntArray) -> Iterator[tuple[int, IntArray]]:
    """Yield each number of rows that a unit has, with the first rows of those units.

    `unit` (N,) must rise.
    """
    starts = np.flatnonzero(np.diff(unit, prepend=-1))
    sizes = np.diff(starts, append=len(unit))
    for size in np.flatnonzero(np.bincount(sizes)).tolist():
        yield size, starts[sizes == size]


def count_patterns(unit: IntArray, label: IntArray, n_labels: int) -> Patterns:
    """Return the distinct patterns of rows (N,) whose units rise.

    Examples
    --------
    >>> count_patterns(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 0]), 2).units.tolist()
    [2]

    """
    bits = n_labels.bit_length()
    parts = [
        _packed(label, n_labels, size, starts)
        if size * bits <= BITS
        else _unpacked(unit, label, n_labels, size, starts)
        for size, starts in units_of_size(unit)
    ]
    return merge(parts) if parts else from_ratings(unit, label, n_labels)


def _packed(label: IntArray, n_labels: int, size: int, starts: IntArray) -> Patterns:
    """Count the units with `size` labels by one number per unit."""
    bits = n_labels.bit_length()
    number = np.zeros(len(starts), dtype=np.int64)
    for column in ascending([label[starts + at] for at in range(size)]):
        number <<= bits
        number |= column
    numbers, units = _count(number, size * bits)
    labels = (numbers[:, None] >> (bits * np.arange(size))) & ((1 << bits) - 1)
    each = np.repeat(np.arange(len(numbers)), size)
    return replace(from_ratings(each, labels.ravel(), n_labels, merged=False), units=units)


def _unpacked(
    unit: IntArray, label: IntArray, n_labels: int, size: int, starts: IntArray
) -> Patterns:
    rows = (starts[:, None] + np.arange(size)).ravel()
    return from_ratings(unit[rows], label[rows], n_labels)


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
        cell = np.flatnonzero(counts.ravel() != 0)
        unit, label = np.divmod(cell, width)
        often = counts.ravel()[cell]
        return count_patterns(np.repeat(unit, often), np.repeat(label, often), width)
    number = np.zeros(len(counts), dtype=np.int64)
    for column in counts.T:
        number <<= bits
        number |= column
    numbers, units = _count(number, width * bits)
    places = bits * np.arange(width)[::-1]
    rows = (numbers[:, None] >> places) & ((1 << bits) - 1)
    row, code = np.nonzero(rows)
    often = rows[row, code]
    sparse = from_ratings(np.repeat(row, often), np.repeat(code, often), width, merged=False)
    return merge([replace(sparse, units=units[numbers > 0])])


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


def _count(numbers: IntArray, bits: int) -> tuple[IntArray, IntArray]:
    """Return the distinct numbers below 2^bits, rising, and how often each occurs."""
    if bits > _TABLE_BITS:
        distinct, often = np.unique(numbers, return_counts=True)
        return distinct, often.astype(np.int64, copy=False)
    table = np.bincount(numbers)
    found = np.flatnonzero(table)
    return found, table[found]
