"""Many batches, many p-values: which ones stand out once all are counted?"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray

_SUMMED = 100_000


def benjamini_hochberg(p_values: FloatArray, q: float) -> npt.NDArray[np.bool_]:
    """Which of these p-values stand out, so that at most a share q of those is false?

    The k smallest are marked, k the largest index with p_(k) <= q k / m. For a table that
    is looked at once; NaN (not testable) is never marked and does not count.

    Benjamini & Hochberg (1995), Controlling the false discovery rate, JRSS B 57, 289-300.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.5, np.nan]), 0.05).tolist()
    [True, False, False, False, False]

    """
    tested = np.flatnonzero(~np.isnan(p_values))
    ordered = np.sort(p_values[tested])
    many = len(ordered)
    under = np.flatnonzero(ordered <= q * np.arange(1, many + 1) / max(many, 1))
    marked = np.zeros(len(p_values), dtype=bool)
    if len(under):
        marked[tested] = p_values[tested] <= ordered[under[-1]]
    return marked


def lord_level(t: int, rejected: Sequence[int], q: float, horizon: int | None = None) -> float:
    """At which level is the t-th p-value of a stream tested, given the earlier rejections?

    LORD++: gamma_t w0 + (q - w0) gamma_(t - tau_1) + q sum over j >= 2 of gamma_(t - tau_j),
    w0 = q / 2, gamma_j in proportion to log(max(j, 2)) / (j exp(sqrt(log j))) and of sum 1.
    Reject when p_t <= level: then the false discovery rate stays under q at any time,
    however many batches still come. Needs p-values that are valid given the past: a frozen
    baseline and new items in every batch.

    Parameters
    ----------
    t
        Position in the stream, from 1.
    rejected
        Positions of the earlier rejections, ascending.
    q
        The false discovery rate to hold.
    horizon
        How many p-values the stream may hold; none is spent beyond. Omitted, the stream has
        no end and every level is lower. It must not change within a stream.

    References
    ----------
    Ramdas, Yang, Wainwright & Jordan (2017), Online control of the false discovery rate with
    decaying memory, NeurIPS 30 (LORD++); weights after Javanmard & Montanari (2018), Online
    rules for control of false discovery rate, Annals of Statistics 46, 526-554.

    Examples
    --------
    >>> round(lord_level(1, [], 0.05), 5), round(lord_level(1, [], 0.05, horizon=50), 5)
    (0.00137, 0.00748)

    """
    since = np.array([t, *(t - tau for tau in rejected)], dtype=np.float64)
    gamma = _raw_weights(since) / _whole(horizon)
    if horizon is not None:
        gamma[since > horizon] = 0.0
    share = np.full(len(since), q)
    share[:2] = q / 2
    return float(gamma @ share)


def lord(p_values: FloatArray, q: float, horizon: int | None = None) -> npt.NDArray[np.bool_]:
    """Which p-values of a stream stand out, each judged when it came?

    NaN (not testable) is never marked and does not take a place in the stream.

    Examples
    --------
    >>> lord(np.array([0.3, 1e-5, 0.001, np.nan, 0.2]), 0.05).tolist()
    [False, True, True, False, False]

    """
    marked = np.zeros(len(p_values), dtype=bool)
    rejected: list[int] = []
    for t, position in enumerate(np.flatnonzero(~np.isnan(p_values)), start=1):
        if p_values[position] <= lord_level(t, rejected, q, horizon):
            rejected.append(t)
            marked[position] = True
    return marked


@lru_cache
def _whole(horizon: int | None) -> float:
    """Sum the weights up to the horizon; without one, their integral follows the 100,000th.

    The integral of log(j) / (j exp(sqrt(log j))) from J on is 12 Q(4, sqrt(log J)); half of
    the last weight is taken off (Euler and Maclaurin).
    """
    last = _SUMMED if horizon is None else horizon
    weights = _raw_weights(np.arange(1, last + 1, dtype=np.float64))
    if horizon is not None:
        return float(weights.sum())
    tail = 12 * float(special.gammaincc(4, math.sqrt(math.log(last))))
    return float(weights.sum() - weights[-1] / 2) + tail


def _raw_weights(j: FloatArray) -> FloatArray:
    return np.asarray(np.log(np.maximum(j, 2)) / (j * np.exp(np.sqrt(np.log(j)))))
