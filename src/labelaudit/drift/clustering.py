"""How far would chance move a label mix, when labels come in clusters?

The score of a label is its deviation from its arm's mix, divided by the arm's size (and
negative in the baseline). The variance of the difference of two mixes is the sum over
clusters of the squared score sums, with a small-sample factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray, Patterns

    BoolArray = npt.NDArray[np.bool_]


_SMALL = 20_000
"""Cells of a table up to which it is multiplied as it stands, faster than a sparse one."""


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """The clusters of one kind (contents, or annotators) and what they add up to.

    Attributes
    ----------
    moments
        (2V, 2V) sum over clusters of the products of their counts, in whole numbers.
    baseline, batch
        How many clusters have labels in each arm.
    clusters
        How many clusters there are.

    """

    moments: IntArray
    baseline: int
    batch: int
    clusters: int

    @property
    def crossed(self) -> bool:
        """Whether a cluster has labels in both arms."""
        return self.baseline + self.batch > self.clusters


def clustering(patterns: Patterns) -> Clustering:
    """Add up the clusters, from their patterns over twice the labels."""
    in_baseline, in_batch = arms_of(patterns)
    return Clustering(
        _moments(patterns),
        int(patterns.units[in_baseline].sum()),
        int(patterns.units[in_batch].sum()),
        int(patterns.units.sum()),
    )


def _moments(patterns: Patterns) -> IntArray:
    """(2V, 2V) the sum of the products of the clusters' counts."""
    if len(patterns) * patterns.n_labels <= _SMALL:
        table = np.zeros((len(patterns), patterns.n_labels), dtype=np.int64)
        table[np.repeat(np.arange(len(patterns)), patterns.lengths), patterns.codes] = (
            patterns.counts
        )
        return np.asarray(table.T @ (table * patterns.units[:, None]))
    from scipy.sparse import csr_array

    ends = np.append(patterns.starts, len(patterns.codes))
    shape = (len(patterns), patterns.n_labels)
    counts = csr_array((patterns.counts, patterns.codes, ends), shape=shape)
    weighted = csr_array((patterns.counts * patterns.cell_units, patterns.codes, ends), shape=shape)
    return np.asarray((counts.T @ weighted).toarray())


def arms_of(patterns: Patterns) -> tuple[BoolArray, BoolArray]:
    """(P,), (P,) whether each pattern has labels in the baseline, and in the batch."""
    half = patterns.n_labels // 2
    if len(patterns) == 0:
        return np.zeros(0, bool), np.zeros(0, bool)
    first = np.minimum.reduceat(patterns.codes, patterns.starts) < half
    return first, np.maximum.reduceat(patterns.codes, patterns.starts) >= half


@dataclass(frozen=True, slots=True, eq=False)
class Variance:
    """A covariance of the difference of two mixes, by arm, and its degrees of freedom.

    `total` is the (V, V) covariance. `parts` holds one matrix with its degrees of freedom
    where clusters are crossed, and one for each arm where they are nested.
    """

    total: FloatArray
    parts: tuple[tuple[FloatArray, float], ...]

    def trace(self, metric: FloatArray) -> float:
        """Return the size of the covariance: its diagonal weighted by `metric` (V,)."""
        return float(metric @ np.diag(self.total))

    def df(self, metric: FloatArray) -> float:
        """Return the Welch-Satterthwaite degrees of freedom in the same metric."""
        traces = [(float(metric @ np.diag(part)), df) for part, df in self.parts]
        below = sum(trace**2 / df for trace, df in traces)
        return sum(trace for trace, _ in traces) ** 2 / below if below > 0 else self.parts[0][1]


def variance(clusters: Clustering, counts: IntArray) -> Variance | None:
    """Return the covariance that these clusters give, or None for one cluster in an arm.

    Parameters
    ----------
    clusters
        Contents or annotators.
    counts
        (2, V) labels of the baseline and of the batch.

    """
    v = counts.shape[1]
    residual = [_residual(counts[arm]) * (1 if arm else -1) for arm in (0, 1)]
    if clusters.crossed:
        if clusters.clusters < 2:
            return None
        whole = np.vstack(residual)
        factor = clusters.clusters / (clusters.clusters - 1)
        total = factor * whole.T @ clusters.moments @ whole
        return Variance(total, ((total, clusters.clusters - 1.0),))
    if min(clusters.baseline, clusters.batch) < 2:
        return None
    parts = []
    for arm, many in enumerate((clusters.baseline, clusters.batch)):
        block = clusters.moments[arm * v : (arm + 1) * v, arm * v : (arm + 1) * v]
        part = many / (many - 1) * residual[arm].T @ block @ residual[arm]
        parts.append((part, many - 1.0))
    return Variance(parts[0][0] + parts[1][0], tuple(parts))


def singly(counts: IntArray) -> FloatArray:
    """(V, V) the covariance that counts every label as its own cluster, without a factor."""
    residual = [_residual(arm) for arm in counts]
    return sum(
        (r.T @ (arm[:, None] * r) for r, arm in zip(residual, counts, strict=True)),
        start=np.zeros((counts.shape[1], counts.shape[1])),
    )


def _residual(counts: IntArray) -> FloatArray:
    """(V, V) takes the counts of a cluster to its score sums: (I - 1 p') / N."""
    total = counts.sum()
    return np.asarray((np.eye(len(counts)) - counts / total) / total, dtype=np.float64)
