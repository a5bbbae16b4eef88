"""Accuracy on gold in a finite lot: the batch itself is judged, not the work it is a sample of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaln

from labelaudit.intervals.bounds import binomial_bound, bounds_at, effective_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.model import Estimate, Side

    Tail = Callable[[int], float]


def bounds_in_lot(
    estimate: Estimate, side: Side, levels: Sequence[float], lot: int
) -> tuple[float | None, ...]:
    """How good are the N answers of a batch, of which n at random were held against gold?

    The weaker of two bounds: the exact hypergeometric one, and Korn-Graubard with its variance
    times 1 - n / N, so with n_e / (1 - n / N) answers. The first holds at any n and N if the
    answers were drawn at random; the second alone passes too much near 1, and is kept for
    the design effect of annotators.

    Parameters
    ----------
    estimate
        Of `gold_accuracy`, on n answers that are a simple random sample of the lot.
    side
        "lower" or "upper".
    levels
        Confidence of each bound.
    lot
        N, all answers of the batch. With n = N nothing is left to chance: the bounds are the
        estimate. Where it is less than n it is no lot, and the bounds are those of `bounds_at`.

    Returns
    -------
    tuple
        (L,) a bound for each level; None where the estimate is undefined.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., sections 2.6 and 3.6.

    Examples
    --------
    >>> from labelaudit.intervals import gold_accuracy
    >>> found = gold_accuracy(np.array([57]), np.array([60]))
    >>> [round(bounds_in_lot(found, "lower", [0.95], lot)[0], 3) for lot in (60, 80, 10**6)]
    [0.95, 0.912, 0.876]

    """
    n, p = estimate.annotations, estimate.value
    if p is None or n > lot:
        return bounds_at(estimate, side, levels)
    if n == lot:
        return (p,) * len(levels)
    exact = _exact(round(p * n), n, lot, side, levels)
    sizes = effective_answers(estimate, 1 - np.array(levels)) / (1 - n / lot)
    spread = (
        binomial_bound(p, size, side, 1 - level)
        for size, level in zip(sizes.tolist(), levels, strict=True)
    )
    weaker = min if side == "lower" else max
    return tuple(map(weaker, exact, spread))


def _exact(right: int, n: int, lot: int, side: Side, levels: Sequence[float]) -> tuple[float, ...]:
    """Return the share of right answers in the lot that is just not ruled out."""
    marked = right if side == "lower" else n - right
    tail = cache(lambda many: _tail(marked, n, lot, many))
    fewest = [_fewest(tail, 1 - level, marked, lot - n + marked) for level in levels]
    return tuple((many if side == "lower" else lot - many) / lot for many in fewest)


def _fewest(tail: Tail, error: float, low: int, high: int) -> int:
    """Return the fewest answers of a kind in the lot under which so many are no surprise."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if tail(middle) > error else (middle + 1, high)
    return low


def _tail(seen: int, n: int, lot: int, marked: int) -> float:
    """Return P(X >= seen) for n drawn from a lot in which so many are of that kind."""
    k = np.arange(max(seen, n - (lot - marked)), min(n, marked) + 1)
    chances = _log_choose(marked, k) + _log_choose(lot - marked, n - k)
    return float(np.exp(chances - _log_choose(lot, np.array(n))).sum())


def _log_choose(many: int, some: IntArray) -> FloatArray:
    return np.asarray(gammaln(many + 1) - gammaln(some + 1) - gammaln(many - some + 1))
