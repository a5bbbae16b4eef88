"""Decay: does a person agree less with the others the longer they work?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import kolmogorov

from labelaudit.behaviour.others import others
from labelaudit.behaviour.sequences import NEEDS_ORDER, NO_ORDER, sequences
from labelaudit.behaviour.signal import Signal, shares, untestable

if TYPE_CHECKING:
    from labelaudit.behaviour.others import Others
    from labelaudit.behaviour.sequences import Sequences
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NAME = "decay"
BURN_IN = 20
"""The first answers of a person are learning: they are left out of decay."""


@dataclass(frozen=True, slots=True, eq=False)
class Decay:
    """`signal`, and the `onset` (A,): after how many answers the drop is most marked.

    The onset counts from the person's first answer; -1 where decay is not testable.
    """

    signal: Signal
    onset: IntArray


def decay(
    work: Work,
    *,
    min_units: int = 30,
    burn_in: int = BURN_IN,
    floor: float = 0.08,
    seen: Others | None = None,
) -> Decay:
    """Does each person's agreement with the others fall as their work goes on?

    C_j = max over k of sum of the first k (r - mean r), over s sqrt(n), where r are the
    person's residuals in time order (`others`), so that harder units later on do not count.
    p = 2 sum_k (-1)^(k-1) exp(-2 k^2 C^2), the two-sided limit for a steady worker: twice the
    one-sided one, because residuals of a person are not quite independent.

    Parameters
    ----------
    work
        N answers by A annotators, with moments.
    min_units
        Answers shared with others, after the first ones, below which nothing is testable.
    burn_in
        How many first answers of everybody are left out.
    floor
        The effect (first half less second half) up to which p is 1.
    seen
        `others(work)`, where it is at hand.

    Returns
    -------
    Decay
        signal: score C_j, effect = mean residual of the first half - of the second. Not
        testable: `no-order`, `too-few-units`.

    References
    ----------
    The cumulative sum of Page (1954), Biometrika 41, 100-115, on residuals as in Brown, Durbin
    & Evans (1975), JRSS B 37(2), 149-192; the limit law is Kolmogorov's (1933).

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(600), 6)
    >>> label = np.where((who == 5) & (unit > 60), 1 - unit % 2, unit % 2)
    >>> found = decay(work(unit, who, label, n_labels=2, end=unit))
    >>> int(found.onset[5]), found.signal.p.round(3).tolist()
    (61, [1.0, 1.0, 1.0, 1.0, 1.0, 0.0])

    """
    needs = f"{NEEDS_ORDER}, and {min_units} shared units after the first {burn_in}"
    in_order = sequences(work)
    if in_order is None:
        nothing = untestable(NAME, work.n_annotators, NO_ORDER, needs)
        return Decay(nothing, np.full(work.n_annotators, -1))
    seen = others(work) if seen is None else seen
    counted = (in_order.place >= burn_in) & (seen.count[in_order.row] > 0)
    later = in_order.select(counted)
    testable = later.ordered & (later.count >= min_units)
    residual = seen.residual[later.row]
    score, turn = _fall(later, residual)
    drop = np.where(testable, _halves(later, residual), 0.0)
    p = np.where(testable & (drop > floor), kolmogorov(score), 1.0)
    onset = np.full(work.n_annotators, -1)
    onset[later.people] = in_order.place[counted][turn] + 1
    onset[~testable] = -1
    reason = "too-few-units" if later.ordered.any() else NO_ORDER
    return Decay(Signal(NAME, score, drop, p, later.count, testable, reason, needs), onset)


def _fall(later: Sequences, residual: FloatArray) -> tuple[FloatArray, IntArray]:
    """(A,) the largest rise of the centred sum over s sqrt(n), and (S,) where it stands."""
    mean = shares(later.totals(residual), later.count)
    centred = residual - mean[later.person]
    root = np.sqrt(np.maximum(later.totals(centred**2), np.finfo(float).tiny))
    score, turn = np.zeros(len(later.count)), np.zeros(len(later.starts), dtype=np.int64)
    if len(centred):
        walk = np.cumsum(centred)
        walk -= (walk - centred)[later.starts][np.cumsum(later.place == 0) - 1]
        top = np.maximum.reduceat(walk, later.starts)
        score[later.people] = np.maximum(top, 0) / root[later.people]
        at_top = np.flatnonzero(walk == np.repeat(top, later.count[later.people]))
        turn = at_top[np.searchsorted(at_top, later.starts)]
    return score, turn


def _halves(later: Sequences, residual: FloatArray) -> FloatArray:
    """(A,) mean residual of each person's first half less that of the second."""
    early = later.place < later.count[later.person] / 2
    first = shares(later.totals(residual * early), later.totals(early.astype(np.float64)))
    second = shares(later.totals(residual * ~early), later.totals((~early).astype(np.float64)))
    return first - second
