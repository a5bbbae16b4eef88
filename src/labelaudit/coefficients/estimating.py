"""From labels to an estimate: the one road that every coefficient takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit import intervals
from labelaudit.coefficients.patterns import Patterns
from labelaudit.coefficients.reading import reading_of
from labelaudit.coefficients.resampling import tally_of
from labelaudit.coefficients.undefined import why_not
from labelaudit.intervals.bounds import exact_gap
from labelaudit.intervals.spread import TINY
from labelaudit.model import Estimate

if TYPE_CHECKING:
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.coefficients.reading import Spec
    from labelaudit.coefficients.record import Coefficient
    from labelaudit.coefficients.resampling import Resampling
    from labelaudit.coefficients.tally import Tally


def estimate_with(
    coefficient: Coefficient,
    data: Patterns | Ratings,
    spec: Spec,
    resampling: Resampling,
    confidence: float,
) -> Estimate:
    """Return value, parts, counts and interval of any coefficient, on the shelf or not."""
    blank = _counted(coefficient, data, spec, confidence)
    reason = why_not(coefficient, data, spec)
    if reason is not None:
        return _undefined(blank, reason)
    patterns = data if isinstance(data, Patterns) else data.patterns()
    usable = patterns if coefficient.single_rated else patterns.pairable()
    reading = reading_of(spec, coefficient.reads, np.unique(usable.codes))
    tally = tally_of(coefficient, data, reading, resampling)
    observed, expected = tally.total()
    if not expected > 0:
        return _undefined(replace(blank, observed=observed), "one-category")
    value = 1 - observed / expected
    known = replace(blank, value=value, observed=observed, expected=expected)
    return _exact(known, tally) if observed <= 0 else _jackknife(known, tally)


def _counted(
    coefficient: Coefficient, data: Patterns | Ratings, spec: Spec, confidence: float
) -> Estimate:
    patterns = data if isinstance(data, Patterns) else data.patterns()
    pairable = patterns.pairable()
    return Estimate(
        coefficient.name,
        spec.scale,
        confidence=confidence,
        units=int(pairable.units.sum()),
        annotations=int((pairable.units * pairable.sizes).sum()),
        annotators=None if isinstance(data, Patterns) else len(data.pairable().annotators()),
    )


def _undefined(blank: Estimate, reason: str) -> Estimate:
    return replace(blank, undefined=reason, interval_undefined=reason)


def _jackknife(known: Estimate, tally: Tally) -> Estimate:
    assert known.expected is not None
    observed, expected = tally.without()
    spent = expected <= TINY * known.expected
    without = 1 - observed / np.where(spent, np.nan, expected)
    spread = intervals.jackknife(without, tally.weights)
    if spread.se is None:
        return replace(known, interval_undefined=spread.undefined)
    df = spread.resampled - 1
    fitted = replace(known, se=spread.se, method=intervals.JACKKNIFE_LOG, df=df)
    return intervals.with_interval(fitted)


def _exact(known: Estimate, tally: Tally) -> Estimate:
    units = tally.effective_units()
    gap = exact_gap(tally.reach(), units, (1 - known.confidence) / 2)
    return replace(known, low=1 - gap, high=1.0, method=intervals.EXACT, df=units)
