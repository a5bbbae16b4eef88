"""From a value to its interval, by the method and the resampling units that were asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit import intervals
from labelaudit.coefficients import alike, ordinal, trust
from labelaudit.coefficients.annotators import without_annotators
from labelaudit.coefficients.bootstrapping import bootstrap
from labelaudit.coefficients.linearised import linearised_se
from labelaudit.coefficients.patterns import Patterns
from labelaudit.coefficients.ratings import Ratings
from labelaudit.coefficients.resampling import value_of
from labelaudit.coefficients.tally import kish
from labelaudit.intervals.bounds import exact_gap
from labelaudit.intervals.spread import TINY, Spread, add_spreads

if TYPE_CHECKING:
    from labelaudit.coefficients.reading import Reading
    from labelaudit.coefficients.record import Coefficient
    from labelaudit.coefficients.resampling import Resampling
    from labelaudit.coefficients.tally import Tally
    from labelaudit.model import Estimate


ROUNDING = 1e-18
"""Share of expected disagreement under which nobody disagreed (squares of rounding errors)."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What was asked, for the methods that must look at the data again."""

    coefficient: Coefficient
    data: Patterns | Ratings
    reading: Reading
    resampling: Resampling
    pairable: Patterns


def with_uncertainty(known: Estimate, tally: Tally, asked: Question) -> Estimate:
    """Return the estimate with its interval, or with the reason for having none."""
    assert known.observed is not None
    assert known.expected is not None
    if known.observed <= ROUNDING * known.expected:
        return _exact(replace(known, value=1.0, observed=0.0), tally)
    if asked.resampling.method == "bootstrap-percentile":
        return _percentiles(known, tally, asked)
    spread = _spread(known, tally, asked)
    if spread.se is None:
        bounded = _alike(known, asked) if spread.undefined == "zero-variance" else None
        return bounded or replace(known, interval_undefined=spread.undefined)
    method = asked.resampling.label
    fitted = replace(known, se=spread.se, df=spread.df, method=method)
    return _shown(fitted, asked)


def _withheld(asked: Question) -> str | None:
    distance = asked.reading.distance or ordinal.distance_of(asked.pairable)
    return trust.withheld(asked.coefficient, asked.pairable, distance)


def _shown(fitted: Estimate, asked: Question) -> Estimate:
    reason = _withheld(asked)
    if reason is not None:
        return replace(fitted, interval_undefined=reason)
    made = intervals.with_interval(fitted)
    return made if made.low is not None else replace(fitted, interval_undefined="below-fisher-z")


def _exact(known: Estimate, tally: Tally) -> Estimate:
    units = kish(tally.disagreement[0], tally.weights)
    gap = exact_gap(tally.reach(), units, (1 - known.confidence) / 2)
    return replace(known, low=1 - gap, high=1.0, method=intervals.EXACT, df=units)


def _alike(known: Estimate, asked: Question) -> Estimate | None:
    """Return the exact bound where all units are alike; clusters of them it does not know."""
    if asked.resampling.clusters is not None or asked.resampling.annotators:
        return None
    data = asked.data
    patterns = data if isinstance(data, Patterns) else data.patterns()
    return alike.bounded(known, patterns, asked.reading)


def _spread(known: Estimate, tally: Tally, asked: Question) -> Spread:
    if asked.resampling.method == "linearised":
        se = linearised_se(tally, asked.coefficient.published_se)
        return Spread(float(tally.weights.sum()) - 1, se, None if se else "not-linearised")
    spread = jackknife_of(tally)
    if spread.se is None or not asked.resampling.annotators:
        return spread
    assert isinstance(asked.data, Ratings)
    people = without_annotators(asked.coefficient, asked.data, asked.reading)
    return add_spreads(spread, intervals.jackknife(people, np.ones(len(people))))


def jackknife_of(tally: Tally) -> Spread:
    """Return the delete-one jackknife over the tally's resampling units."""
    _, whole = tally.total()
    observed, expected = tally.without()
    left = np.where(expected > TINY * whole, expected, np.nan)
    spread = intervals.jackknife(value_of((observed, left)), tally.weights)
    return replace(spread, df=trust.degrees_of_freedom(tally)) if spread.se else spread


def _percentiles(known: Estimate, tally: Tally, asked: Question) -> Estimate:
    resampling = asked.resampling
    values = bootstrap(tally, resampling.replicates, resampling.seed)
    defined = values[np.isfinite(values)]
    reason = _withheld(asked)
    if reason is not None or len(defined) < 2:
        return replace(known, interval_undefined=reason or "too-little-disagreement")
    tail = (1 - known.confidence) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    se = float(defined.std(ddof=1))
    return replace(known, low=float(low), high=float(high), se=se, method=resampling.label)
