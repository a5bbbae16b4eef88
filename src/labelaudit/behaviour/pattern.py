"""Pattern answering: does the answer before say more than the unit does?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from labelaudit.behaviour.others import favourite, occurrences
from labelaudit.behaviour.sequences import NEEDS_ORDER, NO_ORDER, sequences
from labelaudit.behaviour.signal import Signal, shares, untestable

if TYPE_CHECKING:
    from labelaudit.behaviour.sequences import Sequences
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NAME = "pattern-answering"
_BACK = (1, 2)
_TINY = 1e-18


def pattern_answering(work: Work, *, min_units: int = 30, floor: float = 0.10) -> Signal:
    """Do each person's previous answers predict the next one better than the unit does?

    Every answer gets two chances from the person's other answers: its share after the same
    previous answer (or the same two), and its share where the others favour the same label. p
    is the paired t of the logs of the two, doubled for the two lengths. Units sorted by label
    do not mislead it: both chances are then high.

    Parameters
    ----------
    work
        N answers by A annotators, with moments.
    min_units
        Answers in order below which a person is not testable.
    floor
        The effect up to which p is 1.

    Returns
    -------
    Signal
        score = geometric mean of the first chance, effect = that less the same mean of the
        second. Not testable: `no-order`, `too-few-units`.

    References
    ----------
    The conditional form of the straight-lining indices in Curran (2016), J. Exp. Soc. Psychol.
    66, 4-19; log scores of out-of-sample forecasts: Good (1952), JRSS B 14(1), 107-114.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(300), 5)
    >>> truth = (unit * 7 % 11) % 3
    >>> label = np.where(who == 4, unit % 3, truth)
    >>> found = pattern_answering(work(unit, who, label, n_labels=3, end=unit))
    >>> found.effect.round(1).tolist(), found.p.round(3).tolist()
    ([-0.4, -0.4, -0.4, -0.4, 0.7], [1.0, 1.0, 1.0, 1.0, 0.0])

    """
    needs = f"{NEEDS_ORDER}, and {min_units} answers"
    order = sequences(work)
    if order is None:
        return untestable(NAME, work.n_annotators, NO_ORDER, needs)
    liked = favourite(work)[order.row]
    results = [_compared(order, work.label[order.row], liked, back, work) for back in _BACK]
    effects = np.array([effect for _, effect, _ in results])
    best = effects.argmax(axis=0)
    score = np.array([score for score, _, _ in results])[best, np.arange(work.n_annotators)]
    tail = np.minimum(len(_BACK) * np.min([p for _, _, p in results], axis=0), 1.0)
    testable = order.ordered & (order.count >= min_units)
    effect = np.where(testable, effects.max(axis=0), 0.0)
    p = np.where(effect > floor, tail, 1.0)
    reason = "too-few-units" if order.ordered.any() else NO_ORDER
    return Signal(NAME, score, effect, p, order.count, testable, reason, needs)


def _compared(
    order: Sequences, label: IntArray, liked: IntArray, back: int, work: Work
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(A,) typical chance given `back` previous answers, the gain over the unit's, and p."""
    far = order.place >= back
    before = np.zeros(len(label), dtype=np.int64)
    for step in range(1, back + 1):
        before = before * work.n_labels + np.roll(label, step)
    person, given = order.person[far], label[far]
    by_order = _log_chance(person * work.n_labels**back + before[far], given, work.n_labels)
    by_unit = _log_chance(person * (work.n_labels + 1) + liked[far] + 1, given, work.n_labels)
    count = np.bincount(person, minlength=work.n_annotators)
    mean = [
        shares(np.bincount(person, values, work.n_annotators), count)
        for values in (by_order, by_unit)
    ]
    away = by_order - by_unit - (mean[0] - mean[1])[person]
    squares = np.bincount(person, away**2, work.n_annotators)
    error = np.sqrt(np.maximum(shares(squares, count * np.maximum(count - 1, 1)), _TINY))
    p = np.asarray(stdtr(np.maximum(count - 1.0, 1.0), (mean[1] - mean[0]) / error))
    return np.exp(mean[0]), np.exp(mean[0]) - np.exp(mean[1]), p


def _log_chance(context: IntArray, label: IntArray, n_labels: int) -> FloatArray:
    """(M,) log of the share that the other answers in its context give a label, smoothed."""
    same = occurrences(context * n_labels + label) - 1
    smooth = 1 / n_labels
    return np.asarray(np.log((same + smooth) / (occurrences(context) - 1 + smooth * n_labels)))
