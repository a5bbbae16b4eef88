"""An upper bound where all units disagree in the same measure: the jackknife then sees no spread.

Of n units with m labels each, every one shows the same disagreement d > 0. If a share q of
all such units disagreed less, none would be seen with probability (1 - q)^n, so with
confidence 1 - a the share is at most g = 1 - a^(1/n), and

    observed >= (1 - g) d,   expected <= 1 - 1/V,   value <= 1 - (1 - g) d V / (V - 1):

a chance term made of V labels is largest where they are balanced. That holds for every
share of every label, so nothing is estimated but q. The other end is the least value that
there can be: -1 / (m - 1), since units cannot disagree more than by giving each label evenly.

Where disagreements differ in size no such bound exists: a far label that was not seen yet
can carry the chance term, and with it the value, anywhere below 1.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from labelaudit.coefficients.distances import Nominal
from labelaudit.coefficients.trust import MIN_UNITS
from labelaudit.intervals.bounds import ALIKE, exact_gap

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import Patterns
    from labelaudit.coefficients.reading import Reading
    from labelaudit.model import Estimate

_BY_MARGINS = ("krippendorff-alpha", "fleiss-kappa", "scott-pi")


def bounded(known: Estimate, patterns: Patterns, reading: Reading) -> Estimate | None:
    """Return the estimate with its exact bound, or None where none is justified.

    Parameters
    ----------
    known
        Value, parts and counts; every unit shows the same disagreement.
    patterns
        All units with a label, those with one label included.
    reading
        Its number of labels is the domain's.

    References
    ----------
    Clopper & Pearson (1934), The use of confidence or fiducial limits, for no case in n.

    """
    sizes = {*patterns.pairable().sizes.tolist()}
    ends = _ends(known.coefficient, reading.n_labels, max(sizes, default=2))
    single = (patterns.sizes < 2).any() and known.coefficient in _BY_MARGINS[1:]
    nominal = isinstance(reading.distance, Nominal)
    if ends is None or single or not nominal or len(sizes) != 1 or known.units < MIN_UNITS:
        return None
    assert known.observed is not None
    least, chance = ends
    seen = 1 - exact_gap(1.0, known.units, (1 - known.confidence) / 2)
    high = 1 - seen * known.observed / chance
    return replace(known, low=least, high=high, method=ALIKE, df=float(known.units))


def _ends(coefficient: str, labels: int, size: int) -> tuple[float, float] | None:
    """Return the least value there can be, and the largest chance term."""
    balanced = 1 - 1 / labels
    if coefficient in _BY_MARGINS:
        return -1 / (size - 1), balanced
    constant = {"percent-agreement": 1.0, "brennan-prediger": balanced}
    chance = constant.get(coefficient)
    return None if chance is None else (1 - 1 / chance, chance)
