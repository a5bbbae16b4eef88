"""When can an interval be trusted? The rule, derived from `bench/coverage.py`.

- *Too few units.* Under 5 units with two labels nothing was simulated and nothing is shown.
- *Too little disagreement.* Kappas and alpha divide by a chance term made of the labels
  given. Where one label dominates, or a rare one lies far from the others, that term hangs
  on a few units, and every interval built on them ends too low: two-sided coverage falls to
  0.5. The chance term is a mean of w_c, the distance of label c from the middle of all; its
  effective number of units is U (sum p w)^2 / sum p w^2, which for two labels with shares p
  and q is U p q / (1 - 3 p q): U where they are balanced, an eighth of U at 90/10. From 8 on,
  coverage is 0.90 or better on every scale.
- *Graded disagreement.* On ordinal, interval and ratio scales, and with any distance of more
  than one size, the largest disagreements may not have been seen yet. The t quantile then has
  as many degrees of freedom as there are effective disagreements (Kish), less one.

The bound from below never needs the second rule: a rare label makes it more cautious, not
less. So a withheld interval keeps its standard error, and a gate can still pass on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.patterns import add_up
from labelaudit.coefficients.tally import kish

if TYPE_CHECKING:
    from labelaudit.coefficients.distances import Distance
    from labelaudit.coefficients.patterns import Patterns
    from labelaudit.coefficients.record import Coefficient
    from labelaudit.coefficients.tally import Tally

MIN_UNITS = 5
"""Pairable units under which no interval is shown."""
MIN_EFFECTIVE_UNITS = 8.0
"""Effective units behind a chance term under which no interval is shown."""


def withheld(coefficient: Coefficient, pairable: Patterns, distance: Distance) -> str | None:
    """Return the reason code why a two-sided interval is not shown, or None."""
    units = int(pairable.units.sum())
    if units < MIN_UNITS:
        return "too-few-units"
    if not coefficient.chance_from_data:
        return None
    if effective_units(pairable, distance) >= MIN_EFFECTIVE_UNITS:
        return None
    return "too-few-units" if units < 2 * MIN_EFFECTIVE_UNITS else "too-little-disagreement"


def effective_units(pairable: Patterns, distance: Distance) -> float:
    """Return U (sum p w)^2 / sum p w^2, with w = Dp - p'Dp / 2 and p the mean unit's shares.

    Examples
    --------
    >>> from labelaudit.coefficients import from_counts
    >>> from labelaudit.coefficients.distances import Nominal
    >>> round(effective_units(from_counts([[2, 0], [0, 2]], [90, 10]), Nominal()), 1)
    12.3

    """
    shares = pairable.counts / np.repeat(pairable.sizes, pairable.lengths) * pairable.cell_units
    p = add_up(pairable.codes, shares, pairable.n_labels) / pairable.units.sum()
    seen = p > 0
    toward = distance.against(p)[seen]
    p = p[seen]
    apart = np.maximum(toward - p @ toward / 2, 0.0)
    square = p @ apart**2
    return float(pairable.units.sum() * (p @ apart) ** 2 / square) if square > 0 else 0.0


def degrees_of_freedom(tally: Tally) -> float:
    """Return U' - 1 for the U' resampling units that disagreement was looked for in.

    With graded disagreement it is at most the effective number of disagreements less one,
    and at least 1.
    """
    sizes, disagreement = tally.disagreement
    units = float(tally.weights[sizes > 0].sum())
    if not tally.graded:
        return units - 1
    return min(units - 1, max(1.0, kish(disagreement, tally.weights) - 1))
