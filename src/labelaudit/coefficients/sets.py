"""Distances between labels that are sets, such as the several tags of one text.

The Jaccard index J of two sets is the share of their union that they have in common. Two
empty sets are the same answer: their distance is 0. An empty set against any other is 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.distances import Pairwise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from labelaudit.coefficients.patterns import FloatArray, IntArray

_WORD = 64  # members of a set are bits of 64-bit words


def jaccard(sets: Sequence[AbstractSet[str]]) -> Pairwise:
    """Return d = 1 - J for the sets (V,) behind the labels.

    Examples
    --------
    >>> d = jaccard([{"1", "2", "3"}, {"3", "4", "5"}])
    >>> float(d.between(np.array([0]), np.array([1]))[0])
    0.8

    """
    words = _bits(sets)

    def between(left: IntArray, right: IntArray) -> FloatArray:
        common, union = _overlap(words[left], words[right])
        return np.asarray(1 - np.where(union > 0, common / np.maximum(union, 1), 1.0))

    return Pairwise(between)


def masi(sets: Sequence[AbstractSet[str]]) -> Pairwise:
    """Return d = 1 - J M: M is 1 for equal sets, 2/3 if one holds the other, else 1/3.

    Passonneau (2006), Measuring Agreement on Set-valued Items (MASI), LREC. Other
    definitions are in use: some tools multiply the Jaccard *distance*, some round M.

    Examples
    --------
    >>> d = masi([{"1", "2"}, {"1", "2", "3", "4"}])
    >>> round(float(d.between(np.array([0]), np.array([1]))[0]), 4)
    0.6667

    """
    words = _bits(sets)

    def between(left: IntArray, right: IntArray) -> FloatArray:
        common, union = _overlap(words[left], words[right])
        smaller = np.minimum(_size(words[left]), _size(words[right]))
        monotone = np.where(common == union, 1.0, np.where(common == smaller, 2 / 3, 1 / 3))
        return np.asarray(1 - np.where(union > 0, common / np.maximum(union, 1), 1.0) * monotone)

    return Pairwise(between)


def _bits(sets: Sequence[AbstractSet[str]]) -> IntArray:
    """(V, W) the members of each set as bits, W words of 64 members each."""
    members = {member: at for at, member in enumerate(sorted(set().union(*sets)))}
    words = np.zeros((len(sets), len(members) // _WORD + 1), dtype=np.uint64)
    for row, labels in enumerate(sets):
        for member in labels:
            word, bit = divmod(members[member], _WORD)
            words[row, word] |= np.uint64(1 << bit)
    return words.view(np.int64)


def _size(words: IntArray) -> FloatArray:
    return np.asarray(np.bitwise_count(words.view(np.uint64)).sum(axis=-1), dtype=np.float64)


def _overlap(left: IntArray, right: IntArray) -> tuple[FloatArray, FloatArray]:
    return _size(left & right), _size(left | right)
