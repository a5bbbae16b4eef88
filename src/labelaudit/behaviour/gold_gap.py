"""The gold gap: is a person much better on gold units than on the rest?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.gold import NO_GOLD
from labelaudit.behaviour.others import favourite
from labelaudit.behaviour.signal import MIN_PEOPLE, Signal, spread_out, untestable
from labelaudit.outliers import null

if TYPE_CHECKING:
    from labelaudit.behaviour.work import BoolArray, Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NAME = "gold-gap"


def gold_gap(
    work: Work, gold: IntArray, *, min_gold: int = 5, min_units: int = 20, floor: float = 0.20
) -> Signal:
    """Is each person better on gold than their answers elsewhere let expect?

    gap_j = (right + 1)/(gold + 2) - (hits + 1)/(n + 2): right answers on gold units, and answers
    elsewhere that are the label most of the others favour. Gold may be easier than the rest
    for everybody, so p is the lower tail of `outliers.null` on -gap_j.

    Parameters
    ----------
    work
        N answers by A annotators.
    gold
        The gold label of each unit code, `NO_GOLD` where there is none.
    min_gold, min_units
        Answers on gold, and elsewhere where the others favour a label, below which a person
        is not testable.
    floor
        The effect (gap above the median gap) up to which p is 1.

    Returns
    -------
    Signal
        score gap_j in -1..1, effect = gap_j - the usual gap; `count` is that of gold. Not
        testable: `no-gold`, `too-few-gold`, `too-few-annotators`.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(360), 6)
    >>> table = work(unit, who, np.where((who == 5) & (unit >= 10), 0, unit % 2), n_labels=2)
    >>> gold = np.where(np.arange(60) < 10, np.arange(60) % 2, -1)
    >>> gold_gap(table, gold).effect.round(2).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.48]

    """
    needs = f"{min_gold} gold answers and {min_units} others, for {MIN_PEOPLE} people or more"
    truth, liked = gold[work.unit], favourite(work)
    asked = truth != NO_GOLD
    on_gold, gold_error, count = _rate(work, truth == work.label, asked)
    elsewhere, error, other = _rate(work, liked == work.label, ~asked & (liked >= 0))
    testable = (count >= min_gold) & (other >= min_units)
    if testable.sum() < MIN_PEOPLE:
        few = "too-few-annotators" if testable.any() else "too-few-gold"
        reason = few if asked.any() else "no-gold"
        return untestable(NAME, work.n_annotators, reason, needs)
    gap = np.where(testable, on_gold - elsewhere, 0.0)
    fitted = null(-gap[testable], (gold_error + error)[testable])
    effect = np.where(testable, gap + fitted.centre, 0.0)
    p = np.where(effect > floor, spread_out(fitted.p, testable, 1.0), 1.0)
    return Signal(NAME, gap, effect, p, count, testable, "too-few-gold", needs)


def _rate(work: Work, hit: BoolArray, keep: BoolArray) -> tuple[FloatArray, FloatArray, IntArray]:
    """(A,) share of hits among the answers to keep, shrunk, its variance, and their number."""
    count = np.bincount(work.annotator[keep], minlength=work.n_annotators)
    rate = (work.per_annotator(hit & keep) + 1) / (count + 2)
    return rate, rate * (1 - rate) / (count + 2), count
