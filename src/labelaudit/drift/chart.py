"""A chart of batches over time that knows how much batches differ when nothing is wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.random_effects import ordinary

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray

MIN_BASELINE_BATCHES = 8
SMOOTHING = 0.2
LIMIT = 3.4


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """The chart of T batches, of which the first T0 are the baseline.

    Attributes
    ----------
    surprise
        (T,) u, how far each batch lies from the ordinary state, in standard deviations.
    smoothed
        (T,) e, the moving average that the limit is held against; 0 in the baseline.
    limit
        e above it raises the alarm.
    alarms
        (M,) positions of the batches with an alarm; they count from 0.
    ordinary_rate
        The error rate of the ordinary state.
    between
        tau^2, on the arcsine scale.
    undefined, needs
        Why there is no chart (`too-few-batches`), and what it needs; the arrays are empty.

    """

    surprise: FloatArray
    smoothed: FloatArray
    limit: float
    alarms: IntArray
    ordinary_rate: float | None = None
    between: float | None = None
    undefined: str | None = None
    needs: str | None = None


def chart(errors: IntArray, checked: IntArray, baseline_batches: int) -> Chart:
    """When did the error rate of batches rise above its ordinary state?

    RE-EWMA: u_t as in `Ordinary.surprise`; e_t = 0.2 u_t + 0.8 e_(t-1), from 0 at the end of
    the baseline; alarm when e_t > 3.4 sqrt(0.2 / 1.8). One-sided: errors, disagreements,
    anything that is worse when there is more of it. A batch without a checked label leaves
    e as it was.

    Parameters
    ----------
    errors, checked
        (T,) per batch in order of time: wrong labels among checked labels.
    baseline_batches
        T0, how many batches at the beginning are the ordinary state. With 20 a step of half
        the rate is found in .6 to 1.0 of streams and a false alarm in 40 batches in .03 to
        .07; fewer baseline batches raise more of these.

    Returns
    -------
    Chart
        `too-few-batches` where fewer than 8 batches of the baseline have a checked label.

    References
    ----------
    Roberts (1959), Control chart tests based on geometric moving averages, Technometrics 1,
    239-250, with the random effects of `ordinary`.

    Examples
    --------
    >>> errors = np.array([8, 9, 7, 8, 10, 6, 8, 9, 8, 20, 22, 21])
    >>> chart(errors, np.full(12, 100), baseline_batches=8).alarms.tolist()
    [10, 11]

    """
    limit = LIMIT * math.sqrt(SMOOTHING / (2 - SMOOTHING))
    known = int((checked[:baseline_batches] > 0).sum())
    if known < MIN_BASELINE_BATCHES:
        needs = f"{MIN_BASELINE_BATCHES - known} more baseline batches with checked labels"
        none = np.zeros(0)
        return Chart(none, none, limit, np.zeros(0, np.int64), None, None, "too-few-batches", needs)
    state = ordinary(errors[:baseline_batches], checked[:baseline_batches])
    surprise = state.surprise(errors, checked)
    smoothed = np.zeros(len(errors))
    for t in range(baseline_batches, len(errors)):
        before = smoothed[t - 1]
        known_now = checked[t] > 0
        smoothed[t] = SMOOTHING * surprise[t] + (1 - SMOOTHING) * before if known_now else before
    alarms = np.flatnonzero(smoothed > limit)
    return Chart(surprise, smoothed, limit, alarms, math.sin(state.centre) ** 2, state.between)
