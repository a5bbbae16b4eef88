"""Do the same people work faster or slower than before? And are all times in one unit?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import placed
from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.tails import t_quantile, two_sided
from labelaudit.medians import by_group, medians, middles

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray

MIN_ANSWERS = 20
MIN_ANNOTATORS = 5
_THOUSANDFOLD = (10**2.5, 10**3.5)


@dataclass(frozen=True, slots=True, eq=False)
class DurationDrift:
    """How much longer the same people take.

    Attributes
    ----------
    ratio
        The deviation: `effect` is the batch's time over the baseline's, within annotators
        (2 is twice as long); `statistic` the t of its logarithm; p two-sided.
    annotators
        How many people it compares.
    unusable
        How many durations were left out: none, not finite, zero or negative.

    """

    ratio: Deviation
    annotators: int = 0
    unusable: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """The usable durations of one arm: (A,) how many everybody has, and (A,) their median.

    `shortest` and `longest` are over all of them; `unusable` is how many were left out.
    """

    count: IntArray
    median: FloatArray
    shortest: float
    longest: float
    unusable: int = 0


def usable(duration_s: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) whether a duration tells anything: it is finite and above zero."""
    return np.asarray(np.isfinite(duration_s) & (duration_s > 0))


def pace(annotator: IntArray, duration_s: FloatArray, people: int) -> Pace:
    """Return the pace of everybody, of durations (N,) by annotators (N,) in any order."""
    kept = usable(duration_s)
    person, took = annotator[kept], duration_s[kept]
    order = by_group(person, took, people)
    return pace_of_ordered(person[order], took[order], people, len(kept) - len(order))


def pace_of_ordered(person: IntArray, took: FloatArray, people: int, unusable: int) -> Pace:
    """Return the same of usable durations that stand by annotator, then length."""
    count = np.bincount(person, minlength=people)
    ends = float(took.min(initial=np.inf)), float(took.max(initial=-np.inf))
    return Pace(count, middles(count, took), *ends, unusable)


def duration_drift(
    in_batch: npt.NDArray[np.bool_], annotator: IntArray, duration_s: FloatArray
) -> DurationDrift:
    """Do the same people take longer, or less long, in the batch than in the baseline?

    For each annotator with 20 durations in both arms, d = log of the ratio of their median
    times; t = mean d / (sd d / sqrt A) with A - 1 degrees of freedom. Medians, because
    people walk away from the screen; within annotators, because a batch may simply have
    gone to faster people.

    Parameters
    ----------
    in_batch, annotator, duration_s
        (N,) the arm, the person (same code in both arms) and the time of every answer; NaN
        where it is not known.

    Returns
    -------
    DurationDrift
        Not testable: `no-times` (no usable duration in an arm), `all-times-equal`,
        `no-common-annotators`, `too-few-annotators` (under 5), `mixed-units` (about a
        thousandfold apart: seconds against milliseconds), `zero-variance`.

    Examples
    --------
    >>> batch, person = np.arange(400) >= 200, np.arange(400) % 5
    >>> took = np.where(batch, 20.0, 10.0) + np.arange(400) % 7 / 100 * (person + 1)
    >>> drift = duration_drift(batch, person, took)
    >>> round(drift.ratio.effect, 2), drift.annotators
    (1.99, 5)

    """
    people = int(annotator.max(initial=-1)) + 1
    arms = (pace(annotator[arm], duration_s[arm], people) for arm in (~in_batch, in_batch))
    return duration_drift_from(*arms)


def duration_drift_from(baseline: Pace, batch: Pace) -> DurationDrift:
    """Return the same from the median times of everybody, which is all it needs."""
    unusable = baseline.unusable + batch.unusable
    if not (baseline.count.any() and batch.count.any()):
        needs = "durations in the baseline and in the batch"
        return DurationDrift(not_testable("no-times", needs), 0, unusable)
    if min(baseline.shortest, batch.shortest) == max(baseline.longest, batch.longest):
        needs = "times that were measured for each answer"
        return DurationDrift(not_testable("all-times-equal", needs), 0, unusable)
    told = (baseline.count >= MIN_ANSWERS) & (batch.count >= MIN_ANSWERS)
    both = zip(baseline.median[told].tolist(), batch.median[told].tolist(), strict=True)
    change = np.array([math.log(after / before) for before, after in both])
    met = bool(((baseline.count > 0) & (batch.count > 0)).any())
    return DurationDrift(_compared(change, met=met), len(change), unusable)


def _compared(change: FloatArray, *, met: bool) -> Deviation:
    many = len(change)
    needs = (
        f"{MIN_ANNOTATORS} annotators with {MIN_ANSWERS} durations in the baseline and the batch"
    )
    if not met:
        return not_testable("no-common-annotators", needs)
    mean = float(change.mean()) if many else None
    effect = None if mean is None else math.exp(mean)
    if mean is None or many < MIN_ANNOTATORS:
        return not_testable("too-few-annotators", needs, effect)
    if _THOUSANDFOLD[0] <= math.exp(abs(mean)) <= _THOUSANDFOLD[1]:
        return not_testable("mixed-units", "durations in seconds in both", effect)
    se = float(change.std(ddof=1)) / math.sqrt(many)
    if se <= 0:
        return not_testable("zero-variance", "annotators whose times change differently", effect)
    t, reach = mean / se, t_quantile(many - 1) * se
    low, high = math.exp(mean - reach), math.exp(mean + reach)
    return Deviation(effect, low, high, t, many - 1.0, two_sided(t, many - 1))


def mixed_units(group: IntArray, duration_s: FloatArray) -> IntArray:
    """Which vendors (or batches, or annotators) seem to give milliseconds instead of seconds?

    The groups' median times are put in order; where a step of one to the next is about a
    thousandfold (10^2.5 to 10^3.5), all groups above it are named.

    Parameters
    ----------
    group
        (N,) code of the vendor of each duration.
    duration_s
        (N,) durations; NaN, zero and negative ones do not count.

    Returns
    -------
    IntArray
        The codes of the groups with the long times, ascending; empty where units agree.

    Examples
    --------
    >>> mixed_units(np.array([0, 0, 1, 1]), np.array([8.0, 12.0, 9000.0, 11000.0])).tolist()
    [1]

    """
    kept = usable(duration_s)
    codes, inverse = placed(group[kept])
    return codes[far_longer(medians(inverse, duration_s[kept], len(codes)))]


def far_longer(middle: FloatArray) -> IntArray:
    """Return which of these median times (G,) are about a thousand times the others."""
    order = np.argsort(middle)
    step = middle[order][1:] / middle[order][:-1]
    jumps = np.flatnonzero((step >= _THOUSANDFOLD[0]) & (step <= _THOUSANDFOLD[1]))
    return np.sort(order[jumps[0] + 1 :]) if len(jumps) else order[:0]
