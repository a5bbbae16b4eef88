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
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NAME = "correlated-agreement"
_VARIANCE = 0.2  # of one answer: what a chance-corrected agreement varies between units


def correlated_agreement(
    work: Work,
    *,
    min_units: int = 10,
    floor: float = 0.10,
    seen: Others | None = None,
    group: IntArray | None = None,
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
    group
        (A,) the group of each, where `work` is split by `within_groups`: scores are then held
        against the group's centre, which one careless person lowers for all of a small group,
        and against the spread of everybody, of which a small group tells little.

    Returns
    -------
    Signal
        score CA_j in (-inf, 1], effect = centre - CA_j. Not testable: `too-few-units`, and
        `too-few-annotators` where fewer than five people are, of a group where one is given.

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
    enough = count >= max(min_units, 1)
    place = np.zeros(work.n_annotators, np.int64) if group is None else _placed(group)
    testable = (
        enough & (np.bincount(place[enough], minlength=work.n_annotators) >= MIN_PEOPLE)[place]
    )
    reason = "too-few-annotators" if (enough & ~testable).any() else "too-few-units"
    if not testable.any():
        return untestable(NAME, work.n_annotators, reason, needs)
    share = np.divide(seen.same, seen.count, out=np.zeros(len(work)), where=met)
    agreement = shares(work.per_annotator(share), count)
    own, among = seen.label_shares
    chance = np.minimum((own * among).sum(axis=1), 1 - 1e-9)
    score = np.where(testable, (agreement - chance) / (1 - chance), 0.0)
    spread = work.per_annotator(np.where(met, (share - agreement[work.annotator]) ** 2, 0.0))
    spread = shares(spread, np.maximum(count - 1, 1))
    usual = _medians(spread[testable], place[testable])
    variance = usual / (1 - chance[testable]) ** 2 / np.maximum(count[testable], 1)
    centre, below = _held(score[testable], variance, place[testable])
    effect = spread_out(centre, testable) - score * testable
    p = np.where(effect > floor, spread_out(below, testable, 1.0), 1.0)
    return Signal(NAME, score, effect, p, count, testable, reason, needs)


def _placed(group: IntArray) -> IntArray:
    """(A,) the groups counted from 0."""
    return np.asarray(np.unique(group, return_inverse=True)[1], dtype=np.int64)


def _medians(values: FloatArray, place: IntArray) -> FloatArray:
    """(A,) the median of everybody's group: with few others on a unit answers vary more."""
    of = {code: np.median(values[place == code]) for code in set(place.tolist())}
    return np.array([of[code] for code in place.tolist()])


def _held(
    score: FloatArray, variance: FloatArray, place: IntArray
) -> tuple[FloatArray, FloatArray]:
    """(A,) the centre of everybody's group, and p of their distance from it beside all others'."""
    fits = {
        code: null(score[place == code], variance[place == code]) for code in set(place.tolist())
    }
    centre = np.array([fits[code].centre for code in place.tolist()])
    if len(fits) == 1:
        return centre, next(iter(fits.values())).p
    return centre, null(score - centre, variance).p
