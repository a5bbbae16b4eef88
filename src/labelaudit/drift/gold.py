"""Has accuracy on gold units changed, beyond what the spread between annotators explains?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.tails import t_quantile, two_sided

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray

MIN_ANNOTATORS = 5
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class GoldArm:
    """Gold answers of one arm: (A,) right answers and (A,) answers of each annotator.

    The A positions are the same people in both arms; somebody who answered no gold in an
    arm has 0 answers there.
    """

    correct: IntArray
    answered: IntArray

    @property
    def accuracy(self) -> float:
        """Return the share of right answers."""
        return float(self.correct.sum() / self.answered.sum())

    def scores(self) -> FloatArray:
        """(A,) what each annotator adds to the deviation of the accuracy."""
        return np.asarray((self.correct - self.answered * self.accuracy) / self.answered.sum())


def gold_drift(baseline: GoldArm, batch: GoldArm) -> Deviation:
    """Has the accuracy on gold changed between the baseline and the batch?

    Effect p1 - p0 (negative is worse), with annotators as clusters: s_a = (x_a - n_a p) / n,
    V = A/(A-1) sum (s_1a - s_0a)^2 where somebody answered in both arms, else the sum of the
    two arms' own with Welch's degrees of freedom. p is two-sided.

    Returns
    -------
    Deviation
        Not testable: `no-gold`, `too-few-annotators` (under 5 with gold answers in an arm),
        `zero-variance` (nobody erred, or all err alike).

    References
    ----------
    Liang & Zeger (1986), Longitudinal data analysis using generalized linear models,
    Biometrika 73, 13-22 (the cluster covariance); Welch (1947), Biometrika 34, 28-35.

    Examples
    --------
    >>> answered = np.full(6, 20)
    >>> good, worse = np.array([19, 18, 20, 17, 18, 19]), np.array([17, 15, 18, 14, 16, 17])
    >>> found = gold_drift(GoldArm(good, answered), GoldArm(worse, answered))
    >>> round(found.effect, 3), round(found.p, 4)
    (-0.117, 0.0001)

    """
    if min(baseline.answered.sum(), batch.answered.sum()) == 0:
        return not_testable("no-gold", "answers on gold units in the baseline and in the batch")
    effect = batch.accuracy - baseline.accuracy
    here, there = baseline.answered > 0, batch.answered > 0
    if min(here.sum(), there.sum()) < MIN_ANNOTATORS:
        needs = f"{MIN_ANNOTATORS} annotators with gold answers in the baseline and in the batch"
        return not_testable("too-few-annotators", needs, effect)
    if (here & there).any():
        apart = (batch.scores() - baseline.scores())[here | there]
        parts = [_part(apart)]
    else:
        parts = [_part(baseline.scores()[here]), _part(batch.scores()[there])]
    variance = sum(part for part, _ in parts)
    if variance <= _ROUNDING:
        needs = "annotators whose accuracy differs: nobody erred, or all err alike"
        return not_testable("zero-variance", needs, effect)
    df = variance**2 / sum(part**2 / free for part, free in parts)
    se = math.sqrt(variance)
    reach, t = t_quantile(df) * se, effect / se
    return Deviation(effect, effect - reach, effect + reach, t, df, two_sided(t, df))


def _part(scores: FloatArray) -> tuple[float, float]:
    """Return the clustered variance of the sum of these scores, and its df."""
    many = len(scores)
    return many / (many - 1) * float(scores @ scores), many - 1.0
