"""Gold: is a person right on gold units less often than the standard asks?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtr

from labelaudit.behaviour.signal import Signal, shares, untestable

if TYPE_CHECKING:
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import IntArray

NAME = "gold-accuracy"
NO_GOLD = -1
"""Stands in a table of gold labels for a unit without gold."""
_MOST = 2_000


def gold_accuracy(
    work: Work,
    gold: IntArray,
    *,
    standard: float = 0.90,
    poor: float = 0.70,
    level: float = 0.05,
    power: float = 0.75,
    floor: float = 0.05,
) -> Signal:
    """Is each person's accuracy on gold below the standard, by more than luck explains?

    p = P(X <= right answers), X binomial with n gold answers and the standard. With fewer gold
    answers than `gold_needed`, silence would prove nothing: such a person is testable only
    where the answers are bad enough to speak for themselves (p <= level).

    Parameters
    ----------
    work
        N answers by A annotators.
    gold
        The gold label of each unit code, `NO_GOLD` where there is none.
    standard
        The accuracy that is asked for, 0..1.
    poor, level, power
        How many gold answers are enough: see `gold_needed`.
    floor
        The effect up to which p is 1.

    Returns
    -------
    Signal
        score = share right, effect = standard - score. Not testable: `no-gold`,
        `too-few-gold`.

    References
    ----------
    The exact binomial test; Clopper & Pearson (1934), Biometrika 26, 404-413.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(60), 2)
    >>> table = work(unit, who, np.where(who == 1, unit % 2, 1), n_labels=2)
    >>> gold_accuracy(table, np.ones(30, dtype=int)).score.tolist()
    [1.0, 0.5]

    """
    enough = gold_needed(standard, poor, level, power)
    needs = f"{enough} gold answers, to tell {poor:.0%} right from the standard of {standard:.0%}"
    truth = gold[work.unit]
    asked = truth != NO_GOLD
    count = np.bincount(work.annotator[asked], minlength=work.n_annotators)
    if not asked.any():
        return untestable(NAME, work.n_annotators, "no-gold", needs)
    right = work.per_annotator(asked & (truth == work.label))
    score = shares(right, count)
    tail = np.asarray(bdtr(right, count, standard))
    testable = (count >= enough) | ((count > 0) & (tail <= level))
    effect = np.where(testable, standard - score, 0.0)
    p = np.where(testable & (effect > floor), tail, 1.0)
    return Signal(NAME, score, effect, p, count, testable, "too-few-gold", needs)


def gold_needed(standard: float, poor: float, level: float = 0.05, power: float = 0.75) -> int:
    """How many gold answers catch a person of `poor` accuracy with this power?

    The smallest n at which the exact test of the standard at this level has the power.

    Examples
    --------
    >>> gold_needed(0.90, 0.70), gold_needed(0.90, 0.50)
    (20, 7)

    """
    n = np.arange(1, _MOST)
    # The smallest number of right answers that passes the standard, by bisection for every n.
    low, high = np.zeros(len(n), dtype=np.int64), n.copy()
    while (low < high).any():
        middle = (low + high) // 2
        fails = bdtr(middle, n, standard) <= level
        low, high = np.where(fails, middle + 1, low), np.where(fails, high, middle)
    caught = np.where(low > 0, bdtr(np.maximum(low - 1, 0), n, poor), 0.0) >= power
    return int(n[caught.argmax()]) if caught.any() else _MOST
