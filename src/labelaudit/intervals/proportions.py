"""Proportions: accuracy on gold, and agreement of one annotator with the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.intervals.bounds import (
    CLOPPER_PEARSON,
    KORN_GRAUBARD,
    T_LOGIT,
    logit_ends,
    with_interval,
)
from labelaudit.model import Estimate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients.patterns import FloatArray, IntArray

_ROUNDING = 1e-12


def gold_accuracy(
    correct: IntArray,
    answered: IntArray,
    *,
    clusters_given: bool = True,
    confidence: float = 0.95,
) -> Estimate:
    """How often are answers on gold units right, and how sure is that?

    p = sum x_a / sum n_a. Answers of one annotator err together, so the interval counts
    annotators: Clopper-Pearson on the effective sample size n / deff (Korn-Graubard).

    Parameters
    ----------
    correct
        (A,) right answers x_a of each annotator.
    answered
        (A,) gold answers n_a of each annotator; annotators with none are left out.
    clusters_given
        False where the counts do not tell the annotators apart: plain Clopper-Pearson.
    confidence
        Of the two-sided interval.

    Returns
    -------
    Estimate
        Coefficient `gold-accuracy`, in 0..1; `observed` is the share of wrong answers,
        `expected` 1. Method `korn-graubard` (df = annotators - 1) where several annotators
        answered, else `clopper-pearson` (df = answers). Undefined: `no-gold`.

    References
    ----------
    Korn & Graubard (1998), Confidence intervals for proportions with small expected number
    of positive counts, Survey Methodology 24(2), 193-201.

    Examples
    --------
    >>> estimate = gold_accuracy(np.array([18, 15, 12]), np.array([20, 20, 20]))
    >>> estimate.value, round(estimate.low, 3), round(estimate.high, 3)
    (0.75, 0.253, 0.987)

    """
    given = answered > 0
    x, n_a = correct[given].astype(np.float64), answered[given].astype(np.float64)
    n, annotators = float(n_a.sum()), len(n_a)
    if n == 0:
        reason = "no-gold"
        return Estimate("gold-accuracy", "nominal", undefined=reason, interval_undefined=reason)
    p = float(x.sum()) / n
    clustered = clusters_given and annotators > 1
    residual = float(((x - n_a * p) ** 2).sum()) / n**2
    variance = annotators / (annotators - 1) * residual if clustered else p * (1 - p) / n
    return with_interval(
        Estimate(
            "gold-accuracy",
            "nominal",
            value=p,
            confidence=confidence,
            se=float(np.sqrt(max(variance, p * (1 - p) / n))),
            observed=1 - p,
            expected=1.0,
            units=int(n),
            annotations=int(n),
            annotators=annotators if clusters_given else None,
            method=KORN_GRAUBARD if clustered else CLOPPER_PEARSON,
            df=annotators - 1.0 if clustered else n,
        )
    )


def proportion(
    total: float,
    squares: float,
    units: int,
    *,
    coefficient: str = "peer-agreement",
    confidence: float = 0.95,
) -> Estimate:
    """How large is a share that each unit gives, on average, and how sure is that?

    For `peer-agreement` each unit that an annotator rated gives the share of the other
    annotators who gave the same label, (n_uc - 1) / (m_u - 1). The mean has a t interval
    on the logit scale, with units as the resampling units: it stays inside 0..1 and leans
    the right way near the ends.

    Parameters
    ----------
    total
        Sum of the shares over units.
    squares
        Sum of their squares.
    units
        U, the number of units that gave a share.
    coefficient
        The name the estimate carries.
    confidence
        Of the two-sided interval.

    Returns
    -------
    Estimate
        In 0..1, method `t-logit` (df = U - 1). Where every share is 1 (or every one 0) the
        method is `clopper-pearson` (df = U): exact for units that all agree. Undefined:
        `no-overlap` (no unit shared with anybody); the interval: `too-few-units` (one
        unit), `zero-variance` (all shares equal, and neither 0 nor 1).

    Examples
    --------
    >>> estimate = proportion(total=15.0, squares=14.0, units=20)
    >>> round(estimate.value, 3), round(estimate.low, 3), round(estimate.high, 3)
    (0.75, 0.537, 0.886)

    """
    if units == 0:
        reason = "no-overlap"
        return Estimate(coefficient, "nominal", undefined=reason, interval_undefined=reason)
    p = min(max(total / units, 0.0), 1.0)
    base = Estimate(
        coefficient,
        "nominal",
        value=p,
        confidence=confidence,
        observed=1 - p,
        expected=1.0,
        units=units,
        annotations=units,
    )
    return with_interval(_share_interval(base, squares))


def proportions(
    totals: FloatArray, squares: FloatArray, units: FloatArray, *, confidence: float = 0.95
) -> Iterator[Estimate]:
    """Yield the `proportion` of each entry: the same numbers, quickly for very many.

    Examples
    --------
    >>> import numpy as np
    >>> of_two = proportions(np.array([15.0, 0.0]), np.array([14.0, 0.0]), np.array([20.0, 0.0]))
    >>> [estimate.value for estimate in of_two]
    [0.75, None]

    """
    some = np.maximum(units, 1.0)
    p = np.clip(totals / some, 0.0, 1.0)
    variance = (squares / some - p**2) / np.maximum(units - 1, 1.0)
    plain = (units >= 2) & (np.minimum(p, 1 - p) > _ROUNDING) & (variance > _ROUNDING)
    p, se = np.where(plain, p, 0.5), np.sqrt(np.where(plain, variance, 1.0))
    low, high = logit_ends(p, se, np.maximum(units - 1, 1.0), 1 - (1 + confidence) / 2)
    columns = (plain, totals, squares, units.astype(np.int64), p, se, low, high)
    for simple, *sums, n, value, error, lower, upper in zip(
        *(np.asarray(column).tolist() for column in columns), strict=True
    ):
        if not simple:
            yield proportion(sums[0], sums[1], n, confidence=confidence)
            continue
        yield Estimate(
            "peer-agreement",
            "nominal",
            value,
            lower,
            upper,
            confidence,
            se=error,
            observed=1 - value,
            expected=1.0,
            units=n,
            annotations=n,
            method=T_LOGIT,
            df=n - 1.0,
        )


def _share_interval(base: Estimate, squares: float) -> Estimate:
    """Choose the method: exact at 0 and 1, t on the logit elsewhere."""
    units, p = base.units, base.observed
    mean = base.value
    if mean is None or p is None:
        return base
    if min(mean, p) <= _ROUNDING:
        return replace(base, value=round(mean), observed=round(p), method=CLOPPER_PEARSON, df=units)
    if units < 2:
        return replace(base, interval_undefined="too-few-units")
    variance = (squares / units - mean**2) / (units - 1)
    if variance <= _ROUNDING:
        return replace(base, interval_undefined="zero-variance")
    return replace(base, se=float(np.sqrt(variance)), method=T_LOGIT, df=units - 1.0)
