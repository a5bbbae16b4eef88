"""Does one group stand above another? The rank-sum test and the chance that it measures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.tails import normal_above, z_quantile

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray

MIN_EACH = 10


def rank_sum(above: FloatArray, below: FloatArray, needs: str) -> Deviation:
    """How likely is a value of the first group larger than one of the second?

    Effect P(X > Y) + P(X = Y) / 2, in 0..1 and 0.5 where nothing differs, with a 95% interval
    from placements; the normal statistic of the rank sum, corrected for ties; p one-sided,
    small where the first group stands above.

    Parameters
    ----------
    above, below
        (M,) and (N,) values; NaN are left out.
    needs
        What would make it testable, where there are too few.

    Returns
    -------
    Deviation
        Not testable: `too-few-units` (under 10 in a group), `zero-variance` (all equal).

    References
    ----------
    Mann & Whitney (1947), Annals of Mathematical Statistics 18, 50-60; DeLong, DeLong &
    Clarke-Pearson (1988), Biometrics 44, 837-845 (the interval).

    Examples
    --------
    >>> found = rank_sum(np.arange(5.0, 25.0), np.arange(20.0), "more")
    >>> found.effect, round(found.p, 3)
    (0.71875, 0.009)

    """
    x, y = above[~np.isnan(above)], below[~np.isnan(below)]
    m, n = len(x), len(y)
    if min(m, n) < MIN_EACH:
        return not_testable("too-few-units", needs)
    ordered = [np.sort(x), np.sort(y)]
    over, under = _placements(x, ordered[1]), _placements(y, ordered[0])
    effect = float(over.mean())
    _, ties = np.unique(np.concatenate(ordered), return_counts=True)
    total = m + n
    tied = float((ties.astype(np.float64) ** 3 - ties).sum()) / (total * (total - 1))
    if tied >= total + 1:
        return not_testable("zero-variance", "values that differ", effect)
    z = (effect - 0.5) / math.sqrt((total + 1 - tied) / (12 * m * n))
    se = math.sqrt(float(over.var(ddof=1)) / m + float(under.var(ddof=1)) / n)
    low, high = effect - z_quantile() * se, effect + z_quantile() * se
    return Deviation(effect, max(0.0, low), min(1.0, high), z, None, normal_above(z))


def _placements(values: FloatArray, ordered: FloatArray) -> FloatArray:
    """(M,) the share of the ordered others that lie under each value, ties half."""
    left = np.searchsorted(ordered, values, "left")
    right = np.searchsorted(ordered, values, "right")
    return np.asarray((left + right) / 2 / len(ordered))
