"""Linearised (delta method) standard errors, in the forms that the literature prints.

All are sums of squared influences psi of the U resampling units:

- delta: psi = -(dDo / De) + Do dDe / De^2, se^2 = U / (U-1) sum psi^2.
- delta-large-sample: the same without U / (U-1): Cohen's kappa (Fleiss, Cohen & Everitt
  1969, Psychological Bulletin 72, 323-327).
- gwet: pairable units enter with (U/U')(De - Do_u) / De and single-rated ones with 0, where
  U' of U units are pairable (Gwet 2008, British Journal of Mathematical and Statistical
  Psychology 61, 29-48). The same as delta where every unit is pairable, larger elsewhere.
- gwet-alpha: delta on alpha without its small-sample correction, as the R package irrCAC
  prints it for raw labels. Its function for tables of counts prints another number: it
  moves the chance term once where the derivative moves it twice. The Python package of that
  name differs in the fourth decimal when labels are missing: it puts the corrected agreement
  where R has the uncorrected one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.tally import FixedTally

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray
    from labelaudit.coefficients.record import PublishedSe
    from labelaudit.coefficients.tally import Parts, Tally


def linearised_se(tally: Tally, form: PublishedSe) -> float | None:
    """Return the standard error, or None where the tally cannot be differentiated."""
    if form == "gwet-alpha" and isinstance(tally, FixedTally):
        tally = replace(tally, parts=uncorrected)
    influence = tally.influence()
    if influence is None:
        return None
    psi = _gwet(tally, influence) if form == "gwet" else _delta(tally, influence)
    units = float(tally.weights.sum())
    factor = 1.0 if form == "delta-large-sample" else units / (units - 1)
    return float(np.sqrt(factor * (tally.weights @ psi**2)))


def _delta(tally: Tally, influence: Parts) -> FloatArray:
    observed, expected = tally.total()
    return np.asarray(-influence[0] / expected + observed * influence[1] / expected**2)


def _gwet(tally: Tally, influence: Parts) -> FloatArray:
    observed, expected = tally.total()
    pairable, unequal = tally.disagreement
    units = float(tally.weights.sum())
    scale = units / float(tally.weights @ pairable)
    own = scale * (pairable - unequal / expected) - (1 - observed / expected)
    return np.asarray(own / units + observed * influence[1] / expected**2)


def uncorrected(n: FloatArray, scalars: FloatArray, spread: FloatArray) -> Parts:
    """Return the parts of alpha without its small-sample correction."""
    return scalars[..., 0] / n, spread / n**2
