"""What each annotator gave in the baseline and in the batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.drift.arms import Arms


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Labels by arm and annotator.

    Attributes
    ----------
    counts
        (2, A, V) how often each annotator gave each label, in the baseline and the batch.
    row
        (N,) the position of each row's annotator on the A axis.

    """

    counts: IntArray
    row: IntArray

    @property
    def sizes(self) -> IntArray:
        """(2, A) how many labels each annotator gave in each arm."""
        return np.asarray(self.counts.sum(axis=2))

    def shares(self) -> FloatArray:
        """(2, A) w, each annotator's share of the labels of an arm."""
        sizes = self.sizes
        return np.asarray(sizes / sizes.sum(axis=1, keepdims=True))

    def mixes(self) -> FloatArray:
        """(2, A, V) p, the label mix of each annotator in each arm; 0 where they gave none."""
        return np.asarray(self.counts / np.maximum(self.sizes, 1)[:, :, None])

    def pooled(self, minimum: int) -> People:
        """Pool the annotators with fewer than `minimum` labels in an arm into one."""
        small = self.sizes.min(axis=0) < minimum
        position = np.where(small, 0, np.cumsum(~small) - 1 + small.any())
        counts = np.zeros((2, int(position.max()) + 1, self.counts.shape[2]), dtype=np.int64)
        for arm in (0, 1):
            np.add.at(counts[arm], position, self.counts[arm])
        return People(counts, position[self.row])


def people_of(arms: Arms) -> People | None:
    """Count the labels of every annotator, or None where nobody is named or an arm is empty."""
    if arms.annotator is None or not 0 < int(arms.in_batch.sum()) < len(arms.label):
        return None
    codes, row = np.unique(arms.annotator, return_inverse=True)
    v, many = arms.n_labels, len(codes)
    cell = (arms.in_batch * many + row) * v + arms.label
    counts = np.bincount(cell, minlength=2 * many * v).reshape(2, many, v)
    return People(counts, row)
