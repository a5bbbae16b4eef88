"""Two arms: the labels of a baseline and of a batch, with the clusters they come in.

Labels of one item, one document or one annotator move together. What a cluster gave in
each arm is its *pattern* over twice the labels (baseline labels, then batch labels), so the
patterns of the clusters with their counts are all that the comparison of two label mixes
needs: millions of annotations shrink to thousands of rows, and the sums stay whole numbers,
so the answer does not depend on the order of rows nor on anybody's name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import Patterns, from_ratings
from labelaudit.coefficients.patterns import stack

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Arms:
    """The labels of a baseline and of a batch, one row each (N rows, in any order).

    Attributes
    ----------
    in_batch
        (N,) whether the row belongs to the batch; otherwise it belongs to the baseline.
    label
        (N,) code in 0..V-1. Both arms are read with one domain.
    content
        (N,) code, from 0, of the top-level content: the document where there is one, else
        the item. The same content in both arms bears the same code.
    annotator
        (N,) code, from 0, the same for one person in both arms; None where nobody is named.
    n_labels
        V, the size of the domain.

    """

    in_batch: npt.NDArray[np.bool_]
    label: IntArray
    content: IntArray
    annotator: IntArray | None
    n_labels: int

    def select(self, keep: npt.NDArray[np.bool_]) -> Arms:
        """Return only the rows where `keep` (N,) is true."""
        people = None if self.annotator is None else self.annotator[keep]
        return Arms(
            self.in_batch[keep], self.label[keep], self.content[keep], people, self.n_labels
        )

    def shares(self) -> tuple[FloatArray, FloatArray]:
        """(V,), (V,) the share of each label in the baseline and in the batch."""
        code = self.label + self.n_labels * self.in_batch
        counts = np.bincount(code, minlength=2 * self.n_labels).reshape(2, -1)
        baseline, batch = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        return baseline, batch

    def by_content(self) -> Patterns:
        """Return the patterns of the contents over twice the labels."""
        return cluster_patterns(self.in_batch, self.label, self.content, self.n_labels)

    def by_annotator(self) -> Patterns | None:
        """Return the patterns of the annotators over twice the labels."""
        if self.annotator is None:
            return None
        return cluster_patterns(self.in_batch, self.label, self.annotator, self.n_labels)


def cluster_patterns(
    in_batch: npt.NDArray[np.bool_], label: IntArray, cluster: IntArray, n_labels: int
) -> Patterns:
    """Count what each cluster gave in each arm: patterns over twice the labels.

    Examples
    --------
    >>> in_batch = np.array([False, False, True, True])
    >>> found = cluster_patterns(in_batch, np.array([0, 0, 0, 1]), np.array([5, 5, 6, 6]), 2)
    >>> found.codes.tolist(), found.counts.tolist(), found.n_labels
    ([0, 2, 3], [2, 1, 1], 4)

    """
    return from_ratings(cluster, label + n_labels * in_batch, 2 * n_labels)


def side_by_side(baseline: Patterns, batch: Patterns) -> Patterns:
    """Put clusters that lie in one arm each beside each other: patterns over twice the labels.

    Examples
    --------
    >>> from labelaudit.coefficients import from_counts
    >>> found = side_by_side(from_counts([[2, 0]]), from_counts([[2, 0], [1, 1]]))
    >>> found.codes.tolist(), found.n_labels
    ([0, 2, 2, 3], 4)

    """
    labels = baseline.n_labels
    after = replace(batch, codes=batch.codes + labels, n_labels=2 * labels)
    return stack([replace(baseline, n_labels=2 * labels), after])


def without_absent(patterns: Patterns, n_kept: int, position: IntArray) -> Patterns:
    """Return the patterns over the labels in use: `position` (2V,) is each label's new code."""
    return Patterns(
        patterns.starts, position[patterns.codes], patterns.counts, patterns.units, 2 * n_kept
    )
