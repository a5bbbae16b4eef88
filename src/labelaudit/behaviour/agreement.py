"""Correlated agreement: does a person agree with the others more than habit alone would?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.others import others
from labelaudit.behaviour.signal import MIN_PEOPLE, Signal, shares, spread_out, untestable
from labelaudit.outliers import null

if TYPE_CHECKING:
    from labelaudit.behaviour.others import Others
    from labelaudit.behaviour.work import Work

NAME = "correlated-agreement"
_VARIANCE = 0.2  # of one answer: what a chance-corrected agreement varies between units


def correlated_agreement(
    work: Work, *, min_units: int = 10, floor: float = 0.10, seen: Others | None = None
) -> Signal:
    """How far above chance does each person agree with the others on the same units?

    CA_j = (a_j - ch_j) / (1 - ch_j): a_j is the mean share of the others with the same label,
    ch_j = sum_k (own share of k) (the others' mean share of k on j's units). One who answers
    the same everywhere, or at random in the right proportions, comes to 0 even where one
    label dominates. p is the lower tail of `outliers.null` with variance 0.2 / n_j.

    Parameters
    ----------
    work
        N answers by A annotators.
    min_units
        Shared units below which a person is not testable.
    floor
        The effect (distance under the centre) up to which p is 1.
    seen
        `others(work)`, where it is at hand.

    Returns
    -------
    Signal
        score CA_j in (-inf, 1], effect = centre - CA_j. Not testable: `too-few-units`, and
        `too-few-annotators` where fewer than five people are.

    References
    ----------
    Shnayder, Agarwal, Frongillo & Parkes (2016), Informed truthfulness in multi-task peer
    prediction, EC '16, section 4; the null after Efron (2004), JASA 99, section 4.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(240), 6)
    >>> label = np.where(who == 5, 0, unit % 2)  # the sixth says 0 whatever it is
    >>> found = correlated_agreement(work(unit, who, label, n_labels=2))
    >>> found.score.round(2).tolist(), bool(found.p[5] < 0.001)
    ([0.8, 0.8, 0.8, 0.8, 0.8, 0.0], True)

    """
    seen = others(work) if seen is None else seen
    met = seen.count > 0
    count = np.bincount(work.annotator[met], minlength=work.n_annotators)
    needs = f"{min_units} units shared with others, for {MIN_PEOPLE} people or more"
    testable = count >= max(min_units, 1)
    if testable.sum() < MIN_PEOPLE:
        reason = "too-few-annotators" if testable.any() else "too-few-units"
        return untestable(NAME, work.n_annotators, reason, needs)
    share = np.divide(seen.same, seen.count, out=np.zeros(len(work)), where=met)
    agreement = shares(work.per_annotator(share), count)
    own, among = seen.label_shares
    chance = np.minimum((own * among).sum(axis=1), 1 - 1e-9)
    score = np.where(testable, (agreement - chance) / (1 - chance), 0.0)
    spread = work.per_annotator(np.where(met, (share - agreement[work.annotator]) ** 2, 0.0))
    usual = np.median(shares(spread, np.maximum(count - 1, 1))[testable])
    fitted = null(score[testable], (usual / (1 - chance) ** 2 / np.maximum(count, 1))[testable])
    effect = np.where(testable, fitted.centre - score, 0.0)
    p = np.where(effect > floor, spread_out(fitted.p, testable, 1.0), 1.0)
    return Signal(NAME, score, effect, p, count, testable, "too-few-units", needs)
