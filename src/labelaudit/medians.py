"""Medians of many groups at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import ascending

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray

_LARGE = 64
"""Groups of so many values on average are sorted one by one, which is faster."""


def medians(group: IntArray, values: FloatArray, size: int) -> FloatArray:
    """(size,) the median of the values (N,) of each group, 0 where a group has none.

    Examples
    --------
    >>> medians(np.array([0, 2, 0, 0]), np.array([3.0, 5.0, 1.0, 9.0]), 3).tolist()
    [3.0, 0.0, 5.0]

    """
    count = np.bincount(group, minlength=size)
    if size * _LARGE > len(values):
        return middles(count, values[by_group(group, values, size)])
    ordered, ends = values[ascending(group, size)], np.cumsum(count)
    for begin, end in zip((ends - count).tolist(), ends.tolist(), strict=True):
        ordered[begin:end].sort()
    return middles(count, ordered)


def by_group(group: IntArray, values: FloatArray, size: int) -> IntArray:
    """(N,) the order by group (below `size`), then value."""
    order = np.argsort(values)
    return order[ascending(group[order], size)]


def middles(count: IntArray, ordered: FloatArray) -> FloatArray:
    """(G,) the median of each group of values (N,) in order, given how many it has; 0 of none.

    Examples
    --------
    >>> middles(np.array([1, 0, 2]), np.array([5.0, 1.0, 2.0])).tolist()
    [5.0, 0.0, 1.5]

    """
    begin = np.cumsum(count) - count
    some = count > 0
    low, high = begin + (count - 1) // 2, begin + count // 2
    result = np.zeros(len(count))
    result[some] = (ordered[low[some]] + ordered[high[some]]) / 2
    return result


def median(values: FloatArray) -> float:
    """Return the median of some values, quickly where they are few.

    Examples
    --------
    >>> median(np.array([3.0, 1.0, 2.0, 9.0]))
    2.5

    """
    ordered, middle = np.sort(values), len(values) // 2
    return float(ordered[middle] + ordered[-1 - middle]) / 2
