"""Was agreement made after the fact: answers copied to others, or settled before delivery?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.tails import normal_above, z_quantile
from labelaudit.signals.pairs import annotator_pairs, unit_pairs
from labelaudit.signals.standing_out import standing_out

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray

MIN_UNITS = 50
MIN_SHARED = 25
_SHIFTS = (-3, -2, -1, 1, 2, 3)


def agreement_above_others(
    disagreeing: IntArray, compared: IntArray, min_units: int = MIN_UNITS
) -> list[Deviation]:
    """Does a batch (or vendor) disagree less than all others, beyond their spread?

    Parameters
    ----------
    disagreeing
        (T,) units whose labels differ, per batch of one question.
    compared
        (T,) units labelled by two people or more.
    min_units
        Batches with fewer compared units are neither tested nor used.

    Returns
    -------
    list of Deviation
        As `standing_out` makes them: the effect is the batch's share of disagreeing units
        less the ordinary one (negative is suspicious), p one-sided.

    Examples
    --------
    >>> found = agreement_above_others(np.array([0, 15, 20, 18, 22, 17]), np.full(6, 100))
    >>> found[0].p < 0.01, found[1].p > 0.05
    (True, True)

    """
    return standing_out(
        disagreeing, compared, high=False, min_trials=min_units, of=f"batches of {min_units} units"
    )


@dataclass(frozen=True, slots=True)
class NearEqualTimes:
    """Whether answers of different people to one unit come at the same moment.

    Attributes
    ----------
    excess
        The deviation: `effect` is the share of pairs of answers to one unit that lie within
        the window, less the share when one of the two is replaced by the same person's
        answers just before and after; p one-sided, units as clusters.
    near, expected
        The two shares.
    units
        How many units have a pair.

    """

    excess: Deviation
    near: float | None = None
    expected: float | None = None
    units: int = 0


def near_equal_times(
    unit: IntArray,
    annotator: IntArray,
    time_s: FloatArray,
    within_s: float = 2.0,
    tolerated: float = 0.03,
) -> NearEqualTimes:
    """Do different people answer the same unit at the same moment more often than they meet?

    Two people who work at the same hours answer *some* unit within two seconds of each
    other now and then; they do not answer *the same one*, unless one answer was made from
    the other. People who begin together and go through one queue in step come a little
    closer at the same unit than at its neighbours, by two points at most in simulated
    worlds: so much is tolerated.

    Parameters
    ----------
    unit, annotator, time_s
        (N,) codes, and when each answer was submitted, in seconds; NaN where not known.
    within_s
        The window.
    tolerated
        The excess up to which nothing is said: p tests that the excess is not above it.

    Returns
    -------
    NearEqualTimes
        Not testable: `no-times`, `all-times-equal`, `too-few-units` (under 50 with two timed
        answers of different people), `zero-variance` (no pair ever lies within the window:
        the excess is 0).

    Examples
    --------
    >>> unit = np.repeat(np.arange(100), 2)
    >>> clock = np.repeat(np.arange(100) * 30.0, 2) + np.tile([0.0, 1.0], 100)
    >>> near_equal_times(unit, np.arange(200) % 2, clock).near
    1.0

    """
    timed = np.isfinite(time_s)
    if not timed.any():
        return NearEqualTimes(not_testable("no-times", "the time at which answers were given"))
    units, people, times = unit[timed], annotator[timed], time_s[timed]
    if times.min() == times.max():
        return NearEqualTimes(not_testable("all-times-equal", "times measured for each answer"))
    order = np.lexsort((units, times, people))
    units, people, times = units[order], people[order], times[order]
    first, second = unit_pairs(units, people)
    several = len(np.unique(units[first]))
    if several < MIN_UNITS:
        needs = f"{MIN_UNITS} units with timed answers of two people; there are {several}"
        return NearEqualTimes(not_testable("too-few-units", needs), units=several)
    near = np.abs(times[first] - times[second]) <= within_s
    expected = (
        _shifted(first, second, people, times, within_s)
        + _shifted(second, first, people, times, within_s)
    ) / 2
    excess = _by_unit(near - expected, units[first], tolerated)
    return NearEqualTimes(excess, float(near.mean()), float(expected.mean()), several)


def _shifted(
    fixed: IntArray, moved: IntArray, people: IntArray, times: FloatArray, within_s: float
) -> FloatArray:
    """(Q,) share of the moved answer's neighbours, by the same person, within the window."""
    near, known = np.zeros(len(fixed)), np.zeros(len(fixed))
    for shift in _SHIFTS:
        other = np.clip(moved + shift, 0, len(people) - 1)
        same = (people[other] == people[moved]) & (other != moved)
        near += same & (np.abs(times[fixed] - times[other]) <= within_s)
        known += same
    return np.divide(near, known, out=np.zeros(len(fixed)), where=known > 0)


def _by_unit(excess: FloatArray, unit: IntArray, tolerated: float) -> Deviation:
    """Test that the mean excess is not above what is tolerated, with units as clusters."""
    effect = float(excess.mean())
    slot = np.unique(unit, return_inverse=True)[1]
    scores = np.bincount(slot, excess - effect)
    many = len(scores)
    se = math.sqrt(many / (many - 1) * float(scores @ scores)) / len(excess)
    if se <= 0:
        if effect > tolerated:  # every unit shows the same excess: a sign test over units
            return Deviation(effect, effect, effect, p=0.5**many)
        return not_testable("zero-variance", "answers that ever come close in time", effect)
    reach = z_quantile() * se
    z = (effect - tolerated) / se
    return Deviation(effect, effect - reach, effect + reach, z, None, normal_above(z))


@dataclass(frozen=True, slots=True, eq=False)
class PerfectPairs:
    """Pairs of annotators who never disagree.

    Attributes
    ----------
    rarest
        The deviation of the least likely of them: `effect` is its number of shared units,
        p the chance of no disagreement at the rate at which the two disagree with everybody
        else, times the number of pairs looked at.
    first, second, units
        (M,) the annotators of the pairs without a disagreement, and their shared units.
    pairs
        How many pairs were looked at.

    """

    rarest: Deviation
    first: IntArray
    second: IntArray
    units: IntArray
    pairs: int


def perfect_pairs(
    unit: IntArray, annotator: IntArray, label: IntArray, min_shared: int = MIN_SHARED
) -> PerfectPairs:
    """Which two annotators never disagree, though both disagree with others?

    For a pair with n shared units and rates d of disagreement with everybody *else*: p =
    (1 - (d_a + d_b) / 2)^n, times the number of pairs (Bonferroni).

    Parameters
    ----------
    unit, annotator, label
        (N,) codes.
    min_shared
        Pairs with fewer shared units are not looked at.

    Returns
    -------
    PerfectPairs
        Not testable: `too-few-units` (no pair shares that many units and meets others
        as often).

    Examples
    --------
    >>> unit, person = np.divmod(np.arange(180), 3)
    >>> label = np.where(person < 2, unit % 2, (unit + unit % 4 // 3) % 2)
    >>> found = perfect_pairs(unit, person, label)
    >>> found.first.tolist(), found.second.tolist(), found.rarest.p < 0.001
    ([0], [1], True)

    """
    pairs = annotator_pairs(unit, annotator, label)
    tested = (pairs.shared >= min_shared) & (pairs.elsewhere >= min_shared)
    perfect = tested & (pairs.differing == 0)
    named = (pairs.first[perfect], pairs.second[perfect], pairs.shared[perfect])
    many = int(tested.sum())
    if many == 0:
        needs = f"pairs of annotators with {min_shared} shared units, who meet others as often"
        return PerfectPairs(not_testable("too-few-units", needs), *named, 0)
    if not perfect.any():
        return PerfectPairs(Deviation(effect=0.0, p=1.0), *named, many)
    chance = (1 - pairs.rate_elsewhere[perfect]) ** pairs.shared[perfect]
    rarest = int(np.argmin(chance))
    p = min(1.0, many * float(chance[rarest]))
    return PerfectPairs(Deviation(effect=float(named[2][rarest]), p=p), *named, many)
