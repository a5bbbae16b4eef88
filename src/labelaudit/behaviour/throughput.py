"""Throughput: did one person do more than one person can?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.sequences import NEEDS_ORDER, NO_ORDER, sequences
from labelaudit.behaviour.signal import Signal, untestable

if TYPE_CHECKING:
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

PACE = "throughput"
DAY = "hours-a-day"
_DAY_S = 86_400.0
_HOUR_S = 3_600.0


def throughput(
    work: Work, *, window: float = 600.0, seconds_each: float = 2.0, min_units: int = 30
) -> Signal:
    """How many answers did each person give in their busiest ten minutes?

    An answer that was looked at takes two seconds or more, so more than window / 2 s answers
    in a window are more than one person gives. p is 0 there and 1 elsewhere: no chance model.

    Parameters
    ----------
    work
        N answers by A annotators, with moments.
    window
        Length of the window in seconds.
    seconds_each
        The shortest time an answer can take.
    min_units
        Answers in order below which a person is not testable.

    Returns
    -------
    Signal
        score = answers in the busiest window, effect = score / (window / seconds_each): above
        1 is more than possible. Not testable: `no-order`, `too-few-units`.

    References
    ----------
    The page-time bound of two seconds an item: Bowling et al. (2021), Organizational Research
    Methods, doi 10.1177/10944281211056520.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(1000), 2)
    >>> moment = unit * np.array([20.0, 1.0])[who]
    >>> found = throughput(work(unit, who, unit % 2, n_labels=2, end=moment))
    >>> found.score.tolist(), found.p.tolist()
    ([31.0, 500.0], [1.0, 0.0])

    """
    needs = f"{NEEDS_ORDER}, and {min_units} answers"
    order, moment = sequences(work), work.moment
    if order is None or moment is None:
        return untestable(PACE, work.n_annotators, NO_ORDER, needs)
    at = moment[order.row]
    at = at - at.min()
    apart = order.person * (at.max() + 2 * window) + at  # people far apart on one axis
    begin = np.searchsorted(apart, apart - window)
    busiest = _largest(order.person, np.arange(len(at)) - begin + 1.0, work.n_annotators)
    testable = order.ordered & (order.count >= min_units)
    effect = np.where(testable, busiest * seconds_each / window, 0.0)
    p = np.where(effect > 1, 0.0, 1.0)
    reason = "too-few-units" if order.ordered.any() else NO_ORDER
    return Signal(PACE, busiest, effect, p, order.count, testable, reason, needs)


def hours_a_day(work: Work, *, most: float = 24.0) -> Signal:
    """How many hours of work does each person claim for their fullest day?

    The durations of a person's answers are summed by day (24 hours from the earliest moment of
    the table). More than `most` hours are more than one person has. Tasks left open in several
    tabs count double, so look at them before concluding. p is 0 there and 1 elsewhere.

    Parameters
    ----------
    work
        N answers by A annotators, with moments and durations.
    most
        Hours.

    Returns
    -------
    Signal
        score in hours, effect = score / most. Not testable: `no-durations`, `no-order`.

    Examples
    --------
    >>> from labelaudit.behaviour.work import work
    >>> end = [40_000.0, 80_000.0, 80_000.0]
    >>> spent = [36_000.0, 36_000.0, 54_000.0]
    >>> table = work([0, 1, 2], [0, 0, 0], [1, 1, 0], n_labels=2, end=end, duration=spent)
    >>> found = hours_a_day(table)
    >>> found.score.tolist(), found.p.tolist()
    ([35.0], [0.0])

    """
    needs = "the moment and the duration of answers"
    moment, spent = work.moment, work.duration
    if moment is None or spent is None:
        missing = NO_ORDER if moment is None else "no-durations"
        return untestable(DAY, work.n_annotators, missing, needs)
    row = np.flatnonzero(np.isfinite(moment) & np.isfinite(spent))
    first = moment[row].min() if len(row) else 0.0
    day = ((moment[row] - first) // _DAY_S).astype(np.int64)
    person = work.annotator[row]
    code, place = np.unique(person * (day.max(initial=0) + 1) + day, return_inverse=True)
    hours = np.bincount(place, spent[row], len(code)) / _HOUR_S
    fullest = _largest(code // (day.max(initial=0) + 1), hours, work.n_annotators)
    count = np.bincount(person, minlength=work.n_annotators)
    effect = fullest / most
    p = np.where(effect > 1, 0.0, 1.0)
    return Signal(DAY, fullest, effect, p, count, count > 0, "no-durations", needs)


def _largest(person: IntArray, values: FloatArray, size: int) -> FloatArray:
    result = np.zeros(size)
    np.maximum.at(result, person, values)
    return result
