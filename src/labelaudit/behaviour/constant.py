"""Constant answering: does a person give fewer kinds of labels than the others there?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import xlogy

from labelaudit.behaviour.others import others
from labelaudit.behaviour.signal import MIN_PEOPLE, Signal, spread_out, untestable
from labelaudit.outliers import lower_tail

if TYPE_CHECKING:
    from labelaudit.behaviour.others import Others
    from labelaudit.behaviour.work import Work

NAME = "constant-answering"
_ONE_LABEL = 0.05  # nats: below, the others say one thing too, and there is nothing to miss


def constant_answering(
    work: Work, *, min_units: int = 20, floor: float = 0.5, seen: Others | None = None
) -> Signal:
    """Is each person's mix of labels far more one-sided than the others' on the same units?

    The score is H(own shares) / H(shares of the others on the same units), entropies. p is the
    lower tail of `outliers.null` with the delta-method variance of the own entropy
    (1/n at least: it is 0 for even and for one-sided shares).

    Parameters
    ----------
    work
        N answers by A annotators.
    min_units
        Shared units below which a person is not testable.
    floor
        The ratio down to which p is 1: 0.5 asks for half the entropy.
    seen
        `others(work)`, where it is at hand.

    Returns
    -------
    Signal
        score = ratio of entropies, at least 0; effect = 1 - score. Not testable:
        `too-few-units` (or units on which the others give one label), `too-few-annotators`.

    References
    ----------
    Entropy and its variance: Basharin (1959), Theory Probab. Appl. 4(3), 333-336.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(240), 6)
    >>> label = np.where(who == 5, 0, unit % 2)
    >>> found = constant_answering(work(unit, who, label, n_labels=2))
    >>> found.score.round(2).tolist(), found.p.round(3).tolist()
    ([1.03, 1.03, 1.03, 1.03, 1.03, 0.0], [1.0, 1.0, 1.0, 1.0, 1.0, 0.0])

    """
    seen = others(work) if seen is None else seen
    own, among = seen.label_shares
    count = np.bincount(work.annotator[seen.count > 0], minlength=work.n_annotators)
    usual = -xlogy(among, among).sum(axis=1)
    testable = (count >= max(min_units, 1)) & (usual > _ONE_LABEL)
    needs = f"{min_units} shared units with more than one label, for {MIN_PEOPLE} people or more"
    if testable.sum() < MIN_PEOPLE:
        reason = "too-few-annotators" if testable.any() else "too-few-units"
        return untestable(NAME, work.n_annotators, reason, needs)
    entropy = np.abs(xlogy(own, own).sum(axis=1))
    logs = np.log(np.where(own > 0, own, 1))
    spread = np.maximum((own * logs**2).sum(axis=1) - entropy**2, 1.0)
    usual = np.where(testable, usual, 1)
    score = np.where(testable, entropy / usual, 0.0)
    variance = spread / np.maximum(count, 1) / usual**2
    tail = spread_out(lower_tail(score[testable], variance[testable]), testable, 1.0)
    p = np.where(testable & (score < floor), tail, 1.0)
    effect = np.where(testable, 1 - score, 0.0)
    return Signal(NAME, score, effect, p, count, testable, "too-few-units", needs)
