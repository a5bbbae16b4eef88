"""Label bias: does a person give one label where the others see another?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.profiles import softmax
from labelaudit.behaviour.signal import MIN_PEOPLE, Signal, shares
from labelaudit.coefficients.patterns import across, add_up
from labelaudit.outliers import null

if TYPE_CHECKING:
    from labelaudit.behaviour.profiles import Profiles
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NAME = "label-bias"
_ROWS = 1 << 17  # answers taken at a time: bounds the memory of their (R, V) posteriors
_OFTEN = 3  # a pair of labels that nobody mixes up so often is not looked at


@dataclass(frozen=True, slots=True, eq=False)
class LabelBias:
    """`signal`, and per annotator the pair of labels it is about.

    Attributes
    ----------
    signal
        See `label_bias`.
    seen_as, given
        (A,) the label the others see, and the one this person gives instead; -1 if none.
    rate, usual
        (A,) how often this person does so there, and how often the median person does.
    focus
        (A,) 0..1: the share of the person's answers beyond the usual wrong ones that lie in
        this pair. Near 1 is one misunderstood label (recalibrate), low is unlike all over.

    """

    signal: Signal
    seen_as: IntArray
    given: IntArray
    rate: FloatArray
    usual: FloatArray
    focus: FloatArray


def label_bias(
    work: Work, profiles: Profiles, *, min_units: int = 15, floor: float = 0.20
) -> LabelBias:
    """Which label does each person give where the others see another, and how often?

    C_jkl = sum over j's answers l of P(k | the others' answers), from the profiles. For every
    pair k, l the rates C_jkl / C_jk. are held against each other (`outliers.null`); a person's
    p is the smallest, times the number of pairs. It says recalibrate, not remove.

    Parameters
    ----------
    work
        N answers by A annotators with V labels.
    profiles
        Of a Dawid-Skene fit of the same answers.
    min_units
        Expected units with the label seen by the others (C_jk.) below which a row is left out.
    floor
        The effect up to which p is 1.

    Returns
    -------
    LabelBias
        signal: score = rate in the pair, effect = rate - usual rate. Not testable:
        `too-few-units`.

    References
    ----------
    Rows of the individual error-rates of Dawid & Skene (1979), Applied Statistics 28(1).

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.profiles import Profiles
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(540), 6)
    >>> label = np.where((who == 5) & (unit % 3 == 2) & (unit % 2 == 0), 1, unit % 3)
    >>> known = Profiles(np.full(3, 1 / 3), np.full((6, 3, 3), 0.1) + 0.7 * np.eye(3))
    >>> found = label_bias(work(unit, who, label, n_labels=3), known)
    >>> int(found.seen_as[5]), int(found.given[5]), round(float(found.rate[5]), 2)
    (2, 1, 0.5)

    """
    counts = _confusions(work, profiles)
    seen = counts.sum(axis=2)
    best, pair, usual = _furthest(counts, seen, min_units)
    people, labels = np.arange(work.n_annotators), work.n_labels
    testable = pair >= 0
    row, column = np.divmod(np.maximum(pair, 0), labels)
    rate = shares(counts[people, row, column], seen[people, row])
    usual_rate = np.where(testable, usual[row, column], 0.0)
    effect = np.where(testable, rate - usual_rate, 0.0)
    tail = np.minimum(best * labels * (labels - 1), 1.0)
    p = np.where(effect > floor, tail, 1.0)
    beyond = np.maximum(counts - usual * seen[:, :, None], 0) * (1 - np.eye(labels))
    focus = shares(beyond[people, row, column], beyond.sum(axis=(1, 2)))
    needs = f"{min_units} units that the others see as one label, for {MIN_PEOPLE} people or more"
    signal = Signal(NAME, rate, effect, p, work.counts, testable, "too-few-units", needs)
    none = np.full(work.n_annotators, -1)
    seen_as, given = np.where(testable, row, none), np.where(testable, column, none)
    return LabelBias(signal, seen_as, given, rate, usual_rate, focus)


def _confusions(work: Work, profiles: Profiles) -> FloatArray:
    """(A, V, V) C_jkl: the true label as the others alone tell it."""
    likely, shape = softmax(profiles.scores(work)), profiles.rows.shape
    people, labels, _ = shape
    said, counts = work.annotator * labels + work.label, np.zeros((labels, people * labels))
    own = np.ascontiguousarray(profiles.rows.transpose(0, 2, 1)).reshape(-1, labels)
    for begin in range(0, len(work), _ROWS):
        part = slice(begin, begin + _ROWS)
        without = likely[work.unit[part]] / own[said[part]]
        without /= across(np.add, without)[:, None]
        for true, told in enumerate(without.T):
            counts[true] += add_up(said[part], told, people * labels)
    return counts.reshape(labels, people, labels).transpose(1, 0, 2)


def _furthest(
    counts: FloatArray, seen: FloatArray, min_units: int
) -> tuple[FloatArray, IntArray, FloatArray]:
    """(A,) the smallest p over pairs of labels, (A,) that pair, (V, V) the usual rates."""
    people, labels, _ = counts.shape
    best, pair = np.full(people, 2.0), np.full(people, -1)  # no p is as large as 2
    usual = np.zeros((labels, labels))
    often = (counts.max(axis=0, initial=0) >= _OFTEN) & ~np.eye(labels, dtype=bool)
    for true, given in np.argwhere(often).tolist():
        enough = np.flatnonzero(seen[:, true] >= max(min_units, 1))
        if len(enough) < MIN_PEOPLE:
            continue
        n = seen[enough, true]
        rate = counts[enough, true, given] / n
        pooled = (counts[enough, true, given].sum() + 1) / (n.sum() + labels)
        fitted = null(-rate, pooled * (1 - pooled) / n)
        usual[true, given] = -fitted.centre
        closer = fitted.p < best[enough]
        best[enough[closer]] = fitted.p[closer]
        pair[enough[closer]] = true * labels + given
    return best, pair, usual
