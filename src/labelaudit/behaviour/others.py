"""Each answer against the answers of the others on the same unit, in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.signal import shares
from labelaudit.coefficients.patterns import add_up

if TYPE_CHECKING:
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

_DENSE = 8  # cells per answer: up to here counting beats sorting


@dataclass(frozen=True, eq=False)
class Others:
    """N answers against the others (those who answered the same unit).

    Attributes
    ----------
    work
        The answers.
    count
        (N,) m, how many others there are.
    same
        (N,) how many of them gave the same label.
    residual
        (N,) same / m less the share of pairs of the others that agree: 0 on average for
        one like the others, however hard the unit. With one other, that share is taken to be
        the mean of the rest. 0 where there are no others.

    """

    work: Work
    count: IntArray
    same: IntArray
    residual: FloatArray

    @cached_property
    def label_shares(self) -> tuple[FloatArray, FloatArray]:
        """(A, V) the labels of each person, and of the others on the same units, as shares.

        Only units shared with others count; rows are 0 for people without any.

        Examples
        --------
        >>> from labelaudit.behaviour.work import work
        >>> own, among = others(work([0, 0, 0, 1], [0, 1, 2, 0], [1, 1, 0, 0], 2)).label_shares
        >>> own[0].tolist(), among[0].tolist()
        ([0.0, 1.0], [0.5, 0.5])

        """
        work, met = self.work, (self.count > 0).astype(np.float64)
        shape = work.n_annotators, work.n_labels
        count = np.maximum(work.per_annotator(met), 1)[:, None]
        cell = work.annotator * work.n_labels + work.label
        own = add_up(cell, met, shape[0] * shape[1]).reshape(shape)
        among = [work.per_annotator(self.votes_for(label)) for label in range(work.n_labels)]
        return own / count, np.stack(among, axis=1).reshape(shape) / count

    def votes_for(self, label: int) -> FloatArray:
        """(N,) which share of the others on the unit gave this label; 0 without others."""
        work, cells = self.work, self.work.cells
        told = cells.label == label
        votes = np.zeros(work.n_units, dtype=np.int64)
        votes[cells.unit[told]] = cells.count[told]
        return shares(votes[work.unit] - (work.label == label), self.count)


def others(work: Work) -> Others:
    """Compare every answer with the other answers on its unit.

    r = O_l / m - (sum_k O_k^2 - m) / (m (m - 1)), where O_k of the m others gave label k.

    Examples
    --------
    >>> from labelaudit.behaviour.work import work
    >>> seen = others(work([0, 0, 0, 1], [0, 1, 2, 0], [1, 1, 0, 0], n_labels=2))
    >>> seen.count.tolist(), seen.same.tolist(), seen.residual.tolist()
    ([2, 2, 2, 0], [1, 1, 0, 0], [0.5, 0.5, -1.0, 0.0])

    """
    cells = work.cells
    count = np.bincount(work.unit, minlength=1)[cells.unit] - 1
    same = cells.count - 1
    squares = add_up(cells.unit, (cells.count**2).astype(np.float64), work.n_units)[cells.unit]
    pairs = count * (count - 1)
    among = squares - 2 * cells.count + 1 - count
    ease = shares(among, pairs)
    known = pairs > 0
    ease[~known] = np.average(ease[known], weights=cells.count[known]) if known.any() else 0.0
    residual = np.where(count > 0, shares(same, count) - ease, 0.0)
    of_row = cells.of_row
    return Others(work, count[of_row], same[of_row], residual[of_row])


def occurrences(codes: IntArray) -> IntArray:
    """(N,) how often each code occurs among the codes (N,), none negative.

    Examples
    --------
    >>> occurrences(np.array([7, 3, 7])).tolist()
    [2, 1, 2]

    """
    if int(codes.max(initial=0)) <= _DENSE * len(codes):
        return np.asarray(np.bincount(codes, minlength=1)[codes])
    _, place, counts = np.unique(codes, return_inverse=True, return_counts=True)
    return np.asarray(counts[place])


def favourite(work: Work) -> IntArray:
    """(N,) the label most of the others gave, -1 where they tie or there are none.

    Examples
    --------
    >>> from labelaudit.behaviour.work import work
    >>> favourite(work([0, 0, 0], [0, 1, 2], [1, 1, 0], n_labels=2)).tolist()
    [-1, -1, 1]

    """
    return work.cells.favourite[work.cells.of_row]
