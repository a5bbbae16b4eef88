"""When can an interval be trusted? The rule, derived from `bench/coverage.py`.

- *Too few units.* Fewer than 5 units with two labels: coverage was not under 0.90 in every
  setting simulated, but nothing is promised there.
- *Too little disagreement.* Kappas and alpha divide by a chance term made of the labels
  given. Where one label dominates, that term hangs on a few units, and every interval built
  on them is too short from above (two-sided coverage down to 0.5). With at least 5 units'
  worth of labels other than the commonest, coverage is 0.90 or better.
- *Graded disagreement.* On ordinal, interval and ratio scales, and with any distance of more
  than one size, the largest disagreements may not have been seen yet. The t quantile then has
  as many degrees of freedom as there are effective disagreements (Kish), less one.

The bound from below never needs the second rule: a rare label makes it more cautious, not
less. So a withheld interval keeps its standard error, and a gate can still pass on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.tally import kish

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import Patterns
    from labelaudit.coefficients.record import Coefficient
    from labelaudit.coefficients.tally import Tally

MIN_UNITS = 5
"""Pairable units under which no interval is shown."""
MIN_MINORITY = 5.0
"""Units' worth of labels other than the commonest under which no interval is shown."""


def withheld(coefficient: Coefficient, pairable: Patterns) -> str | None:
    """Return the reason code why a two-sided interval is not shown, or None."""
    units = int(pairable.units.sum())
    if units < MIN_UNITS:
        return "too-few-units"
    if not coefficient.chance_from_data or minority_units(pairable) >= MIN_MINORITY:
        return None
    return "too-few-units" if units < 2 * MIN_MINORITY else "too-little-disagreement"


def minority_units(pairable: Patterns) -> float:
    """Return the sum over units of the share of their labels that is not the commonest."""
    shares = pairable.counts / np.repeat(pairable.sizes, pairable.lengths)
    commonest = int(pairable.label_counts().argmax())
    other = pairable.codes != commonest
    return float((shares * pairable.cell_units)[other].sum())


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
