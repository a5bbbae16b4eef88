"""What an interval resamples: units, clusters of units, or units and annotators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit.coefficients.patterns import Patterns

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.coefficients.reading import Reading
    from labelaudit.coefficients.record import Coefficient
    from labelaudit.coefficients.tally import Parts, Tally

Method = Literal["jackknife-log", "jackknife-fisher-z", "linearised", "bootstrap-percentile"]


@dataclass(frozen=True, slots=True, eq=False)
class Resampling:
    """How an interval is made.

    Attributes
    ----------
    method
        `jackknife-log` (the default everywhere), `jackknife-fisher-z`, `linearised` (the
        published standard error, on the plain scale) or `bootstrap-percentile`.
    clusters
        (code of unit -> code of cluster) when whole documents, sessions or groups of
        annotators are the resampling units.
    annotators
        Whether annotators are resampled as well, for a claim about a vendor rather than
        about the people who did this batch.
    seed
        Of the bootstrap, which has no default seed.
    replicates
        Of the bootstrap.

    """

    method: Method = "jackknife-log"
    clusters: IntArray | None = None
    annotators: bool = False
    seed: int | None = None
    replicates: int = 1_000

    @property
    def label(self) -> str:
        """Return the method with its resampling units, as an estimate states it."""
        units = "" if self.clusters is None else "-clusters"
        return self.method + units + ("-annotators" if self.annotators else "")


UNITS = Resampling()


def tally_of(
    coefficient: Coefficient, data: Patterns | Ratings, reading: Reading, resampling: Resampling
) -> Tally:
    """Return the tally whose rows are the resampling units."""
    clusters = resampling.clusters
    if isinstance(data, Patterns):
        return _pattern_tally(coefficient, data, reading)
    if coefficient.pair_tally is not None:
        tally = coefficient.pair_tally(data, reading, by_unit=clusters is not None)
        return tally if clusters is None else tally.grouped(_codes(coefficient, data, clusters))
    if clusters is None:
        return _pattern_tally(coefficient, data.patterns(), reading)
    tally = _pattern_tally(coefficient, data.unit_patterns(), reading)
    return tally.grouped(_codes(coefficient, data, clusters))


def _pattern_tally(coefficient: Coefficient, patterns: Patterns, reading: Reading) -> Tally:
    assert coefficient.tally is not None
    usable = patterns if coefficient.single_rated else patterns.pairable()
    return coefficient.tally(usable, reading)


def _codes(coefficient: Coefficient, ratings: Ratings, clusters: IntArray) -> IntArray:
    """(rows of the tally) the cluster of each unit that the coefficient uses, from 0."""
    return np.unique(clusters[used_units(coefficient, ratings)], return_inverse=True)[1]


def used_units(coefficient: Coefficient, ratings: Ratings) -> IntArray:
    """Return the codes of the units that enter the coefficient, ascending."""
    units, labels = np.unique(ratings.unit, return_counts=True)
    return units if coefficient.single_rated else units[labels >= 2]


def value_of(parts: Parts) -> FloatArray:
    """Return 1 - observed / expected, NaN where nothing or one category remains."""
    observed, expected = parts
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)
