"""The shelf of agreement coefficients, and the one function that estimates any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.coefficients.alpha import KRIPPENDORFF_ALPHA
from labelaudit.coefficients.brennan_prediger import BRENNAN_PREDIGER
from labelaudit.coefficients.cohen import COHEN_KAPPA
from labelaudit.coefficients.conger import CONGER_KAPPA
from labelaudit.coefficients.estimating import estimate_with
from labelaudit.coefficients.fleiss import FLEISS_KAPPA, SCOTT_PI
from labelaudit.coefficients.gwet import GWET_AC1, GWET_AC2
from labelaudit.coefficients.patterns import (
    FloatArray,
    IntArray,
    Patterns,
    from_counts,
    from_ratings,
    merge,
)
from labelaudit.coefficients.percent import PERCENT_AGREEMENT
from labelaudit.coefficients.ratings import Ratings, ratings
from labelaudit.coefficients.reading import LabelDistance, Spec, Values, Weights
from labelaudit.coefficients.record import Coefficient
from labelaudit.coefficients.resampling import UNITS, Resampling
from labelaudit.coefficients.undefined import REASONS, why_not

if TYPE_CHECKING:
    from labelaudit.model import Estimate, Scale

COEFFICIENTS: dict[str, Coefficient] = {
    coefficient.name: coefficient
    for coefficient in (
        PERCENT_AGREEMENT,
        COHEN_KAPPA,
        CONGER_KAPPA,
        FLEISS_KAPPA,
        SCOTT_PI,
        BRENNAN_PREDIGER,
        GWET_AC1,
        GWET_AC2,
        KRIPPENDORFF_ALPHA,
    )
}

__all__ = [
    "COEFFICIENTS",
    "REASONS",
    "UNITS",
    "Coefficient",
    "FloatArray",
    "IntArray",
    "LabelDistance",
    "Patterns",
    "Ratings",
    "Resampling",
    "Spec",
    "Values",
    "Weights",
    "estimate",
    "estimate_with",
    "from_counts",
    "from_ratings",
    "merge",
    "ratings",
    "why_not",
]


def estimate(
    name: str,
    data: Patterns | Ratings,
    scale: Scale,
    *,
    values: Values = None,
    weights: Weights = None,
    distance: LabelDistance = None,
    confidence: float = 0.95,
    resampling: Resampling = UNITS,
) -> Estimate:
    """How far do people agree, beyond chance, and how sure is that?

    value = 1 - observed / expected, both disagreements.

    Parameters
    ----------
    name
        A name of `COEFFICIENTS`.
    data
        P patterns over V labels, or the table of N ratings; Cohen's and Conger's kappa,
        clusters and annotators need the table.
    scale
        How labels are read; on the ordinal scale the codes are the order.
    values
        (V,) what stands behind the labels: numbers on interval and ratio scales, sets of
        members on the set scale.
    weights
        Agreement weights: a family (`linear`, `quadratic` ...) or a (V, V) matrix.
    distance
        A distance between labels: a name (`nominal`, `interval`, `ratio`, `jaccard`,
        `masi`), a (V, V) matrix, or a function of two labels' values.
    confidence
        Of the two-sided interval.
    resampling
        How the interval is made; the default is the delete-one-unit jackknife.

    Returns
    -------
    Estimate
        At most 1. `units` and `annotations` count the pairable ones. Where `undefined`
        holds a reason code the value is None; where `interval_undefined` holds one, the
        interval is, but `labelaudit.intervals.one_sided` may still give a bound from below.
        The interval is the delete-one-unit jackknife on log(1 - value) with a t quantile
        (`jackknife-log`), or the exact binomial bound on the share of disagreeing units
        where none disagreed (`exact-no-disagreement`), or of those with less disagreement
        where all had the same (`exact-all-alike`).

    Examples
    --------
    >>> units = [9, 3, 8, 2]  # how many units show each of four patterns
    >>> data = from_counts([[3, 0], [2, 1], [0, 3], [1, 2]], units)
    >>> result = estimate("krippendorff-alpha", data, "nominal")
    >>> round(result.value, 3), round(result.low, 3), round(result.high, 3)
    (0.7, 0.301, 0.872)

    """
    spec = Spec(scale, data.n_labels, values, weights, distance)
    return estimate_with(COEFFICIENTS[name], data, spec, resampling, confidence)
