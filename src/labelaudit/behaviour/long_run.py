"""Long runs: does a person repeat one answer for longer than the units explain?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.others import favourite, others
from labelaudit.behaviour.sequences import NEEDS_ORDER, NO_ORDER, sequences
from labelaudit.behaviour.signal import Signal, untestable

if TYPE_CHECKING:
    from labelaudit.behaviour.others import Others
    from labelaudit.behaviour.sequences import Sequences
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NAME = "long-run"


def long_run(
    work: Work, *, min_units: int = 30, floor: int = 10, seen: Others | None = None
) -> Signal:
    """Is each person's longest run of one label longer than the units called for?

    The score is the longest run of equal answers in time order. p bounds the chance of a run
    over its answers: n x sum_k product_t q_k(t), where q is what one more answer on the unit
    would be: w (share of the others there) + (1 - w) (their share on all of the person's units),
    w = m r / (1 + (m - 1) r) for m others and agreement r above chance, so that a single noisy
    other settles nothing. It is 1 unless the run is at least `floor` long and
    more than twice the longest run of the others' favourite labels there.

    Parameters
    ----------
    work
        N answers by A annotators, with moments.
    min_units
        Answers in order below which a person is not testable.
    floor
        The shortest run that can count.
    seen
        `others(work)`, where it is at hand.

    Returns
    -------
    Signal
        score in answers, effect = score - longest run of the favourites. Not testable:
        `no-order`, `too-few-units`.

    References
    ----------
    The long string index of Johnson (2005), J. Res. Personality 39(1), 103-129, made relative
    to what the units call for; w by the formula of Spearman and Brown (1910), British J.
    Psychology 3, 271-322.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(200), 5)
    >>> label = np.where((who == 4) & (unit > 20), 1, unit % 2)
    >>> found = long_run(work(unit, who, label, n_labels=2, end=unit))
    >>> found.score.tolist(), bool(found.p[4] < 0.001)
    ([1.0, 1.0, 1.0, 1.0, 19.0], True)

    """
    needs = f"{NEEDS_ORDER}, and {min_units} answers"
    order = sequences(work)
    if order is None:
        return untestable(NAME, work.n_annotators, NO_ORDER, needs)
    seen = others(work) if seen is None else seen
    length, last = _longest(order, work.label[order.row])
    usual, _ = _longest(order, favourite(work)[order.row])
    testable = order.ordered & (order.count >= min_units)
    tail = np.minimum(order.count * _chance(seen, order, length, last), 1.0)
    marked = testable & (length >= floor) & (length > 2 * usual)
    p = np.where(marked, tail, 1.0)
    effect = (length - usual).astype(np.float64)
    reason = "too-few-units" if order.ordered.any() else NO_ORDER
    score = length.astype(np.float64)
    return Signal(NAME, score, effect, p, order.count, testable, reason, needs)


def _longest(order: Sequences, label: IntArray) -> tuple[IntArray, IntArray]:
    """(A,) length of each person's longest run of one label, and where its last answer is.

    A missing label (-1) goes on with the run before it.
    """
    length, last = np.zeros((2, len(order.count)), dtype=np.int64)
    if not len(label):
        return length, last
    known = np.maximum.accumulate(
        np.where((label >= 0) | (order.place == 0), np.arange(len(label)), 0)
    )
    filled = label[known]
    fresh = (np.diff(filled, prepend=-2) != 0) | (order.place == 0)
    start = np.maximum.accumulate(np.where(fresh, np.arange(len(label)), 0))
    run = np.arange(len(label)) - start + 1
    top = np.maximum.reduceat(run, order.starts)
    length[order.people] = top
    at_top = np.flatnonzero(run == np.repeat(top, order.count[order.people]))
    last[order.people] = at_top[np.searchsorted(at_top, order.starts)]
    return length, last


def _chance(seen: Others, order: Sequences, length: IntArray, last: IntArray) -> FloatArray:
    """(A,) how likely one more answer on each unit of the run would be the same throughout."""
    met, among = seen.count[order.row], seen.label_shares[1]
    agree = _above_chance(seen)
    weight = met * agree / (1 + np.maximum(met - 1, 0) * agree)
    total = np.zeros(len(length))
    for label in range(seen.work.n_labels):
        there = seen.votes_for(label)[order.row]
        likely = weight * there + (1 - weight) * among[order.person, label]
        so_far = np.concatenate([[0.0], np.cumsum(np.log(np.clip(likely, 1e-3, 1.0)))])
        total += np.exp(so_far[last + 1] - so_far[np.maximum(last + 1 - length, 0)])
    return total


def _above_chance(seen: Others) -> float:
    """Return how often two answers on a unit are the same, corrected for chance, 0 to 1."""
    pairs = float(seen.count.sum())
    labels = np.bincount(seen.work.label[seen.count > 0], minlength=1).astype(np.float64)
    chance = float(((labels / max(labels.sum(), 1.0)) ** 2).sum())
    if pairs == 0 or chance >= 1:
        return 0.0
    return float(np.clip((seen.same.sum() / pairs - chance) / (1 - chance), 0.0, 1.0))
