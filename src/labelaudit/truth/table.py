"""The ratings with dense codes: what every method but majority counts in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.patterns import add_up
from labelaudit.dense import placed
from labelaudit.overlap import roots

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.coefficients.ratings import Ratings

MAX_CELLS = 100_000_000
"""The most numbers that a posterior or the confusion rows may hold (0.8 GB)."""


_PAIRS = 10_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """N ratings of U units by A annotators with V labels, codes 0..U-1, 0..A-1, 0..V-1.

    `units` (U,) and `annotators` (A,) hold the codes that the positions stand for.
    """

    unit: IntArray
    annotator: IntArray
    label: IntArray
    units: IntArray
    annotators: IntArray
    n_labels: int

    @property
    def sizes(self) -> IntArray:
        """(U,) how many labels each unit received."""
        return np.bincount(self.unit, minlength=len(self.units))

    def votes(self) -> FloatArray:
        """(U, V) how often each unit received each label."""
        return self.by_unit_and_label(np.ones(len(self.unit)))

    def cells(self) -> csr_array:
        """(U, A*V) how often each unit received each label from each annotator, sparse."""
        from scipy.sparse import csr_array

        ends = np.concatenate([[0], np.cumsum(self.sizes)])
        width = len(self.annotators) * self.n_labels
        index = np.int32 if max(width, len(self.unit)) < np.iinfo(np.int32).max else np.int64
        parts = np.ones(len(self.unit)), self.given_by.astype(index), ends.astype(index)
        return csr_array(parts, shape=(len(self.units), width))

    @property
    def given_by(self) -> IntArray:
        """(N,) one code for the annotator and the label given."""
        return self.annotator * self.n_labels + self.label

    def by_unit_and_label(self, amounts: FloatArray) -> FloatArray:
        """(U, V) the amounts (N,) summed by unit and label."""
        shape = len(self.units), self.n_labels
        return add_up(self.unit * self.n_labels + self.label, amounts, shape[0] * shape[1]).reshape(
            shape
        )

    def by_unit(self, amounts: FloatArray) -> FloatArray:
        """(U,) the amounts (N,) summed by unit."""
        return add_up(self.unit, amounts, len(self.units))

    def by_annotator(self, amounts: FloatArray) -> FloatArray:
        """(A,) the amounts (N,) summed by annotator."""
        return add_up(self.annotator, amounts, len(self.annotators))

    def by_annotator_and_label(self, amounts: FloatArray) -> FloatArray:
        """(A, V) the amounts (N,) summed by annotator and given label."""
        shape = len(self.annotators), self.n_labels
        return add_up(self.given_by, amounts, shape[0] * shape[1]).reshape(shape)

    def given(self, posterior: FloatArray) -> FloatArray:
        """(N,) what a posterior (U, V) says of the label that was given."""
        return np.asarray(posterior[self.unit, self.label])


def table(ratings: Ratings) -> Table:
    """Make the codes of units and annotators dense."""
    units, unit = dense(ratings.unit)
    annotators, annotator = dense(ratings.annotator)
    return Table(unit, annotator, ratings.label, units, annotators, ratings.n_labels)


def dense(codes: IntArray) -> tuple[IntArray, IntArray]:
    """Return the distinct codes, ascending, and the position of each code among them.

    Examples
    --------
    >>> [part.tolist() for part in dense(np.array([7, 2, 7]))]
    [[2, 7], [1, 0, 1]]

    """
    seen = np.bincount(codes, minlength=1) > 0 if len(codes) else np.zeros(0, dtype=bool)
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[codes]


def linked(ratings: Ratings) -> IntArray:
    """(N,) which group of annotators, linked by shared units, each rating belongs to.

    Groups are numbered from 0, the largest first; -1 marks ratings of annotators who share
    no unit with anybody.

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> linked(ratings([0, 0, 1, 1, 2], [0, 1, 2, 3, 4], [0] * 5, n_labels=2)).tolist()
    [0, 0, 1, 1, -1]

    """
    people, annotator = dense(ratings.annotator)
    together = np.diff(ratings.unit) == 0  # a chain through a unit's people links them all
    edges = _distinct(annotator[:-1][together], annotator[1:][together], len(people))
    component = placed(roots(*edges, len(people)))[1]
    sizes = np.bincount(component)
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    return np.where(sizes > 1, rank, -1)[component][annotator]


def _distinct(first: IntArray, second: IntArray, people: int) -> tuple[IntArray, IntArray]:
    """Return each pair once, where a table of all pairs is small enough to tick them off."""
    if people * people > _PAIRS:
        return first, second
    pair = np.flatnonzero(np.bincount(first * people + second, minlength=people * people))
    return pair // people, pair % people
