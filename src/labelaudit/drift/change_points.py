"""Between which batches did the rate change, seen from the end of the series?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray

MIN_SEGMENT = 4
_TO_SD = 0.6745 * math.sqrt(2)
_NEAR = -2 * math.log(1 - math.sqrt(0.95))


@dataclass(frozen=True, slots=True)
class Break:
    """One change: the first batch of the new state, and what lay on either side.

    Attributes
    ----------
    position
        Index of the first batch after the change.
    earliest, latest
        95% range of the position.
    before, after
        Mean rates of the two segments.

    """

    position: int
    earliest: int
    latest: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Breaks:
    """All changes of a series, or why none could be looked for, and what that needs."""

    found: tuple[Break, ...] = ()
    undefined: str | None = None
    needs: str | None = None


def change_points(rates: FloatArray) -> Breaks:
    """Where did the level of a series of batch rates change?

    The segmentation with the smallest sum of squares of arcsin(sqrt(rate)) / s plus 4 log T
    for each change, s = median |first difference| / (0.6745 sqrt 2), segments of at least 4
    batches, found exactly by dynamic programming. The range of a position holds all places
    with a sum of squares at most 7.35 above the best (the 95% quantile of the likelihood
    ratio of a change point).

    Parameters
    ----------
    rates
        (T,) rates in 0..1 in order of time: error, disagreement or a label's share.

    Returns
    -------
    Breaks
        `too-few-batches` under 8; `zero-variance` where at least half of the batches repeat
        the rate of the batch before, so that the noise cannot be told.

    References
    ----------
    Jackson et al. (2005), An algorithm for optimal partitioning of data on an interval, IEEE
    Signal Processing Letters 12, 105-108; Killick, Fearnhead & Eckley (2012), PELT, JASA 107,
    1590-1598 (the same optimum); Hansen (2000), Sample splitting and threshold estimation,
    Econometrica 68, 575-603 (the range).

    Examples
    --------
    >>> rates = np.array([8, 9, 7, 8, 10, 7, 16, 18, 17, 15, 18, 16]) / 100
    >>> change = change_points(rates).found[0]
    >>> change.position, round(change.before, 3), round(change.after, 3)
    (6, 0.082, 0.167)

    """
    many = len(rates)
    if many < 2 * MIN_SEGMENT:
        return Breaks((), "too-few-batches", f"{2 * MIN_SEGMENT - many} more batches")
    y = np.arcsin(np.sqrt(np.clip(rates, 0.0, 1.0)))
    noise = float(np.median(np.abs(np.diff(y)))) / _TO_SD
    if noise <= 0:
        return Breaks((), "zero-variance", "batches with enough checked labels to differ")
    cost = _Cost(y / noise)
    ends = [0, *_best(cost, 4 * math.log(many)), many]
    found = [
        _described(rates, cost, ends[i - 1], ends[i], ends[i + 1]) for i in range(1, len(ends) - 1)
    ]
    return Breaks(tuple(found))


class _Cost:
    """The sum of squares about the mean of any stretch of a series."""

    __slots__ = ("size", "squares", "sums")

    def __init__(self, y: FloatArray) -> None:
        self.size = len(y)
        self.sums = np.concatenate([[0.0], np.cumsum(y)])
        self.squares = np.concatenate([[0.0], np.cumsum(y**2)])

    def __call__(self, start: IntArray, end: IntArray) -> FloatArray:
        total = self.sums[end] - self.sums[start]
        return np.asarray(self.squares[end] - self.squares[start] - total**2 / (end - start))


def _best(cost: _Cost, penalty: float) -> list[int]:
    """Return the inner ends of the cheapest segmentation."""
    best = np.full(cost.size + 1, np.inf)
    best[0] = -penalty
    last = np.zeros(cost.size + 1, dtype=np.int64)
    for end in range(MIN_SEGMENT, cost.size + 1):
        start = np.arange(end - MIN_SEGMENT + 1)
        total = best[start] + penalty + cost(start, np.full(len(start), end))
        last[end] = int(np.argmin(total))
        best[end] = total[last[end]]
    ends: list[int] = []
    end = int(last[cost.size])
    while end > 0:
        ends.append(end)
        end = int(last[end])
    return ends[::-1]


def _described(rates: FloatArray, cost: _Cost, start: int, position: int, end: int) -> Break:
    """Describe one change within the two segments it parts."""
    places = np.arange(start + 1, end)
    total = cost(np.full(len(places), start), places) + cost(places, np.full(len(places), end))
    near = places[total <= total[position - start - 1] + _NEAR]
    return Break(
        position,
        int(near.min()),
        int(near.max()),
        float(rates[start:position].mean()),
        float(rates[position:end].mean()),
    )
