"""Whole numbers by batch, added up over any set of batches without going through all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import ascending

if TYPE_CHECKING:
    from collections.abc import Collection

    from labelaudit.coefficients import IntArray


@dataclass(frozen=True, eq=False)
class PerBatch:
    """R amounts, ordered by batch.

    Attributes
    ----------
    starts
        (B + 1,) where those of each batch begin.
    code
        (R,) what each is an amount of, below `size`.
    amount
        (R,) the amounts; None where each is 1.
    size
        How many codes there are.

    Examples
    --------
    >>> code, amount = np.array([0, 1, 1, 0]), np.array([5, 6, 7, 8])
    >>> sums = per_batch(np.array([0, 0, 1, 2]), code, amount, batches=3, size=2)
    >>> sums.of([0]).tolist(), sums.of([0, 2]).tolist()
    ([5, 6], [13, 6])

    """

    starts: IntArray
    code: IntArray
    amount: IntArray | None
    size: int

    def of(self, batches: Collection[int]) -> IntArray:
        """(size,) the sums over some batches: theirs, or all less those of the others."""
        chosen = np.zeros(len(self.starts) - 1, dtype=bool)
        chosen[[*batches]] = True
        left = np.flatnonzero(~chosen)
        if len(left) < len(batches):
            return self._whole - self._over(left.tolist())
        return self._over(batches)

    @cached_property
    def _whole(self) -> IntArray:
        return _added(self.code, self.amount, self.size)

    def _over(self, batches: Collection[int]) -> IntArray:
        rows = [slice(*self.starts[code : code + 2].tolist()) for code in batches]
        code = np.concatenate([self.code[:0], *(self.code[row] for row in rows)])
        if self.amount is None:
            return _added(code, None, self.size)
        amount = np.concatenate([self.amount[:0], *(self.amount[row] for row in rows)])
        return _added(code, amount, self.size)


def per_batch(
    batch: IntArray, code: IntArray, amount: IntArray | None, *, batches: int, size: int
) -> PerBatch:
    """Put amounts (R,) of codes (R,) in the order of their batches (R,)."""
    order = ascending(batch, batches)
    starts = np.searchsorted(batch[order], np.arange(batches + 1))
    return PerBatch(starts, code[order], None if amount is None else amount[order], size)


def _added(code: IntArray, amount: IntArray | None, size: int) -> IntArray:
    return np.bincount(code, amount, size).astype(np.int64, copy=False)
