"""Medians of many groups at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import ascending

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray


def medians(
    group: IntArray, values: FloatArray, size: int, order: IntArray | None = None
) -> FloatArray:
    """(size,) the median of the values (N,) of each group, 0 where a group has none.

    `order` are the rows that count by ascending value, where that is known already.

    Examples
    --------
    >>> medians(np.array([0, 2, 0, 0]), np.array([3.0, 5.0, 1.0, 9.0]), 3).tolist()
    [3.0, 0.0, 5.0]

    """
    order = by_group(group, values, size, order)
    return middles(np.bincount(group[order], minlength=size), values[order])


def by_group(
    group: IntArray, values: FloatArray, size: int, order: IntArray | None = None
) -> IntArray:
    """(N,) the order by group (below `size`), then value."""
    order = np.argsort(values) if order is None else order
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
