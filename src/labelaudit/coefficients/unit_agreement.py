"""The observed part that percent agreement, pi, kappa and AC1 share: the mean unit.

Do = mean over units with m >= 2 of x'Dx / (m (m-1)). Their chance terms look at all units
with a label, single-rated ones included, each unit counting once: S = sum of x / m.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.distances import Distance, Nominal, Rows
from labelaudit.coefficients.tally import FixedTally, Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.coefficients.patterns import FloatArray, IntArray, Patterns
    from labelaudit.coefficients.reading import Reading


def unit_tally(
    patterns: Patterns,
    reading: Reading,
    chance: Distance | None,
    expected: Callable[[FloatArray, FloatArray], FloatArray],
) -> FixedTally:
    """Return the tally of a coefficient with this observed part.

    Parameters
    ----------
    patterns
        Units with at least one label.
    reading
        Its distance is that of the observed part.
    chance
        D of S'DS, or None where the chance term does not depend on the data.
    expected
        (number of units, S'DS) -> expected disagreement.

    """
    distance = reading.distance or Nominal()
    rows = count_rows(patterns)
    m = patterns.sizes.astype(np.float64)
    pairs = np.where(m > 1, m * (m - 1), 1.0)
    unequal = distance.within(rows) / pairs
    shares = Rows(rows.starts, rows.codes, rows.amounts / m[rows.row_of], rows.n_labels)

    def parts(pairable: FloatArray, scalars: FloatArray, spread: FloatArray) -> Parts:
        return scalars[..., 0] / pairable, expected(scalars[..., 1], spread)

    return FixedTally(
        sizes=(m > 1).astype(np.float64),
        scalars=np.stack([unequal, np.ones(len(m))], axis=1),
        rows=shares,
        weights=patterns.units.astype(np.float64),
        chance=chance,
        parts=parts,
        widest=distance.widest,
        graded=is_graded(distance, patterns.codes),
    )


def count_rows(patterns: Patterns) -> Rows:
    """Return the label counts of each pattern as rows."""
    counts = patterns.counts.astype(np.float64)
    return Rows(patterns.starts, patterns.codes, counts, patterns.n_labels)


def is_graded(distance: Distance, codes: IntArray) -> bool:
    """Return whether disagreements differ in size: not if nominal, nor between two labels."""
    return not isinstance(distance, Nominal) and len(np.unique(codes)) > 2


def total_distance(distance: Distance, n_labels: int) -> float:
    """Return the sum of d over all ordered pairs of declared labels."""
    return float(distance.against(np.ones(n_labels)).sum())
