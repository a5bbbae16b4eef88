"""From labels to an estimate: the one road that every coefficient takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.distances import Nominal
from labelaudit.coefficients.patterns import Patterns
from labelaudit.coefficients.reading import reading_of
from labelaudit.coefficients.resampling import tally_of
from labelaudit.coefficients.uncertainty import Question, with_uncertainty
from labelaudit.coefficients.undefined import why_not
from labelaudit.errors import UsageError
from labelaudit.intervals.spread import TINY
from labelaudit.model import Estimate

if TYPE_CHECKING:
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.coefficients.reading import Reading, Spec
    from labelaudit.coefficients.record import Coefficient
    from labelaudit.coefficients.resampling import Resampling


def estimate_with(
    coefficient: Coefficient,
    data: Patterns | Ratings,
    spec: Spec,
    resampling: Resampling,
    confidence: float,
) -> Estimate:
    """Return value, parts, counts and interval of any coefficient, on the shelf or not.

    Raises
    ------
    UsageError
        If clusters or annotators are to be resampled from patterns, which forget them.

    """
    if resampling.method == "linearised" and coefficient.published_se == "gwet":
        coefficient = replace(coefficient, single_rated=True)  # Gwet's n counts every unit
    if isinstance(data, Patterns) and (resampling.clusters is not None or resampling.annotators):
        raise UsageError("resampling", "clusters and annotators need the table of ratings")
    patterns = _patterns(data, resampling)
    pairable = patterns.pairable()
    blank = Estimate(
        coefficient.name,
        spec.scale,
        confidence=confidence,
        units=int(pairable.units.sum()),
        annotations=int((pairable.units * pairable.sizes).sum()),
        annotators=None if isinstance(data, Patterns) else len(data.pairable().annotators()),
    )
    reason = why_not(coefficient, data, spec, patterns)
    if reason is not None:
        return _undefined(blank, reason)
    used = patterns if coefficient.single_rated else pairable
    reading = reading_for(coefficient, used, spec)
    if coefficient.unit_distance and not _within_one(reading):
        return _undefined(blank, "weights-not-supported")
    by_units = coefficient.tally is not None and resampling.clusters is None
    tally = tally_of(coefficient, used if by_units else data, reading, resampling)
    observed, expected = tally.total()
    if not expected > 0:
        return _undefined(replace(blank, observed=observed), "one-category")
    value = 1 - observed / expected
    known = replace(blank, value=value, observed=observed, expected=expected)
    return with_uncertainty(
        known, tally, Question(coefficient, data, reading, resampling, pairable)
    )


def _patterns(data: Patterns | Ratings, resampling: Resampling) -> Patterns:
    if isinstance(data, Patterns):
        return data
    by_units = resampling.clusters is None
    return data.patterns() if by_units else data.unit_patterns()  # these are asked for anyway


def reading_for(coefficient: Coefficient, patterns: Patterns, spec: Spec) -> Reading:
    """Return how the coefficient reads these labels; nothing may speak against it."""
    usable = patterns if coefficient.single_rated else patterns.pairable()
    given = np.bincount(usable.codes, minlength=spec.n_labels) > 0
    seen = np.flatnonzero(given | coefficient.whole_domain)
    return reading_of(spec, coefficient.reads, seen)


def _within_one(reading: Reading) -> bool:
    if reading.distance is None or isinstance(reading.distance, Nominal):
        return True
    return reading.distance.widest(np.ones(reading.n_labels)) <= 1 + TINY


def _undefined(blank: Estimate, reason: str) -> Estimate:
    return replace(blank, undefined=reason, interval_undefined=reason)
