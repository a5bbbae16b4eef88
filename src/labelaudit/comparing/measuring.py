"""The same measures before and after, on the same units, and the paired difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from labelaudit.coefficients import COEFFICIENTS, Spec, estimate_with
from labelaudit.coefficients.resampling import UNITS
from labelaudit.coefficients.undefined import DISCONNECTED
from labelaudit.comparing.rows import NONE
from labelaudit.comparisons import (
    Comparison,
    compare,
    compare_paired,
    compare_paired_shares,
)
from labelaudit.intervals import gold_accuracy
from labelaudit.model import Estimate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients import Coefficient, IntArray, Ratings
    from labelaudit.comparing.rows import Rows

ALPHA = "krippendorff-alpha"
GOLD = "gold-accuracy"
CONFIDENCE = 0.95
_NO_ORDER = "order-not-given"


class Paired(NamedTuple):
    """A measure of two sides, how many units enter on both, and first - second."""

    units: int
    first: Estimate
    second: Estimate
    result: Comparison


def agreement_of(first: Rows, second: Rows, coefficient: str = ALPHA) -> Paired:
    """Compare agreement of two sides; a unit that only one side labeled is in that side alone."""
    spec = Spec(first.scale, max(len(first.labels), 1), first.values, linked=True)
    one, other = (side.ratings().pairable() for side in (first, second))
    used = COEFFICIENTS[coefficient]
    estimates = [
        _estimate(used, side, spec, rows) for side, rows in ((one, first), (other, second))
    ]
    shared = len(np.intersect1d(one.units(), other.units()))
    undefined = [found.undefined for found in estimates if found.value is None]
    if undefined:
        result = Comparison(None, undefined=undefined[0])
    else:
        result = compare_paired(used, one, other, spec, CONFIDENCE)
    return Paired(shared, estimates[0], estimates[1], result)


def _estimate(used: Coefficient, side: Ratings, spec: Spec, rows: Rows) -> Estimate:
    unordered = rows.scale == "ordinal" and not rows.question.labels
    reason = _NO_ORDER if unordered else DISCONNECTED if rows.apart() else None
    if reason:
        return Estimate(used.name, rows.scale, undefined=reason, interval_undefined=reason)
    return estimate_with(used, side, spec, UNITS, CONFIDENCE)


def unpaired(first: Rows, second: Rows, coefficient: str = ALPHA) -> Iterator[Paired]:
    """Yield agreement and accuracy on gold of two sides that share no unit."""
    spec = Spec(first.scale, max(len(first.labels), 1), first.values, linked=True)
    sides = [
        _estimate(COEFFICIENTS[coefficient], rows.ratings().pairable(), spec, rows)
        for rows in (first, second)
    ]
    yield Paired(sides[0].units, sides[0], sides[1], compare(*sides))
    known = _accuracy(first), _accuracy(second)
    units = int(first.select(first.gold[first.unit] != NONE).present().sum())
    yield Paired(units, *known, compare(*known))


def gold_of(first: Rows, second: Rows) -> Paired:
    """Compare accuracy on gold of two sides, on the units whose gold is known."""
    one, other = _by_unit(first), _by_unit(second)
    shared = int(((one[1] > 0) & (other[1] > 0)).sum())
    result = compare_paired_shares(one, other, CONFIDENCE)
    return Paired(shared, _accuracy(first), _accuracy(second), result)


def _by_unit(rows: Rows) -> tuple[IntArray, IntArray]:
    """(I,), (I,) right answers and answers on each unit whose gold is known."""
    units, asked = len(rows.gold), rows.gold[rows.unit] != NONE
    right = asked & (rows.label == rows.gold[rows.unit])
    return (
        np.bincount(rows.unit[right], minlength=units),
        np.bincount(rows.unit[asked], minlength=units),
    )


def _accuracy(rows: Rows) -> Estimate:
    asked = rows.gold[rows.unit] != NONE
    right = asked & (rows.label == rows.gold[rows.unit])
    people = int(rows.annotator.max(initial=0)) + 1
    return gold_accuracy(
        np.bincount(rows.annotator[right], minlength=people),
        np.bincount(rows.annotator[asked], minlength=people),
    )
