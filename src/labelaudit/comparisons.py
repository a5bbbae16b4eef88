"""Is one figure really larger than another? Differences with interval and p-value.

Batches with units of their own are independent; vendors on the same units, or one batch
before and after relabeling, are paired by unit and say more. A difference is not tested
where either side has no interval to trust.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from labelaudit.coefficients import trust
from labelaudit.coefficients.estimating import estimate_with, reading_for
from labelaudit.coefficients.resampling import Resampling, tally_of, used_units, value_of
from labelaudit.intervals import jackknife

if TYPE_CHECKING:
    from labelaudit.coefficients import Coefficient, FloatArray, IntArray, Ratings, Spec
    from labelaudit.coefficients.tally import Tally
    from labelaudit.model import Estimate


SHARED = "shared-units"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference first - second, its two-sided interval, and its p-value.

    `resampling` says what was taken as independent: `units-of-each` or `shared-units`.
    Where `undefined` holds a reason code, interval and p-value are None.
    """

    difference: float | None
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    se: float | None = None
    df: float | None = None
    p_value: float | None = None
    resampling: str = "units-of-each"
    undefined: str | None = None


def compare(first: Estimate, second: Estimate) -> Comparison:
    """Do two estimates from different units differ?

    t = (first - second) / sqrt(se_1^2 + se_2^2), degrees of freedom by Satterthwaite.

    Returns
    -------
    Comparison
        At the confidence of `first`. Undefined with the reason why either estimate or its
        interval is, and with `zero-variance` where one saw no disagreement at all: then
        only its bound can be compared.

    References
    ----------
    Welch (1947), Biometrika 34, 28-35.

    Examples
    --------
    >>> from labelaudit.coefficients import estimate, from_counts
    >>> good = estimate("gwet-ac1", from_counts([[2, 0], [1, 1], [0, 2]], [50, 5, 45]), "nominal")
    >>> poor = estimate("gwet-ac1", from_counts([[2, 0], [1, 1], [0, 2]], [40, 25, 35]), "nominal")
    >>> result = compare(good, poor)
    >>> round(result.difference, 3), round(result.low, 3), round(result.p_value, 5)
    (0.399, 0.207, 7e-05)

    """
    reason = _withheld(first) or _withheld(second)
    if first.value is None or second.value is None:
        return Comparison(None, undefined=reason, confidence=first.confidence)
    difference = first.value - second.value
    if reason or not (first.se and second.se and first.df and second.df):
        return Comparison(difference, undefined=reason, confidence=first.confidence)
    one, other = first.se**2, second.se**2
    df = (one + other) ** 2 / (one**2 / first.df + other**2 / second.df)
    return _tested(difference, float(np.sqrt(one + other)), df, first.confidence, "units-of-each")


def compare_paired(
    coefficient: Coefficient,
    first: Ratings,
    second: Ratings,
    spec: Spec,
    confidence: float = 0.95,
) -> Comparison:
    """Do two sets of labels of the same units differ, such as two vendors' or before and after?

    The jackknife deletes a unit from both sides at once, so what a hard unit does to both
    cancels. Units that only one side labelled are deleted from that side alone.

    Parameters
    ----------
    coefficient
        Of the shelf or not.
    first, second
        Ratings with one coding of units and labels.
    spec
        How both are read.
    confidence
        Of the interval.

    """
    sides = [
        estimate_with(coefficient, side, spec, Resampling(), confidence) for side in (first, second)
    ]
    reason = _withheld(sides[0]) or _withheld(sides[1])
    if sides[0].value is None or sides[1].value is None:
        return Comparison(None, undefined=reason, confidence=confidence, resampling=SHARED)
    difference = sides[0].value - sides[1].value
    if reason is None:
        spread, df = _paired_spread(coefficient, first, second, spec)
        if spread is not None:
            return _tested(difference, spread, df, confidence, SHARED)
    undefined = reason or "zero-variance"
    return Comparison(difference, undefined=undefined, confidence=confidence, resampling=SHARED)


def compare_paired_shares(
    first: tuple[IntArray, IntArray], second: tuple[IntArray, IntArray], confidence: float = 0.95
) -> Comparison:
    """Do two shares over the same units differ, such as gold accuracy before and after?

    sum(hits) / sum(of) of each side; the jackknife deletes a unit from both sides at once, so
    it holds for these people: what their errors have in common is not in it.

    Parameters
    ----------
    first, second
        (I,) hits and (I,) of how many, by unit; 0 of 0 where a side knows nothing of a unit.
    confidence
        Of the interval.

    Examples
    --------
    >>> before = np.array([0, 2, 1, 0, 2, 1]), np.full(6, 2)
    >>> after = np.array([2, 2, 1, 1, 2, 2]), np.full(6, 2)
    >>> result = compare_paired_shares(after, before)
    >>> round(result.difference, 3), round(result.low, 3), round(result.high, 3)
    (0.333, -0.095, 0.762)

    """
    touched = (first[1] > 0) | (second[1] > 0)
    sides = [tuple(part[touched].astype(np.float64) for part in side) for side in (first, second)]
    if not all(of.sum() for _, of in sides):
        return Comparison(None, None, None, confidence, resampling=SHARED, undefined="no-gold")
    one, other = (float(hits.sum() / of.sum()) for hits, of in sides)
    without = [
        np.divide(
            hits.sum() - hits, of.sum() - of, out=np.full(len(of), np.nan), where=of.sum() > of
        )
        for hits, of in sides
    ]
    spread = jackknife(without[0] - without[1], np.ones(int(touched.sum())))
    if spread.se is None:
        reason = spread.undefined
        return Comparison(one - other, None, None, confidence, resampling=SHARED, undefined=reason)
    return _tested(one - other, spread.se, spread.df, confidence, SHARED)


def benjamini_hochberg(p_values: FloatArray) -> FloatArray:
    """Which of many p-values stand when one in so many findings may be false?

    Returns
    -------
    (K,) adjusted p-values
        min over j >= i of p_(j) K / j, at most 1: compare them with the false discovery
        rate that is accepted.

    References
    ----------
    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57(1), 289-300.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]

    """
    order = np.argsort(p_values)
    ranked = p_values[order] * len(p_values) / np.arange(1, len(p_values) + 1)
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return adjusted


def _withheld(estimate: Estimate) -> str | None:
    reason = estimate.undefined or estimate.interval_undefined
    return reason or (None if estimate.se else "zero-variance")


def _tested(
    difference: float, se: float, df: float, confidence: float, resampling: str
) -> Comparison:
    half = float(special.stdtrit(df, (1 + confidence) / 2)) * se
    p_value = float(2 * special.stdtr(df, -abs(difference) / se))
    low, high = difference - half, difference + half
    return Comparison(difference, low, high, confidence, se, df, p_value, resampling)


def _paired_spread(
    coefficient: Coefficient, first: Ratings, second: Ratings, spec: Spec
) -> tuple[float | None, float]:
    """Return the jackknife standard error of the difference and its degrees of freedom."""
    size = int(max(first.unit.max(), second.unit.max())) + 1
    without = np.zeros(size)
    touched = np.zeros(size, dtype=bool)
    freedom = []
    for side, sign in ((first, 1.0), (second, -1.0)):
        units, tally = _by_unit(coefficient, side, spec, size)
        observed, expected = tally.total()
        moved = value_of(tally.without()) - (1 - observed / expected)
        without[units] += sign * moved
        touched[units] = True
        freedom.append(trust.degrees_of_freedom(tally))
    spread = jackknife(without[touched], np.ones(int(touched.sum())))
    return spread.se, min(freedom)


def _by_unit(
    coefficient: Coefficient, side: Ratings, spec: Spec, size: int
) -> tuple[IntArray, Tally]:
    reading = reading_for(coefficient, side.patterns(), spec)
    every = Resampling(clusters=np.arange(size))
    return used_units(coefficient, side), tally_of(coefficient, side, reading, every)
