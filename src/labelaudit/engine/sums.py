"""Counts by integer key: the one container in which the kernel counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients.patterns import IntArray

_DENSE_KEYS = 1 << 21
_MANY = 16


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Ascending distinct keys (K,) and how often each was seen: counts (K,)."""

    keys: IntArray
    counts: IntArray


def sum_by_key(keys: IntArray, counts: IntArray | None = None) -> Sums:
    """Count equal keys, each once or as often as `counts` says.

    Examples
    --------
    >>> import numpy as np
    >>> sums = sum_by_key(np.array([7, 3, 7]))
    >>> sums.keys.tolist(), sums.counts.tolist()
    ([3, 7], [1, 2])

    """
    if len(keys) == 0:
        return Sums(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    if int(keys.max()) < _DENSE_KEYS:
        totals = _totals(keys, counts)
        present = np.flatnonzero(totals)
        return Sums(present.astype(np.int64), totals[present])
    distinct, index = np.unique(keys, return_inverse=True)
    return Sums(distinct, _totals(index, counts))


def add_up(parts: Sequence[Sums]) -> Sums:
    """Return the counts that all parts make together."""
    if len(parts) == 1:
        return parts[0]
    keys = [part.keys for part in parts] or [np.zeros(0, dtype=np.int64)]
    counts = [part.counts for part in parts] or [np.zeros(0, dtype=np.int64)]
    return sum_by_key(np.concatenate(keys), np.concatenate(counts))


def folded(parts: list[Sums]) -> list[Sums]:
    """Add up parts once there are many, so that a list of them stays short."""
    return [add_up(parts)] if len(parts) > _MANY else parts


def _totals(index: IntArray, counts: IntArray | None) -> IntArray:
    if counts is None:
        return np.bincount(index).astype(np.int64, copy=False)
    # float64 weights are exact here: no total reaches 2**53
    return np.bincount(index, weights=counts).astype(np.int64)
