"""Delete-one jackknife from the values that remain when each resampling unit is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dots import dot

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray

TINY = 1e-12
"""Relative size under which a difference is rounding, not variation."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A standard error with its degrees of freedom, or why there is none."""

    df: float
    se: float | None = None
    undefined: str | None = None


def jackknife(without: FloatArray, weights: FloatArray) -> Spread:
    """Return se = sqrt((U-1)/U sum_g w_g (a_g - a_mean)^2), with U - 1 degrees of freedom.

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

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, eq. 11.5.

    Examples
    --------
    >>> jackknife(np.array([0.5, 0.7]), np.array([2.0, 2.0])).se
    0.173...

    """
    total = float(weights.sum())
    if total < 2:
        return Spread(total - 1, undefined="too-few-units")
    if not np.isfinite(without).all():
        return Spread(total - 1, undefined="too-little-disagreement")
    deviation = without - dot(weights, without) / total
    if np.abs(deviation).max() <= TINY * max(1.0, float(np.abs(without).max())):
        return Spread(total - 1, undefined="zero-variance")
    return Spread(total - 1, float(np.sqrt((total - 1) / total * dot(weights, deviation**2))))


def add_spreads(first: Spread, second: Spread) -> Spread:
    """Add two independent variances; degrees of freedom by Satterthwaite (1946).

    For units and annotators together this is cautious: what is left of an annotator on a
    unit is counted in both.
    """
    if first.se is None or second.se is None:
        return first if first.se is None else second
    one, other = first.se**2, second.se**2
    df = (one + other) ** 2 / (one**2 / first.df + other**2 / second.df)
    return Spread(df, float(np.sqrt(one + other)))
