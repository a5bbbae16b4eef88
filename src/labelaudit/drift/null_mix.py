"""How large is the total variation between two mixes when nothing has drifted?

Never 0: two draws from one mix differ. The distance means something only beside the one
that chance gives, so both ways to know it are here: clusters dealt to the arms anew
(simulated, seeded), and the covariance of the difference (a formula, for intervals).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from labelaudit.drift.clustering import arms_of
from labelaudit.drift.tails import CONFIDENCE, t_quantile, z_quantile

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from labelaudit.coefficients import FloatArray, Patterns

_CELLS = 2_000_000
_HALF_NORMAL = math.sqrt(2 / math.pi)


def dealt_anew(patterns: Patterns, rng: np.random.Generator, draws: int = 499) -> float:
    """Return the 95% quantile of TV when chance decides which clusters form the batch.

    Clusters that lie in one arm are dealt to two arms of the same numbers of clusters. A
    cluster with labels in both arms cannot be dealt; there the sign of each cluster's score
    is flipped instead (the wild cluster bootstrap).

    Parameters
    ----------
    patterns
        Of the clusters over twice the labels.
    rng
        Decides the draws; equal patterns and equal seeds give equal quantiles.
    draws
        How many times.

    References
    ----------
    Cameron, Gelbach & Miller (2008), Bootstrap-based improvements for inference with
    clustered errors, Review of Economics and Statistics 90, 414-427.

    """
    first, second = arms_of(patterns)
    draw = _flipped if (first & second).any() else _dealt
    rows = max(1, _CELLS // len(patterns))
    sizes = [min(rows, draws - done) for done in range(0, draws, rows)]
    found = np.concatenate([draw(patterns, rng, size) for size in sizes])
    return float(np.quantile(found, CONFIDENCE))


def _dealt(patterns: Patterns, rng: np.random.Generator, size: int) -> FloatArray:
    """(size,) TV of arms dealt from all clusters."""
    into_batch = int(patterns.units[arms_of(patterns)[1]].sum())
    batch = rng.multivariate_hypergeometric(patterns.units, into_batch, size, method="marginals")
    own = [_table(patterns, arm) for arm in (0, 1)]
    given = batch @ own[0] + batch @ own[1]
    left = sum(patterns.units @ table for table in own) - given
    apart = given / given.sum(axis=1, keepdims=True) - left / left.sum(axis=1, keepdims=True)
    return np.asarray(np.abs(apart).sum(axis=1) / 2)


def _flipped(patterns: Patterns, rng: np.random.Generator, size: int) -> FloatArray:
    """(size,) TV of the sum of cluster scores with random signs."""
    signs = 2 * rng.binomial(patterns.units, 0.5, (size, len(patterns))) - patterns.units
    difference = np.zeros((size, patterns.n_labels // 2))
    for arm, sign in ((0, -1), (1, 1)):
        table = _table(patterns, arm)
        counts = patterns.units @ table
        given = signs @ table
        residual = given - given.sum(axis=1, keepdims=True) * counts / counts.sum()
        difference += sign * residual / counts.sum()
    return np.asarray(np.abs(difference).sum(axis=1) / 2)


def _table(patterns: Patterns, arm: int) -> csr_array:
    """(P, V) what each cluster gave in one arm, sparse."""
    from scipy.sparse import csr_array

    v = patterns.n_labels // 2
    own = patterns.codes // v == arm
    row = np.repeat(np.arange(len(patterns)), patterns.lengths)[own]
    cells = (patterns.counts[own], (row, patterns.codes[own] - arm * v))
    return csr_array(cells, shape=(len(patterns), v))


def tv_bounds(
    difference: FloatArray, covariance: FloatArray, df: float
) -> tuple[float, float, float]:
    """Return the TV of a difference (V,) with its 95% interval, from its covariance.

    TV leans upwards, since every sampling error adds to it, so its two ends differ in kind.
    Below: TV - q, with q the 97.5% quantile of the TV of the sampling error alone; by the
    triangle inequality the true TV lies under it with a chance of at most 2.5%. Above: TV +
    t times the standard error of the share that moved.
    """
    tv = float(np.abs(difference).sum()) / 2
    sign = np.sign(difference) / 2
    above = t_quantile(df) * math.sqrt(max(0.0, float(sign @ covariance @ sign)))
    widened = t_quantile(df) / z_quantile()
    below = widened * _error_quantile(covariance, (1 + CONFIDENCE) / 2)
    return tv, max(0.0, tv - below), min(1.0, tv + above)


def _error_quantile(covariance: FloatArray, level: float) -> float:
    """Return a quantile of half the sum of |e|, e normal: a gamma law of the same moments.

    E|e| = sqrt(2/pi) s; Cov(|e|, |f|) = (2/pi) s t (sqrt(1 - r^2) + r asin r - 1).
    """
    sd = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    products = np.outer(sd, sd)
    r = np.divide(covariance, products, out=np.zeros_like(covariance), where=products > 0)
    r = np.clip(r, -1.0, 1.0)
    mean = _HALF_NORMAL * float(sd.sum()) / 2
    kernel = products * (np.sqrt(1 - r**2) + r * np.arcsin(r) - 1)
    spread = _HALF_NORMAL**2 * float(kernel.sum()) / 4
    if mean <= 0 or spread <= 0:
        return mean
    return float(special.gammaincinv(mean**2 / spread, level)) * spread / mean
