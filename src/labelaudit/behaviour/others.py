"""Each answer against the answers of the others on the same unit, in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.signal import shares
from labelaudit.coefficients.patterns import add_up
from labelaudit.dense import counted

if TYPE_CHECKING:
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

_DENSE = 8  # cells per answer: up to here counting beats sorting


@dataclass(frozen=True, slots=True, eq=False)
class Others:
    """N answers against the others (those who answered the same unit).

    Attributes
    ----------
    count
        (N,) m, how many others there are.
    same
        (N,) how many of them gave the same label.
    residual
        (N,) same / m less the share of pairs of the others that agree: 0 on average for
        one like the others, however hard the unit. With one other, that share is taken to be
        the mean of the rest. 0 where there are no others.

    """

    count: IntArray
    same: IntArray
    residual: FloatArray


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
    size = np.bincount(work.unit, minlength=1)[work.unit]
    own = occurrences(work.unit * work.n_labels + work.label)
    squares = add_up(work.unit, own.astype(np.float64), work.n_units)[work.unit]
    count, same = size - 1, own - 1
    pairs = count * (count - 1)
    among = squares - 2 * own + 1 - count
    ease = np.divide(among, pairs, out=np.zeros(len(work)), where=pairs > 0)
    known = pairs > 0
    ease[~known] = ease[known].mean() if known.any() else 0.0
    share = np.divide(same, count, out=np.zeros(len(work)), where=count > 0)
    return Others(count, same, np.where(count > 0, share - ease, 0.0))


def label_shares(work: Work, seen: Others) -> tuple[FloatArray, FloatArray]:
    """(A, V) the labels of each person, and of the others on the same units, as shares.

    Only units shared with others count; rows are 0 for people without any.

    Examples
    --------
    >>> from labelaudit.behaviour.work import work
    >>> table = work([0, 0, 0, 1], [0, 1, 2, 0], [1, 1, 0, 0], n_labels=2)
    >>> own, among = label_shares(table, others(table))
    >>> own[0].tolist(), among[0].tolist()
    ([0.0, 1.0], [0.5, 0.5])

    """
    met = seen.count > 0
    count = np.maximum(work.per_annotator(met.astype(np.float64)), 1)
    own, among = np.zeros((2, work.n_annotators, work.n_labels))
    for label in range(work.n_labels):
        own[:, label] = work.per_annotator((work.label == label) & met) / count
        among[:, label] = work.per_annotator(votes_for(work, seen, label)) / count
    return own, among


def votes_for(work: Work, seen: Others, label: int) -> FloatArray:
    """(N,) which share of the others on the unit gave this label; 0 without others."""
    given = (work.label == label).astype(np.float64)
    votes = add_up(work.unit, given, work.n_units)[work.unit] - given
    return shares(votes, seen.count)


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
    leader, votes = _podium(work)
    first, second, _ = leader[work.unit].T
    own = leader[work.unit] == work.label[:, None]
    gold, silver, bronze = (votes[work.unit] - own).T
    best, label = np.where(silver > gold, silver, gold), np.where(silver > gold, second, first)
    equals = (gold == best).astype(np.int64) + (silver == best) + (bronze == best)
    return np.where((equals == 1) & (best > 0), label, -1)


def _podium(work: Work) -> tuple[IntArray, IntArray]:
    """(U, 3) the three labels given most to each unit and how often, -1 and 0 where fewer."""
    code, counts = counted(work.unit * work.n_labels + work.label)
    unit, label = code // work.n_labels, code % work.n_labels
    order = np.lexsort((label, -counts, unit))
    starts = np.flatnonzero(np.diff(unit, prepend=-1))
    rank = np.arange(len(unit)) - np.repeat(starts, np.diff(starts, append=len(unit)))
    top = rank < 3
    labels, votes = np.full((work.n_units, 3), -1), np.zeros((work.n_units, 3), dtype=np.int64)
    labels[unit[top], rank[top]] = label[order][top]
    votes[unit[top], rank[top]] = counts[order][top]
    return labels, votes
