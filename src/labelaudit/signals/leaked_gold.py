"""Can people tell which items are gold?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from labelaudit.drift.deviation import Deviation, not_testable

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray

MIN_GOLD = 20


@dataclass(frozen=True, slots=True, eq=False)
class GoldOverlap:
    """Gold items that also stand among the items to label.

    Attributes
    ----------
    ids
        Item codes that are in both, ascending.
    contents
        Content codes that are in both, ascending.
    share
        Share of the gold items that are found again by id or by content; None without gold.

    """

    ids: IntArray
    contents: IntArray
    share: float | None


def gold_overlap(
    gold_item: IntArray,
    task_item: IntArray,
    gold_content: IntArray | None = None,
    task_content: IntArray | None = None,
) -> GoldOverlap:
    """Which gold items also stand among the ordinary ones, by id or by content?

    A gold item that is met twice, or that was handed out as an example, measures memory. The
    same content under two ids is found where contents are given (see `same_contents`).

    Parameters
    ----------
    gold_item, gold_content
        (G,) codes of the gold items and of their contents.
    task_item, task_content
        (I,) codes of the items to label, in the same coding.

    Examples
    --------
    >>> found = gold_overlap(np.array([1, 2, 3]), np.array([3, 4, 5]))
    >>> found.ids.tolist(), round(found.share, 2)
    ([3], 0.33)

    """
    again = np.isin(gold_item, task_item)
    contents = gold_item[:0]
    if gold_content is not None and task_content is not None:
        copied = np.isin(gold_content, task_content)
        contents, again = np.unique(gold_content[copied]), again | copied
    share = float(again.mean()) if len(gold_item) else None
    return GoldOverlap(np.intersect1d(gold_item, task_item), contents, share)


def gold_position(
    annotator: IntArray, time_s: FloatArray, is_gold: npt.NDArray[np.bool_]
) -> Deviation:
    """Does gold come at a foreseeable place of people's work: always first, always last?

    For every gold answer its relative place (rank - 1/2) / n among the answers of the same
    annotator; a Kolmogorov-Smirnov test that places are uniform. Effect: the largest
    distance D between the two distributions, 0..1.

    Parameters
    ----------
    annotator, time_s, is_gold
        (N,) who answered, when (seconds; NaN where not known), and whether it was gold.

    Returns
    -------
    Deviation
        Not testable: `no-times`, `all-times-equal`, `no-gold`, `too-few-answers` (under 20
        gold answers).

    References
    ----------
    Kolmogorov (1933), Giornale dell'Istituto Italiano degli Attuari 4, 83-91; Stephens (1970),
    JRSS B 32, 115-122 (the correction for small numbers).

    Examples
    --------
    >>> row = np.arange(300)
    >>> first = gold_position(row % 3, row * 10.0, row < 30)
    >>> round(first.effect, 2), first.p < 0.001
    (0.91, True)

    """
    timed = np.isfinite(time_s)
    if not timed.any():
        return not_testable("no-times", "the time at which answers were given")
    person, times, gold = annotator[timed], time_s[timed], is_gold[timed]
    if times.min() == times.max():
        return not_testable("all-times-equal", "times measured for each answer")
    many = int(gold.sum())
    if many == 0:
        return not_testable("no-gold", f"{MIN_GOLD} answers on gold units")
    if many < MIN_GOLD:
        return not_testable("too-few-answers", f"{MIN_GOLD - many} more answers on gold units")
    place = np.sort(_places(person, times)[gold])
    steps = np.arange(many + 1) / many
    apart = max(float((steps[1:] - place).max()), float((place - steps[:-1]).max()))
    root = math.sqrt(many)
    p = min(1.0, float(special.kolmogorov((root + 0.12 + 0.11 / root) * apart)))
    return Deviation(apart, statistic=apart * root, p=p)


def _places(person: IntArray, times: FloatArray) -> FloatArray:
    """(N,) relative place of each answer among those of its annotator, in order of time."""
    order = np.lexsort((times, person))
    slot = np.unique(person, return_inverse=True)[1]
    many = np.bincount(slot)
    rank = np.empty(len(person))
    rank[order] = np.arange(len(person)) - np.repeat(np.cumsum(many) - many, many)
    return (rank + 0.5) / many[slot]
