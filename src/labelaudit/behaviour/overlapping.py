"""Overlapping work: did a person start answers before the one before was finished?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtrc

from labelaudit.behaviour.sequences import NO_ORDER, sequences
from labelaudit.behaviour.signal import Signal, shares, untestable

if TYPE_CHECKING:
    from labelaudit.behaviour.work import Work

NAME = "overlapping-work"
_USUAL = 0.06  # the most that tabs left open explain in one person's honest work


def overlapping_work(
    work: Work, *, min_units: int = 30, floor: float = 0.20, slack: float = 2.0
) -> Signal:
    """How often does each person start an answer before the previous one has ended?

    Answers are put in the order of their starts; one counts where it starts more than `slack`
    seconds before the previous one ends. p = P(X >= that many), X binomial with the share of
    0.06 that tabs left open explain.

    Parameters
    ----------
    work
        N answers by A annotators, with starts and ends.
    min_units
        Answers with both below which a person is not testable.
    floor
        The share up to which p is 1.
    slack
        Seconds that clocks may be out.

    Returns
    -------
    Signal
        score = effect = share of answers that overlap, 0..1. Not testable: `no-start-and-end`,
        `no-order` (starts set by an upload in bulk), `too-few-units`.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(200), 2)
    >>> start = unit * 25.0
    >>> end = start + np.array([20.0, 40.0])[who]
    >>> found = overlapping_work(work(unit, who, unit % 2, n_labels=2, start=start, end=end))
    >>> found.score.tolist(), found.p.round(3).tolist()
    ([0.0, 1.0], [1.0, 0.0])

    """
    needs = f"the start and the end of {min_units} answers, at moments that differ"
    started = sequences(replace(work, end=None))
    if work.start is None or work.end is None or started is None:
        return untestable(NAME, work.n_annotators, "no-start-and-end", needs)
    row = np.flatnonzero(work.end >= work.start)
    row = row[np.lexsort((work.end[row], work.start[row], work.annotator[row]))]
    person, start, end = work.annotator[row], work.start[row], work.end[row]
    early = (np.diff(person) == 0) & (start[1:] < end[:-1] - slack)
    hits = np.bincount(person[1:][early], minlength=work.n_annotators)
    count = np.bincount(person, minlength=work.n_annotators)
    follow = np.maximum(count - 1, 0)
    testable = started.ordered & (count >= max(min_units, 2))
    score = np.where(testable, shares(hits.astype(np.float64), follow), 0.0)
    tail = np.where(hits > 0, bdtrc(np.maximum(hits - 1, 0), np.maximum(follow, 1), _USUAL), 1.0)
    p = np.where(testable & (score > floor), tail, 1.0)
    reason = "too-few-units" if started.ordered.any() else NO_ORDER
    return Signal(NAME, score, score, p, count, testable, reason, needs)
