"""Response time: is a person far faster than the others on the same units?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.signal import MIN_PEOPLE, Signal, spread_out, untestable
from labelaudit.medians import medians
from labelaudit.outliers import null

if TYPE_CHECKING:
    from labelaudit.behaviour.work import BoolArray, Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NAME = "response-time"
_FEW = 3  # groups up to this size need no sorting
_LEAST_SPREAD = 0.1  # people differ by a tenth at least: rounded times must not say less


def response_time(work: Work, *, min_units: int = 10, floor: float = 0.5) -> Signal:
    """Does each person take a fraction of the time that others take on the same units?

    The score is the median over j's units of log(duration / median duration of the others on
    the unit). p is the lower tail of `outliers.null`, where people differ by a tenth at least.

    Parameters
    ----------
    work
        N answers by A annotators, with durations.
    min_units
        Units with a duration of one's own and of another person below which a person is not
        testable.
    floor
        The fraction of the usual pace down to which p is 1: 0.5 asks for half the time.

    Returns
    -------
    Signal
        score in log units, effect = 1 - (pace as a fraction of the median person's). Not
        testable: `no-durations`, `too-few-units`, `too-few-annotators`.

    References
    ----------
    Median and MAD: Leys et al. (2013), Detecting outliers, J. Exp. Soc. Psychol. 49(4),
    764-766; effort from response time: Wise & Kong (2005), Applied Measurement in Education
    18(2), 163-183.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(120), 6)
    >>> spent = np.array([20, 18, 22, 19, 21, 4])[who]
    >>> found = response_time(work(unit, who, unit % 2, n_labels=2, duration=spent))
    >>> found.effect.round(2).tolist(), found.p.round(3).tolist()
    ([0.0, 0.05, -0.1, 0.0, -0.05, 0.79], [1.0, 1.0, 1.0, 1.0, 1.0, 0.0])

    """
    needs = f"{min_units} units timed for this person and another, for {MIN_PEOPLE} people or more"
    if work.duration is None or not np.isfinite(work.duration).any():
        return untestable(NAME, work.n_annotators, "no-durations", needs)
    row = np.flatnonzero(np.isfinite(work.duration))
    seconds = np.log(work.duration[row])
    usual, known = median_of_others(work.unit[row], seconds)
    count = np.bincount(work.annotator[row[known]], minlength=work.n_annotators)
    testable = count >= max(min_units, 1)
    if testable.sum() < MIN_PEOPLE:
        reason = "too-few-annotators" if testable.any() else "too-few-units"
        return untestable(NAME, work.n_annotators, reason, needs)
    person = work.annotator[row]
    first = medians(person[known], (seconds - usual)[known], work.n_annotators)
    usual, _ = median_of_others(work.unit[row], seconds - first[person])
    score = medians(person[known], (seconds - usual)[known], work.n_annotators)
    fitted = null(score[testable], np.full(int(testable.sum()), _LEAST_SPREAD**2))
    effect = np.where(testable, 1 - np.exp(score - fitted.centre), 0.0)
    tail = spread_out(fitted.p, testable, 1.0)
    p = np.where(effect > 1 - floor, tail, 1.0)
    return Signal(NAME, score, effect, p, count, testable, "too-few-units", needs)


def median_of_others(group: IntArray, values: FloatArray) -> tuple[FloatArray, BoolArray]:
    """(N,) the median of the other values of the same group, and whether there are any.

    The groups (N,) ascend, so that groups of one size can be sorted as one block.

    Examples
    --------
    >>> median, known = median_of_others(np.array([0, 0, 0, 1]), np.array([1.0, 2.0, 9.0, 5.0]))
    >>> median.tolist(), known.tolist()
    ([5.5, 5.0, 1.5, 0.0], [True, True, True, False])

    """
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(starts, append=len(group))
    median = np.zeros(len(group))
    for size in np.flatnonzero(np.bincount(sizes[sizes > 1])).tolist():
        rows = starts[sizes == size][:, None] + np.arange(size)
        if size <= _FEW:
            _among_few(median, rows, values[rows])
            continue
        order = np.argsort(values[rows], axis=1, kind="stable")
        ordered = np.take_along_axis(values[rows], order, axis=1)
        # Without the value of rank r, the ranks from r on move down by one.
        rank = np.arange(size)
        low, high = ((middle + (middle >= rank)) for middle in ((size - 2) // 2, (size - 1) // 2))
        halves = (ordered[:, low] + ordered[:, high]) / 2
        median[np.take_along_axis(rows, order, axis=1)] = halves
    return median, np.repeat(sizes > 1, sizes)


def _among_few(median: FloatArray, rows: IntArray, values: FloatArray) -> None:
    """Fill in the median of the others in groups (G, 2) or (G, 3): their mean."""
    last = values.shape[1] - 1
    for place in range(last + 1):
        one, other = values[:, place - 1], values[:, place - last]
        median[rows[:, place]] = (one + other) / 2
