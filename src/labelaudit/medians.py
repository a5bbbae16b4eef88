"""Medians of many groups at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import ascending

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray


def medians(group: IntArray, values: FloatArray, size: int) -> FloatArray:
    """(size,) the median of the values (N,) of each group, 0 where a group has none.

    Examples
    --------
    >>> medians(np.array([0, 2, 0, 0]), np.array([3.0, 5.0, 1.0, 9.0]), 3).tolist()
    [3.0, 0.0, 5.0]

    """
    order = np.argsort(values)
    ordered = values[order[ascending(group[order], size)]]
    count = np.bincount(group, minlength=size)
    begin = np.cumsum(count) - count
    some = count > 0
    low, high = begin + (count - 1) // 2, begin + count // 2
    result = np.zeros(size)
    result[some] = (ordered[low[some]] + ordered[high[some]]) / 2
    return result
