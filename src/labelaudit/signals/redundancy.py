"""Were the easy units chosen to be labelled more than once?

Agreement is measured where several people answered. A vendor that doubles easy units shows
an agreement that the rest of the batch does not have.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.tails import z_quantile
from labelaudit.signals.ranks import rank_sum

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray

_STRATA = 10
_MIN_IN_STRATUM = 5


@dataclass(frozen=True, slots=True)
class SelectiveRedundancy:
    """Whether units labelled several times are easier than the others.

    Attributes
    ----------
    easier
        The deviation: `effect` is the chance that a unit labelled once is harder than one
        labelled several times (0.5 is even-handed); p one-sided.
    inflation
        By how much percent agreement on the units labelled several times lies above what it
        would be at the difficulty of all units: `effect` with its interval. No p.
    several, once
        How many units of each kind have a difficulty.

    """

    easier: Deviation
    inflation: Deviation
    several: int
    once: int


def selective_redundancy(
    difficulty: FloatArray, several: npt.NDArray[np.bool_], agreement: FloatArray
) -> SelectiveRedundancy:
    """Are multiply labelled units easier than the others, and what does agreement gain by it?

    A rank sum of a difficulty that is known for every unit, whoever labelled it: a model's
    uncertainty, the time the first answer took, the length of the text. The inflation is
    the mean agreement less the mean over ten strata of equal size, each with the agreement
    of its own multiply labelled units. A noisy proxy of difficulty shows only part of it:
    read it as "at least".

    Parameters
    ----------
    difficulty
        (U,) higher is harder; NaN where it is not known.
    several
        (U,) whether the unit was labelled by two people or more.
    agreement
        (U,) share of pairs of its labels that agree; only read where `several`.

    Returns
    -------
    SelectiveRedundancy
        Not testable: `no-difficulty`, `too-few-units` (under 10 of a kind), `zero-variance`.

    References
    ----------
    Mann & Whitney (1947), Annals of Mathematical Statistics 18, 50-60; post-stratification:
    Holt & Smith (1979), JRSS A 142, 33-46.

    Examples
    --------
    >>> hard = np.arange(200) / 200
    >>> twice = (np.arange(200) % 2 == 0) & (hard < 0.8)
    >>> found = selective_redundancy(hard, twice, 1 - hard / 2)
    >>> round(found.easier.effect, 2), round(found.inflation.effect, 2)
    (0.67, 0.03)

    """
    known = ~np.isnan(difficulty)
    hard, doubled, agrees = difficulty[known], several[known], agreement[known]
    many = int(doubled.sum())
    if len(hard) == 0:
        missing = not_testable("no-difficulty", "a measure of how hard each item is")
        return SelectiveRedundancy(missing, missing, 0, 0)
    needs = "10 units labelled once and 10 labelled several times, with a known difficulty"
    easier = rank_sum(hard[~doubled], hard[doubled], needs)
    inflation = _inflation(hard, doubled, agrees)
    return SelectiveRedundancy(easier, inflation, many, len(hard) - many)


def _inflation(hard: FloatArray, doubled: npt.NDArray[np.bool_], agrees: FloatArray) -> Deviation:
    """Compare the agreement as it is with the one at the difficulty of all units."""
    stratum = np.searchsorted(np.quantile(hard, np.arange(1, _STRATA) / _STRATA), hard, "left")
    many = np.bincount(stratum[doubled], minlength=_STRATA)
    have = np.flatnonzero(many >= _MIN_IN_STRATUM)
    if len(have) == 0:
        return not_testable("too-few-units", f"{_MIN_IN_STRATUM} doubled units of a difficulty")
    total = np.bincount(stratum[doubled], agrees[doubled], _STRATA)[have]
    squares = np.bincount(stratum[doubled], agrees[doubled] ** 2, _STRATA)[have]
    mean = total / many[have]
    variance = np.maximum(squares / many[have] - mean**2, 0) / (many[have] - 1)
    share = np.bincount(stratum, minlength=_STRATA) / len(hard)
    weight = many[have] / many[have].sum() - share @ _filled(have)
    effect, se = float(weight @ mean), math.sqrt(float(weight**2 @ variance))
    return Deviation(effect, effect - z_quantile() * se, effect + z_quantile() * se)


def _filled(have: npt.NDArray[np.int64]) -> FloatArray:
    """(S, H) the weights by which the strata without units borrow from their neighbours."""
    every = np.arange(_STRATA)
    rows = [np.interp(every, have, row) for row in np.eye(len(have))]
    return np.asarray(np.column_stack(rows))
