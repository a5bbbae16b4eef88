"""Alpha on an ordinal scale: the distance between two labels depends on the data.

d_ck = (R_c - R_k)^2 with the mid-ranks R_c = sum_{g<c} n_g + n_c / 2 of the pairable labels
(Krippendorff 2011, section on ordinal data, in its telescoped form). Deleting a unit moves
every rank, so O' = (R-r)'L(R-r) minus the unit's own part, where L is the Laplacian of the
coincidences and r the unit's own mid-ranks. r is a step function of the unit's labels, so
r'Lr needs only H'LH at those labels (H sums from the left): linear in the cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.distances import Interval, Rows, cell_pairs
from labelaudit.coefficients.patterns import add_up
from labelaudit.coefficients.tally import Parts, group_rows
from labelaudit.dots import dot

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray, Patterns


@dataclass(frozen=True, slots=True, eq=False)
class RankTally:
    """Unit patterns, each `copies` times in its cluster; clusters are what is deleted.

    Attributes
    ----------
    units
        (P rows) label counts of each unit pattern; labels never given are left out of V.
    copies
        (P,) how many such units one cluster holds.
    owner
        (P,) the cluster of each unit pattern.
    clusters
        (G rows) label counts of each cluster.
    weights
        (G,) how many such clusters there are.

    """

    units: Rows
    copies: FloatArray
    owner: IntArray
    clusters: Rows
    weights: FloatArray

    @property
    def graded(self) -> bool:
        """Whether more than two labels were given."""
        return self.units.n_labels > 2

    @property
    def disagreement(self) -> tuple[FloatArray, FloatArray]:
        """(G,), (G,) labels and disagreement of each cluster, at the ranks of all data."""
        ranks = mid_ranks(self.clusters.totals(self.weights))
        within = self.copies * _within(self.units, ranks[self.units.codes])
        sizes = self.clusters.per_row(self.clusters.amounts)
        return sizes, add_up(self.owner, within, len(self.weights))

    def total(self) -> tuple[float, float]:
        """Return Do = O / n and De = K / (6 (n-1)), K = sum n_c (n - n_c)(n + n_c)."""
        counts = self.clusters.totals(self.weights)
        observed, expected = self._parts(self._unit_weights(), counts)
        return float(observed), float(expected)

    def without(self) -> Parts:
        """(G,), (G,) with the ranks of the labels that remain."""
        counts = self.clusters.totals(self.weights)
        n, ranks = counts.sum(), mid_ranks(counts)
        own = self._own_ranks()
        m = self.clusters.per_row(self.clusters.amounts)
        kept = n - m
        cubes = self._cubes_without(counts, m)
        disagreement = self._disagreement_without(ranks, own)
        with np.errstate(divide="ignore", invalid="ignore"):
            return disagreement / kept, cubes / (6 * (kept - 1))

    def resampled(self, draws: FloatArray) -> Parts:
        """(B,), (B,), the ranks taken anew for each of the draws (B, G)."""
        both = [
            self._parts(draw[self.owner] * self.copies, self.clusters.totals(draw))
            for draw in draws
        ]
        return np.array([o for o, _ in both]), np.array([e for _, e in both])

    def influence(self) -> Parts | None:
        """Return None: the distance moves with the data, so the jackknife is used."""
        return None

    def grouped(self, group: IntArray) -> RankTally:
        """Join clusters into larger ones; each then stands for itself."""
        merged = group_rows(self.clusters, self.weights, group)
        copies = self._unit_weights()
        return RankTally(self.units, copies, group[self.owner], merged, np.ones(len(merged)))

    def reach(self) -> float:
        """Return the widest rank distance over the expected part, uncorrected."""
        counts = self.clusters.totals(self.weights)
        n = counts.sum()
        _, expected = self.total()
        widest = float(np.ptp(mid_ranks(counts)))
        return float(widest**2 / (expected * (n - 1) / n))

    def _unit_weights(self) -> FloatArray:
        return self.copies * self.weights[self.owner]

    def _parts(self, weights: FloatArray, counts: FloatArray) -> tuple[float, float]:
        n = counts.sum()
        cell_ranks = mid_ranks(counts)[self.units.codes]
        disagreement = dot(weights, _within(self.units, cell_ranks))
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(disagreement / n), float(_cubes(counts) / (6 * (n - 1)))

    def _own_ranks(self) -> FloatArray:
        """(cells of clusters) r_c, the mid-ranks of each cluster's own labels."""
        amounts = self.clusters.amounts
        before = np.cumsum(amounts) - amounts
        offset = before[self.clusters.starts]
        return before - np.repeat(offset, self.clusters.lengths) + amounts / 2

    def _cubes_without(self, counts: FloatArray, m: FloatArray) -> FloatArray:
        """K' by differences, so that nothing of order n^3 cancels."""
        n, x, n_c = counts.sum(), self.clusters.amounts, counts[self.clusters.codes]
        m_cell = np.repeat(m, self.clusters.lengths)
        loss = 3 * (n - n_c) * (n + n_c) + (m_cell - x) * (m_cell + x)
        loss -= 3 * ((n - n_c) * m_cell + n_c * (m_cell - x))
        return np.asarray(_cubes(counts) - self.clusters.per_row(x * loss))

    def _disagreement_without(self, ranks: FloatArray, own: FloatArray) -> FloatArray:
        """O' = O - 4 r'LR + 2 r'Lr - (the cluster's own part at the ranks that remain)."""
        weights, rows = self._unit_weights(), self.units
        total = dot(weights, _within(rows, ranks[rows.codes]))
        pull = _laplacian_times(rows, weights, ranks)
        toward = _suffix(pull)[self.clusters.codes]
        linear = self.clusters.per_row(self.clusters.amounts * toward)
        own_part = add_up(
            self.owner, self.copies * _within(rows, self._remaining(ranks, own)), len(self.weights)
        )
        squared = _step_form(self.clusters, rows, weights)
        return np.asarray(total - 4 * linear + 2 * squared - own_part)

    def _remaining(self, ranks: FloatArray, own: FloatArray) -> FloatArray:
        """(cells of units) R - r of the unit's cluster."""
        span = self.units.n_labels
        key = self.clusters.row_of * span + self.clusters.codes
        wanted = self.owner[self.units.row_of] * span + self.units.codes
        return np.asarray(ranks[self.units.codes] - own[np.searchsorted(key, wanted)])


def tally(pairable: Patterns) -> RankTally:
    """Return the sums for patterns of pairable units; labels are ordered by their code."""
    seen, codes = np.unique(pairable.codes, return_inverse=True)
    rows = Rows(pairable.starts, codes, pairable.counts.astype(np.float64), len(seen))
    copies, owner = np.ones(len(pairable)), np.arange(len(pairable))
    return RankTally(rows, copies, owner, rows, pairable.units.astype(np.float64))


def distance_of(pairable: Patterns) -> Interval:
    """Return the distance between labels at the ranks of these data, for looking at parts."""
    return Interval(mid_ranks(pairable.label_counts().astype(np.float64)))


def mid_ranks(counts: FloatArray) -> FloatArray:
    """(V,) R_c = sum_{g<c} n_g + n_c / 2."""
    return np.asarray(np.cumsum(counts) - counts / 2)


def _cubes(counts: FloatArray) -> float:
    n = counts.sum()
    return float((counts * (n - counts) * (n + counts)).sum())


def _centred(rows: Rows, cell_ranks: FloatArray) -> FloatArray:
    m = rows.per_row(rows.amounts)
    mean = rows.per_row(rows.amounts * cell_ranks) / m
    return np.asarray(cell_ranks - np.repeat(mean, rows.lengths))


def _within(rows: Rows, cell_ranks: FloatArray) -> FloatArray:
    """(P,) x'Dx / (m-1) = 2 m sum x (R - mean)^2 / (m-1)."""
    m = rows.per_row(rows.amounts)
    squares = rows.per_row(rows.amounts * _centred(rows, cell_ranks) ** 2)
    return np.asarray(2 * m * squares / (m - 1))


def _laplacian_times(rows: Rows, weights: FloatArray, ranks: FloatArray) -> FloatArray:
    """(V,) LR: each cell pulls with w x m (R - mean) / (m-1)."""
    m = rows.per_row(rows.amounts)
    factor = np.repeat(weights * m / (m - 1), rows.lengths)
    pull = factor * rows.amounts * _centred(rows, ranks[rows.codes])
    return add_up(rows.codes, pull, rows.n_labels)


def _suffix(values: FloatArray) -> FloatArray:
    """Return H'v along the first axis: what lies to the right, and half of what is here."""
    after = np.cumsum(values[::-1], axis=0)[::-1]
    return np.asarray(after - values / 2)


def _step_form(clusters: Rows, units: Rows, weights: FloatArray) -> FloatArray:
    """(G,) r'Lr = x'(H'LH)x for each cluster."""
    form = _suffix(_suffix(_laplacian(units, weights)).T)
    x = clusters.amounts
    result = clusters.per_row(x**2 * form[clusters.codes, clusters.codes])
    row_of = clusters.row_of
    for left, right in cell_pairs(clusters.starts, len(clusters.codes)):
        pair = x[left] * x[right] * form[clusters.codes[left], clusters.codes[right]]
        result += 2 * add_up(row_of[left], pair, len(clusters))
    return result


def _laplacian(rows: Rows, weights: FloatArray) -> FloatArray:
    """(V, V) L = diag(row sums) - coincidences, over the labels seen."""
    size = rows.n_labels
    m = rows.per_row(rows.amounts)
    factor = (weights / (m - 1))[rows.row_of]
    flat = np.zeros(size * size)
    for left, right in cell_pairs(rows.starts, len(rows.codes)):
        pair = factor[left] * rows.amounts[left] * rows.amounts[right]
        flat += add_up(rows.codes[left] * size + rows.codes[right], pair, size * size)
    upper = flat.reshape(size, size)
    coincidences = upper + upper.T
    return np.asarray(np.diag(coincidences.sum(axis=1)) - coincidences)
