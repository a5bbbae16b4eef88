"""Tail probabilities and quantiles, as plain floats."""

from __future__ import annotations

from scipy import special

CONFIDENCE = 0.95
_TWO_SIDED = (1 + CONFIDENCE) / 2


def two_sided(t: float, df: float) -> float:
    """Return P(|T| >= |t|) for Student's T."""
    return float(2 * special.stdtr(df, -abs(t)))


def above(t: float, df: float) -> float:
    """Return P(T >= t) for Student's T."""
    return float(special.stdtr(df, -t))


def normal_above(z: float) -> float:
    """Return P(Z >= z)."""
    return float(special.ndtr(-z))


def f_above(f: float, df1: float, df2: float) -> float:
    """Return P(F >= f)."""
    return float(special.fdtrc(df1, df2, f))


def t_quantile(df: float) -> float:
    """Return the t quantile of a two-sided 95% interval."""
    return float(special.stdtrit(df, _TWO_SIDED))


def z_quantile() -> float:
    """Return the normal quantile of a two-sided 95% interval."""
    return float(special.ndtri(_TWO_SIDED))
