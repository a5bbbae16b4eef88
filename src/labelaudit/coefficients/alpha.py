"""Krippendorff's alpha: agreement beyond chance, for any number of annotators and gaps.

alpha = 1 - Do / De, Do = O / n with O = sum over units of x'Dx / (m-1), De = E / (n (n-1))
with E = n_c' D n_c, over the labels of units that have at least two. Single-rated units
enter neither part. Its chance term draws without replacement, so its pe differs slightly
from that of Fleiss' kappa on the same data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import ordinal
from labelaudit.coefficients.record import Coefficient
from labelaudit.coefficients.tally import FixedTally, Parts, Tally
from labelaudit.coefficients.unit_agreement import count_rows, is_graded
from labelaudit.dots import dot

if TYPE_CHECKING:
    from labelaudit.coefficients.distances import Distance
    from labelaudit.coefficients.patterns import FloatArray, Patterns
    from labelaudit.coefficients.reading import Reading


def tally(patterns: Patterns, reading: Reading) -> Tally:
    """Return the sums: the ordinal distance moves with the data, any other is fixed."""
    if reading.distance is None:
        return ordinal.tally(patterns)
    return fixed_tally(patterns, reading.distance)


def fixed_tally(patterns: Patterns, distance: Distance) -> FixedTally:
    """Return the sums of pairable patterns for a distance that the data do not move."""
    rows = count_rows(patterns)
    m = patterns.sizes.astype(np.float64)
    weights = patterns.units.astype(np.float64)
    n = float(dot(weights, m))
    return FixedTally(
        sizes=m,
        scalars=(distance.within(rows) / (m - 1))[:, None],
        rows=rows,
        weights=weights,
        chance=distance,
        parts=_parts,
        widest=distance.widest,
        correction=(n - 1) / n,
        graded=is_graded(distance, patterns.codes),
    )


def _parts(n: FloatArray, scalars: FloatArray, spread: FloatArray) -> Parts:
    return scalars[..., 0] / n, spread / (n * (n - 1))


KRIPPENDORFF_ALPHA = Coefficient(
    name="krippendorff-alpha",
    title="How far do labels of the same unit agree beyond what chance gives?",
    source="Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; "
    "Krippendorff (2004), Content Analysis, 2nd ed., ch. 11",
    tally=tally,
    reads="scale",
    single_rated=False,
    published_se="gwet-alpha",
)
