"""Competence: does a person answer from the unit, or from a habit of their own?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.signal import MIN_PEOPLE, Signal, spread_out, untestable
from labelaudit.outliers import null

if TYPE_CHECKING:
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NAME = "competence"
_CERTAIN = 1e-6
_LEAST = 0.05  # theta (1 - theta) near 0 and 1 would promise more precision than there is


def competence(
    work: Work,
    annotators: IntArray,
    fitted: FloatArray,
    *,
    min_units: int = 10,
    floor: float = 0.10,
) -> Signal:
    """How often does each person know the answer, rather than answer blindly?

    The score is theta_j of MACE. p is the lower tail of `outliers.null` on logit theta_j with
    variance 1 / (n_j clip(theta_j (1 - theta_j), 0.05, 1)).

    Parameters
    ----------
    work
        N answers by A annotators.
    annotators, fitted
        (F,) codes and competences of the annotators a fit learned about: `annotators` and
        `competence` of the MACE consensus of the same answers.
    min_units
        Answers below which a person is not testable.
    floor
        The effect (distance under the median competence) up to which p is 1.

    Returns
    -------
    Signal
        score theta_j in 0..1, effect = median - theta_j. Not testable: `too-few-units` (or
        not in the fit), `too-few-annotators` where fewer than five people are.

    References
    ----------
    Hovy, Berg-Kirkpatrick, Vaswani & Hovy (2013), Learning whom to trust with MACE, NAACL.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(120), 6)
    >>> table = work(unit, who, unit % 2, n_labels=2)
    >>> theta = np.array([0.9, 0.91, 0.89, 0.92, 0.88, 0.2])
    >>> competence(table, np.arange(6), theta).p.round(3).tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0, 0.0]

    """
    theta = np.full(work.n_annotators, -1.0)
    theta[annotators] = fitted
    needs = f"{min_units} answers, for {MIN_PEOPLE} people or more who share units"
    testable = (theta >= 0) & (work.counts >= min_units)
    if testable.sum() < MIN_PEOPLE:
        reason = "too-few-annotators" if testable.any() else "too-few-units"
        return untestable(NAME, work.n_annotators, reason, needs)
    score = np.where(testable, np.clip(theta, _CERTAIN, 1 - _CERTAIN), 0.5)
    logit = np.log(score / (1 - score))[testable]
    variances = 1 / (work.counts * np.clip(score * (1 - score), _LEAST, 1))[testable]
    tail = spread_out(null(logit, variances).p, testable, 1.0)
    effect = np.where(testable, np.median(score[testable]) - score, 0.0)
    p = np.where(effect > floor, tail, 1.0)
    return Signal(NAME, score, effect, p, work.counts, testable, "too-few-units", needs)
