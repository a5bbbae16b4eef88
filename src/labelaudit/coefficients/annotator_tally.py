"""The sums behind Conger's kappa: label shares of every annotator, and what a unit adds.

Deleting units takes k_a labels e_a from annotator a, so p_a' = (c_a - e_a) / (n_a - k_a):
only the annotators of those units move, and only their part of the sums is made anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.distances import BLOCK, Distance, Nominal, Rows, forms
from labelaudit.coefficients.patterns import add_up
from labelaudit.coefficients.unit_agreement import count_rows, is_graded

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.coefficients.reading import Reading
    from labelaudit.coefficients.tally import Parts


@dataclass(frozen=True, eq=False)
class AnnotatorTally:
    """Ratings by cluster of units (G clusters), annotator (A) and label (V).

    Attributes
    ----------
    cluster, annotator, label
        (N,) codes; every cluster and annotator code up to the largest occurs.
    pairable, unequal
        (G,) units of the cluster with two labels or more, and the sum over them of the
        share of unequal pairs.
    distance
        Between labels.
    n_labels
        V.

    """

    cluster: IntArray
    annotator: IntArray
    label: IntArray
    pairable: FloatArray
    unequal: FloatArray
    distance: Distance
    n_labels: int

    @property
    def weights(self) -> FloatArray:
        """(G,) ones: clusters are not merged."""
        return np.ones(len(self.pairable))

    @property
    def graded(self) -> bool:
        """Whether the distance has more than one size over the labels given."""
        return is_graded(self.distance, self.label)

    @property
    def disagreement(self) -> tuple[FloatArray, FloatArray]:
        """(G,), (G,) pairable units and their disagreement."""
        return self.pairable, self.unequal

    @cached_property
    def counts(self) -> FloatArray:
        """(A, V) c_a, the labels of each annotator."""
        return self._counts(np.ones(len(self.label)))

    def total(self) -> tuple[float, float]:
        """Return observed and expected disagreement of the whole data."""
        return self._taken(self.weights)

    def without(self) -> Parts:
        """(G,), (G,) after deleting each cluster."""
        moves = _Moves.of(self)
        spread = np.concatenate([moves.spread(block) for block in moves.blocks()])
        people = len(self.counts) - moves.per_cluster((moves.left == 0).astype(np.float64))
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = (self.unequal.sum() - self.unequal) / (self.pairable.sum() - self.pairable)
            return observed, (spread - moves.own()) / (people * (people - 1))

    def resampled(self, draws: FloatArray) -> Parts:
        """(B,), (B,) with cluster g taken draws[b, g] times."""
        taken = [self._taken(draw) for draw in draws]
        return np.array([o for o, _ in taken]), np.array([e for _, e in taken])

    def influence(self) -> Parts:
        """(G,), (G,) by the chain rule: a label moves its annotator's shares alone."""
        n_a, people = self.counts.sum(axis=1), len(self.counts)
        shares = self.counts / n_a[:, None]
        toward = self.distance.against(shares.sum(axis=0))
        own = np.stack([self.distance.against(row) for row in shares])
        ask = toward[None, :] - own
        moved = ask[self.annotator, self.label] - (shares * ask).sum(axis=1)[self.annotator]
        step = add_up(self.cluster, moved / n_a[self.annotator], len(self.pairable))
        used = self.pairable.sum()
        observed = (self.unequal - self.unequal.sum() / used * self.pairable) / used
        return observed, 2 * step / (people * (people - 1))

    def grouped(self, group: IntArray) -> AnnotatorTally:
        """Join clusters into larger ones."""
        size = int(group.max()) + 1
        return replace(
            self,
            cluster=group[self.cluster],
            pairable=add_up(group, self.pairable, size),
            unequal=add_up(group, self.unequal, size),
        )

    def reach(self) -> float:
        """Return the widest distance over the expected part."""
        return self.distance.widest(self.counts.sum(axis=0)) / self.total()[1]

    def _counts(self, weights: FloatArray) -> FloatArray:
        people = int(self.annotator.max()) + 1
        key = self.annotator * self.n_labels + self.label
        return add_up(key, weights, people * self.n_labels).reshape(people, self.n_labels)

    def _taken(self, draw: FloatArray) -> tuple[float, float]:
        counts = self._counts(draw[self.cluster])
        counts = counts[counts.sum(axis=1) > 0]
        people = len(counts)
        shares = counts / counts.sum(axis=1, keepdims=True)
        spread = forms(self.distance, shares.sum(axis=0, keepdims=True)).sum()
        own = forms(self.distance, shares).sum()
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = (draw @ self.unequal) / (draw @ self.pairable)
            return float(observed), float(np.float64(spread - own) / (people * (people - 1)))


@dataclass(frozen=True, slots=True, eq=False)
class _Moves:
    """For each (cluster, annotator) that meet, J of them: what the annotator would lose."""

    tally: AnnotatorTally
    rows: Rows  # (J rows) e, the labels lost
    cluster: IntArray  # (J,)
    annotator: IntArray  # (J,)
    left: FloatArray  # (J,) labels the annotator keeps

    @classmethod
    def of(cls, tally: AnnotatorTally) -> _Moves:
        people, v = len(tally.counts), tally.n_labels
        key = (tally.cluster * people + tally.annotator) * v + tally.label
        cells, amounts = np.unique(key, return_counts=True)
        meeting = cells // v
        starts = np.flatnonzero(np.diff(meeting, prepend=-1))
        rows = Rows(starts, cells - meeting * v, amounts.astype(np.float64), v)
        cluster, annotator = np.divmod(meeting[starts], people)
        left = tally.counts.sum(axis=1)[annotator] - rows.per_row(rows.amounts)
        return cls(tally, rows, cluster, annotator, left)

    def per_cluster(self, values: FloatArray) -> FloatArray:
        """(G,) sums of (J,)."""
        return add_up(self.cluster, values, len(self.tally.pairable))

    def blocks(self) -> list[slice]:
        """Slices of the J rows that keep clusters whole and J x V small."""
        height = max(1, BLOCK // self.tally.n_labels)
        first = np.flatnonzero(np.diff(self.cluster, prepend=-1))
        cuts = first[np.unique(np.searchsorted(first, np.arange(0, len(self.cluster), height)))]
        ends = np.append(cuts[1:], len(self.cluster))
        return [slice(int(a), int(b)) for a, b in zip(cuts, ends, strict=True)]

    def spread(self, block: slice) -> FloatArray:
        """(clusters of the block,) s'Ds of the shares that remain."""
        counts = self.tally.counts[self.annotator[block]]
        remaining = counts - self._lost(block)
        before = counts / counts.sum(axis=1, keepdims=True)
        after = remaining / np.maximum(self.left[block], 1)[:, None]
        first = np.flatnonzero(np.diff(self.cluster[block], prepend=-1))
        shares = self.tally.counts / self.tally.counts.sum(axis=1, keepdims=True)
        return forms(
            self.tally.distance, shares.sum(axis=0) + np.add.reduceat(after - before, first)
        )

    def own(self) -> FloatArray:
        """(G,) sum over annotators of p'Dp of the shares that remain."""
        distance, counts = self.tally.distance, self.tally.counts
        toward = np.stack([distance.against(row) for row in counts])
        whole = (counts * toward).sum(axis=1)
        n_a = counts.sum(axis=1)
        owner = self.annotator[self.rows.row_of]
        loss = 2 * self.rows.per_row(self.rows.amounts * toward[owner, self.rows.codes])
        after = (whole[self.annotator] - loss + distance.within(self.rows)) / np.maximum(
            self.left, 1
        ) ** 2
        before = (whole / n_a**2)[self.annotator]
        return np.asarray((whole / n_a**2).sum() + self.per_cluster(after - before))

    def _lost(self, block: slice) -> FloatArray:
        """(rows of the block, V) e, dense."""
        lengths = self.rows.lengths[block]
        start = int(self.rows.starts[block][0])
        cells = slice(start, start + int(lengths.sum()))
        row = np.repeat(np.arange(len(lengths)), lengths)
        v = self.tally.n_labels
        flat = add_up(row * v + self.rows.codes[cells], self.rows.amounts[cells], len(lengths) * v)
        return flat.reshape(len(lengths), v)


def pair_tally(ratings: Ratings, reading: Reading, *, by_unit: bool) -> AnnotatorTally:
    """Return the sums over all ratings; single-rated units count in the annotators' shares."""
    distance = reading.distance or Nominal()
    patterns = ratings.unit_patterns()
    m = patterns.sizes
    unequal = distance.within(count_rows(patterns)) / np.where(m > 1, m * (m - 1), 1)
    return AnnotatorTally(
        cluster=np.unique(ratings.unit, return_inverse=True)[1],
        annotator=np.unique(ratings.annotator, return_inverse=True)[1],
        label=ratings.label,
        pairable=(m > 1).astype(np.float64),
        unequal=unequal,
        distance=distance,
        n_labels=reading.n_labels,
    )
