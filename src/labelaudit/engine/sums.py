"""Counts by integer key: the one container in which the kernel counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients.patterns import IntArray

_DENSE_KEYS = 1 << 21
_MANY = 16
_SPARSE = 4


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
    order = None if counts is None else np.argsort(keys)
    ascending = np.sort(keys) if order is None else keys[order]
    first = np.flatnonzero(np.diff(ascending, prepend=-1))
    if counts is None or order is None:
        return Sums(ascending[first], np.diff(first, append=len(keys)))
    return Sums(ascending[first], np.add.reduceat(counts[order], first))


def add_up(parts: Sequence[Sums]) -> Sums:
    """Return the counts that all parts make together."""
    if len(parts) == 1:
        return parts[0]
    keys = [part.keys for part in parts] or [np.zeros(0, dtype=np.int64)]
    counts = [part.counts for part in parts] or [np.zeros(0, dtype=np.int64)]
    return sum_by_key(np.concatenate(keys), np.concatenate(counts))


@dataclass(slots=True)
class Totals:
    """Counts by key under construction; every key is from 0 and below `limit`.

    Where a block has many keys for the places there are, an array with a place for each is
    cheaper than to find the distinct ones.
    """

    limit: int
    places: IntArray | None = None
    parts: list[Sums] = field(default_factory=list)

    def add(self, keys: IntArray) -> None:
        """Count a block of keys."""
        if self.limit <= min(_DENSE_KEYS, len(keys) * _SPARSE):
            self._add_places(np.bincount(keys, minlength=self.limit))
        else:
            self._add_parts([sum_by_key(keys)])

    def take(self, other: Totals) -> None:
        """Add what another has counted."""
        if other.places is not None:
            self._add_places(other.places)
        self._add_parts(other.parts)

    def sums(self) -> Sums:
        """Return what was counted."""
        if self.places is None:
            return add_up(self.parts)
        present = np.flatnonzero(self.places)
        return add_up([*self.parts, Sums(present, self.places[present])])

    def _add_places(self, found: IntArray) -> None:
        if self.places is None:
            self.places = found
        else:
            self.places += found

    def _add_parts(self, parts: Sequence[Sums]) -> None:
        self.parts.extend(parts)
        if len(self.parts) > _MANY:  # a list of them stays short
            self.parts = [add_up(self.parts)]


def _totals(index: IntArray, counts: IntArray | None) -> IntArray:
    if counts is None:
        return np.bincount(index).astype(np.int64, copy=False)
    # float64 weights are exact here: no total reaches 2**53
    return np.bincount(index, weights=counts).astype(np.int64)
