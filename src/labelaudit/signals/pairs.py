"""Pairs of answers to one unit, and what they add up to for pairs of annotators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import placed

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray

_REACH = 16


def unit_pairs(unit: IntArray, annotator: IntArray) -> tuple[IntArray, IntArray]:
    """(Q,), (Q,) positions of the pairs of answers to one unit by different people.

    A unit with more than 17 answers gives only the pairs at most 16 places apart in its
    order of annotators, so that one crowded unit costs no quadratic number of pairs.
    """
    order = _sorted(unit, annotator)
    first, second = [order[:0]], [order[:0]]
    for lag in range(1, min(_REACH, len(order) - 1) + 1):
        left, right = order[:-lag], order[lag:]
        together = (unit[left] == unit[right]) & (annotator[left] != annotator[right])
        if not (unit[left] == unit[right]).any():
            break
        first.append(left[together])
        second.append(right[together])
    return np.concatenate(first), np.concatenate(second)


def _sorted(unit: IntArray, annotator: IntArray) -> IntArray:
    """(N,) the order by unit, then annotator; records stand in it already."""
    step = np.diff(unit)
    if ((step > 0) | ((step == 0) & (np.diff(annotator) >= 0))).all():
        return np.arange(len(unit))
    return np.lexsort((annotator, unit))


@dataclass(frozen=True, slots=True, eq=False)
class AnnotatorPairs:
    """Pairs of annotators who share units (M pairs).

    Attributes
    ----------
    first, second
        (M,) annotator codes, the smaller one first.
    shared, differing
        (M,) units both answered, and those with different labels.
    elsewhere
        (M,) comparisons that the less compared of the two has with everybody else.
    rate_elsewhere
        (M,) mean of the two rates of disagreement with everybody else.

    """

    first: IntArray
    second: IntArray
    shared: IntArray
    differing: IntArray
    elsewhere: IntArray
    rate_elsewhere: FloatArray


def annotator_pairs(unit: IntArray, annotator: IntArray, label: IntArray) -> AnnotatorPairs:
    """Count shared units and disagreements of every pair of annotators that met."""
    left, right = unit_pairs(unit, annotator)
    names, person = placed(annotator)
    people, differs = len(names), label[left] != label[right]
    small = np.minimum(person[left], person[right])
    large = np.maximum(person[left], person[right])
    key, slot = placed(small * people + large)
    shared = np.bincount(slot, minlength=len(key))
    differing = np.bincount(slot, differs, len(key)).astype(np.int64)
    ends = np.divmod(key, max(people, 1))
    met, apart = (
        np.bincount(np.concatenate(ends), np.tile(counts, 2), people).astype(np.int64)
        for counts in (shared, differing)
    )
    other = [met[end] - shared for end in ends]
    rates = [(apart[end] - differing) / np.maximum(met[end] - shared, 1) for end in ends]
    least = np.minimum(other[0], other[1])
    return AnnotatorPairs(
        names[ends[0]], names[ends[1]], shared, differing, least, (rates[0] + rates[1]) / 2
    )
