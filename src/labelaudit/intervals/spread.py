"""Delete-one jackknife from the values that remain when each resampling unit is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray

TINY = 1e-12
"""Relative size under which a difference is rounding, not variation."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A standard error with the number of resampling units, or why there is none."""

    resampled: float
    se: float | None = None
    undefined: str | None = None


def jackknife(without: FloatArray, weights: FloatArray) -> Spread:
    """Return se = sqrt((U-1)/U sum_g w_g (a_g - a_mean)^2).

    Parameters
    ----------
    without
        (G,) the coefficient after deleting one resampling unit of each row; NaN where
        nothing or a single category remains.
    weights
        (G,) how many equal resampling units each row stands for; U is their sum.

    Returns
    -------
    Spread
        Undefined with `too-few-units` (U < 2), `too-little-disagreement` (one deletion
        leaves the coefficient undefined) or `zero-variance` (every deletion leaves the
        same value, as when all units show one pattern).

    Examples
    --------
    >>> jackknife(np.array([0.5, 0.7]), np.array([2.0, 2.0])).se
    0.173...

    """
    total = float(weights.sum())
    if total < 2:
        return Spread(total, undefined="too-few-units")
    if not np.isfinite(without).all():
        return Spread(total, undefined="too-little-disagreement")
    deviation = without - weights @ without / total
    if np.abs(deviation).max() <= TINY * max(1.0, float(np.abs(without).max())):
        return Spread(total, undefined="zero-variance")
    return Spread(total, float(np.sqrt((total - 1) / total * (weights @ deviation**2))))
