"""Parity of flags: do the flags fall on one group of people?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaincinv, gammaln

if TYPE_CHECKING:
    from labelaudit.behaviour.work import BoolArray
    from labelaudit.coefficients.patterns import IntArray

MIN_PEOPLE = 5
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class GroupRate:
    """How many people of a group were flagged, beside the people of all other groups.

    Attributes
    ----------
    group, people, flagged
        The group's code, its size, and how many of it are flagged.
    rate, low, high
        flagged / people with a two-sided 95% Clopper-Pearson interval.
    rest
        The rate in all other groups; None where there are none.
    p
        P(that many flagged in this group, given the flags in all), times the number of groups
        compared, at most 1.
    uneven
        Whether p is at most 0.05: the flags follow the group, and the audit says so of itself.
    undefined
        `too-few-people` below five: a rate would point at single people. All numbers but the
        counts are then None.

    """

    group: int
    people: int
    flagged: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    rest: float | None = None
    p: float | None = None
    uneven: bool = False
    undefined: str | None = None


def flag_parity(group: IntArray, flagged: BoolArray) -> tuple[GroupRate, ...]:
    """Do flags fall on one group of annotators more than on the others?

    For every group the one-sided hypergeometric chance of so many of the flags, given how
    many people and flags there are (Fisher's exact test), Bonferroni over groups.

    Parameters
    ----------
    group
        (A,) the group of each annotator, from 0; -1 where not known (left out).
    flagged
        (A,) whether the person is flagged. People who were not testable belong left out.

    Returns
    -------
    tuple of GroupRate
        One per group that has people, by code.

    References
    ----------
    Fisher (1935), The logic of inductive inference, JRSS 98(1); Clopper & Pearson (1934),
    Biometrika 26, 404-413.

    Examples
    --------
    >>> rates = flag_parity(np.repeat([0, 1], [40, 10]), np.arange(50) >= 44)
    >>> [(rate.rate, round(rate.p, 4), rate.uneven) for rate in rates]
    [(0.0, 1.0, False), (0.6, 0.0, True)]

    """
    known = group >= 0
    people = np.bincount(group[known])
    hits = np.bincount(group[known & flagged], minlength=len(people))
    present = np.flatnonzero(people)
    compared = max(int((people >= MIN_PEOPLE).sum()), 1)
    return tuple(_rate(code, people, hits, compared) for code in present.tolist())


def _rate(code: int, people: IntArray, hits: IntArray, compared: int) -> GroupRate:
    n, x = int(people[code]), int(hits[code])
    if n < MIN_PEOPLE:
        return GroupRate(code, n, x, undefined="too-few-people")
    everybody, flags = int(people.sum()), int(hits.sum())
    p = min(compared * _at_least(x, n, flags, everybody), 1.0)
    rest = (flags - x) / (everybody - n) if everybody > n else None
    low = float(betaincinv(x, n - x + 1, LEVEL / 2)) if x else 0.0
    high = float(betaincinv(x + 1, n - x, 1 - LEVEL / 2)) if x < n else 1.0
    return GroupRate(code, n, x, x / n, low, high, rest, p, p <= LEVEL)


def _at_least(x: int, n: int, flags: int, everybody: int) -> float:
    """P(X >= x), X the flags in a draw of n of everybody."""
    seen = np.arange(x, min(n, flags) + 1)
    log_chance = (
        _log_choose(flags, seen)
        + _log_choose(everybody - flags, n - seen)
        - _log_choose(everybody, np.array([n]))
    )
    return min(float(np.exp(log_chance).sum()), 1.0)


def _log_choose(n: int, k: IntArray) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    inside = (k >= 0) & (k <= n)
    k = np.where(inside, k, 0)
    log = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.where(inside, log, -np.inf)
