"""The second-order Rao-Scott F test with two-way clusters: is the label mix the same?

Labels of one item and of one annotator move together, so a chi-square on labels raises
false alarms by the dozen. This test weighs the difference of two mixes against the
variance that contents and annotators really show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.clustering import clustering, singly, variance
from labelaudit.drift.tails import f_above

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray, Patterns
    from labelaudit.drift.clustering import Variance

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class RaoScott:
    """The test of one difference.

    Attributes
    ----------
    statistic, df1, df2, p
        F, its degrees of freedom and its upper tail.
    design_effect
        How many times wider chance moves the mix than if every label stood alone.
    covariance
        (V, V) of the difference, in the order of the labels in use.
    by_annotator
        Whether annotators contribute more to the variance than contents.

    """

    statistic: float
    df1: float
    df2: float
    p: float
    design_effect: float
    covariance: FloatArray
    by_annotator: bool


def arm_counts(patterns: Patterns) -> IntArray:
    """(2, V) how often each label was given in the baseline and in the batch."""
    return patterns.label_counts().reshape(2, -1)


def rao_scott(content: Patterns, annotator: Patterns | None) -> RaoScott | None:
    """Is the label mix of the batch that of the baseline?

    F = (d' G d) / tr(G V) with d the difference of the two mixes, G = diag(1 / p) /
    (1/N1 + 1/N0) and V the two-way cluster covariance V_content + V_annotator - V_single,
    never below the larger of the first two. df1 = tr(GV)^2 / tr((GV)^2); df2 by
    Satterthwaite. G is a generalised inverse of the multinomial covariance, so no label
    needs to be left out and their order does not matter.

    Parameters
    ----------
    content, annotator
        Patterns of the clusters over twice the labels in use (K >= 2), as `Arms` makes
        them; without annotators the test is one-way.

    Returns
    -------
    RaoScott or None
        None where an arm has one cluster only, or nothing varies within the arms.

    References
    ----------
    Rao & Scott (1981), The analysis of categorical data from complex sample surveys, JASA
    76, 221-230; Thomas & Rao (1987), JASA 82, 630-636 (the F form); Cameron, Gelbach &
    Miller (2011), Robust inference with multiway clustering, JBES 29, 238-249 (eq. 2.10).

    Examples
    --------
    >>> from labelaudit.drift.arms import cluster_patterns
    >>> batch, label = np.arange(40) >= 20, np.array([0, 0, 1, 1] * 5 + [0, 1, 1, 1] * 5)
    >>> test = rao_scott(cluster_patterns(batch, label, np.arange(40) // 2, 2), None)
    >>> round(test.statistic, 2), round(test.df2, 2), round(test.p, 3)
    (1.8, 13.24, 0.202)

    """
    counts = arm_counts(content)
    by_content = variance(clustering(content), counts)
    by_annotator = None if annotator is None else variance(clustering(annotator), counts)
    if by_content is None or (annotator is not None and by_annotator is None):
        return None
    arm_size = counts.sum(axis=1)
    difference = counts[1] / arm_size[1] - counts[0] / arm_size[0]
    metric = arm_size.sum() / counts.sum(axis=0) / (1 / arm_size).sum()
    return combined(difference, metric, by_content, by_annotator, singly(counts))


def combined(
    difference: FloatArray,
    metric: FloatArray,
    by_content: Variance,
    by_annotator: Variance | None,
    alone: FloatArray,
) -> RaoScott | None:
    """Test a difference (V,) that sums to 0, given its covariances; None if all are zero.

    `metric` (V,) is the diagonal of G, `alone` (V, V) the covariance of single labels.
    """
    total = _largest(metric, by_content, by_annotator, alone)
    size = float(metric @ np.diag(total))
    if size <= _ROUNDING:
        return None
    scaled = metric[:, None] * total
    df1 = size**2 / float((scaled * scaled.T).sum())
    content, people = by_content.trace(metric), 0.0
    below = content**2 / by_content.df(metric)
    if by_annotator is not None:
        people = max(by_annotator.trace(metric) - float(metric @ np.diag(alone)), 0.0)
        below += people**2 / by_annotator.df(metric)
    df2 = max((content + people) ** 2 / below, 1.0) if below > 0 else 1.0
    f = float(metric @ difference**2) / size
    free = max(int(np.count_nonzero(metric)) - 1, 1)
    return RaoScott(f, df1, df2, f_above(f, df1, df2), size / free, total, people > content)


def _largest(
    metric: FloatArray, by_content: Variance, by_annotator: Variance | None, alone: FloatArray
) -> FloatArray:
    """Return the two-way sum, or a one-way covariance where that is larger."""
    if by_annotator is None:
        return by_content.total
    both = by_content.total + by_annotator.total - alone
    candidates = (both, by_content.total, by_annotator.total)
    return candidates[int(np.argmax([metric @ np.diag(each) for each in candidates]))]
