"""Pattern answering: does the answer before say more than the unit does?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtrc

from labelaudit.behaviour.others import favourite
from labelaudit.behaviour.sequences import NEEDS_ORDER, NO_ORDER, sequences
from labelaudit.behaviour.signal import Signal, shares, untestable

if TYPE_CHECKING:
    from labelaudit.behaviour.sequences import Sequences
    from labelaudit.behaviour.work import BoolArray, Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NAME = "pattern-answering"
_BACK = (1, 2)


def pattern_answering(work: Work, *, min_units: int = 30, floor: float = 0.10) -> Signal:
    """Do each person's previous answers predict the next one better than the unit does?

    Every answer is guessed twice from the person's other answers: as the usual one after the
    same previous answer (or the same two), and as the usual one where the others favour the
    same label. p is the exact sign test of the answers that only one of the guesses hits,
    doubled for the two lengths. Units sorted by label do not mislead it: then both hit.

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
        score = share of answers guessed from the previous ones, effect = that less the share
        guessed from the unit. Not testable: `no-order`, `too-few-units`.

    References
    ----------
    The conditional form of straight-lining indices: Curran (2016), J. Exp. Soc. Psychol. 66,
    4-19; the sign test of discordant pairs: McNemar (1947), Psychometrika 12, 153-157.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(300), 5)
    >>> truth = (unit * 7 % 11) % 3
    >>> label = np.where(who == 4, unit % 3, truth)
    >>> found = pattern_answering(work(unit, who, label, n_labels=3, end=unit))
    >>> found.effect.round(1).tolist(), found.p.round(3).tolist()
    ([-0.3, -0.3, -0.3, -0.3, 1.0], [1.0, 1.0, 1.0, 1.0, 0.0])

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
    """(A,) share guessed from `back` previous answers, the gain over the unit, and p."""
    far = order.place >= back
    before = np.zeros(len(label), dtype=np.int64)
    for step in range(1, back + 1):
        before = before * work.n_labels + np.roll(label, step)
    person, given = order.person[far], label[far]
    by_order = _guessed(person * work.n_labels**back + before[far], given, work.n_labels)
    by_unit = _guessed(person * (work.n_labels + 1) + liked[far] + 1, given, work.n_labels)
    count = np.bincount(person, minlength=work.n_annotators)
    won, lost, hit = (
        np.bincount(person[which], minlength=work.n_annotators)
        for which in (by_order & ~by_unit, by_unit & ~by_order, by_order)
    )
    p = np.where(won > 0, bdtrc(np.maximum(won - 1, 0), np.maximum(won + lost, 1), 0.5), 1.0)
    return shares(hit, count), shares(won - lost, count), p


def _guessed(context: IntArray, label: IntArray, n_labels: int) -> BoolArray:
    """(M,) whether the label is the usual one in its context, the answer itself left out."""
    codes, cell, counts = np.unique(
        context * n_labels + label, return_inverse=True, return_counts=True
    )
    place = codes // n_labels
    begin = np.flatnonzero(np.diff(place, prepend=-1))
    group = np.cumsum(np.diff(place, prepend=-1) != 0) - 1
    top = np.maximum.reduceat(counts, begin)[group]
    # Ties at the top: each of them has a rival as large as itself.
    tied = np.bincount(group[counts == top], minlength=len(begin))[group] > 1
    below = np.where((counts == top) & ~tied, 0, counts)
    second = np.maximum.reduceat(below, begin)[group]
    rival = np.where((counts == top) & ~tied, second, top)
    return np.asarray((counts - 1 > rival)[cell])
