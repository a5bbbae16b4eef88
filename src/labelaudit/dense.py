"""Codes that lie close together: counting them in a table costs less than sorting them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]

_SPREAD = 4  # codes up to this many times their number are counted in a table


def are_dense(codes: IntArray) -> bool:
    """Say whether a table of these codes is about as long as they are.

    Examples
    --------
    >>> are_dense(np.array([3, 1, 3])), are_dense(np.array([10**9])), are_dense(np.array([-1]))
    (True, False, False)

    """
    if len(codes) == 0:
        return False
    return bool(codes.min() >= 0 and codes.max() < _SPREAD * len(codes))


def counted(codes: IntArray) -> tuple[IntArray, IntArray]:
    """Return the distinct codes, ascending, and how often each occurs.

    Examples
    --------
    >>> [each.tolist() for each in counted(np.array([3, 1, 3]))]
    [[1, 3], [1, 2]]

    """
    if not are_dense(codes):
        found, count = np.unique(codes, return_counts=True)
        return found, count.astype(np.int64, copy=False)
    table = np.bincount(codes)
    known = np.flatnonzero(table)
    return known, table[known]


def placed(codes: IntArray) -> tuple[IntArray, IntArray]:
    """Return the distinct codes, ascending, and (N,) the place of each code among them.

    Examples
    --------
    >>> [each.tolist() for each in placed(np.array([3, 1, 3]))]
    [[1, 3], [1, 0, 1]]

    """
    if not are_dense(codes):
        found, place = np.unique(codes, return_inverse=True)
        return found, place
    known = np.bincount(codes) > 0
    return np.flatnonzero(known), (np.cumsum(known) - 1)[codes]


def tabled(codes: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return the distinct codes, ascending, (N,) the place of each, and how often each occurs.

    Examples
    --------
    >>> [each.tolist() for each in tabled(np.array([3, 1, 3]))]
    [[1, 3], [1, 0, 1], [1, 2]]

    """
    if not are_dense(codes):
        found, place = np.unique(codes, return_inverse=True)
        return found, place, np.bincount(place, minlength=len(found))
    table = np.bincount(codes)
    known = np.flatnonzero(table)
    return known, (np.cumsum(table > 0) - 1)[codes], table[known]


def ascending(codes: IntArray, size: int) -> IntArray:
    """(N,) the order that sorts codes (N,) in 0..size-1, equal ones as they stand.

    Examples
    --------
    >>> ascending(np.array([2, 0, 2, 1]), 3).tolist()
    [1, 3, 0, 2]

    """
    if size <= np.iinfo(np.uint16).max:
        return np.argsort(codes.astype(np.uint16), kind="stable")  # by counting, in one pass
    return np.argsort(codes, kind="stable")
