"""Linearised (delta method) standard errors, in the forms that the literature prints.

All are sums of squared influences psi of the resampling units:

- delta: psi = -(dDo / De) + Do dDe / De^2, se^2 = U / (U-1) sum psi^2.
- delta-large-sample: the same without U / (U-1): Cohen's kappa (Fleiss, Cohen & Everitt
  1969, Psychological Bulletin 72, 323-327).
- gwet: pairable units enter with (U/U')(De - Do_u) / De and single-rated ones with 0, where
  U' of U units are pairable (Gwet 2008, British Journal of Mathematical and Statistical
  Psychology 61, 29-48). The same as delta where every unit is pairable, larger elsewhere.
- gwet-alpha: the delta method on alpha without its small-sample correction, as Gwet's R
  package prints it; the Python package of that name differs in the fourth decimal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray
    from labelaudit.coefficients.tally import FixedTally, Tally


def delta(tally: Tally) -> FloatArray | None:
    """(G,) psi, or None where the tally cannot be differentiated."""
    influence = tally.influence()
    if influence is None:
        return None
    observed, expected = tally.total()
    change_observed, change_expected = influence
    return np.asarray(-change_observed / expected + observed * change_expected / expected**2)


def delta_se(tally: Tally, *, large_sample: bool = False) -> float | None:
    """Return the delta-method standard error."""
    psi = delta(tally)
    if psi is None:
        return None
    units = float(tally.weights.sum())
    factor = 1.0 if large_sample else units / (units - 1)
    return float(np.sqrt(factor * (tally.weights @ psi**2)))
