"""Fleiss' kappa and Scott's pi: chance is two draws from the pooled labels.

value = 1 - Do / De, De = pi' D pi, pi_c = mean over units of x_c / m. Single-rated units
count in pi. Range (-1, 1]; undefined when only one label was given. Both fall with the
prevalence of a label though annotators do not change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.coefficients.distances import Nominal
from labelaudit.coefficients.record import Coefficient
from labelaudit.coefficients.unit_agreement import unit_tally

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, Patterns
    from labelaudit.coefficients.reading import Reading
    from labelaudit.coefficients.tally import FixedTally


def tally(patterns: Patterns, reading: Reading) -> FixedTally:
    """Return the sums; the chance term is S'DS over the squared number of units."""
    return unit_tally(patterns, reading, reading.distance or Nominal(), _expected)


def _expected(units: FloatArray, spread: FloatArray) -> FloatArray:
    return spread / units**2


FLEISS_KAPPA = Coefficient(
    name="fleiss-kappa",
    title="How far do any number of annotators agree beyond pooled chance?",
    source="Fleiss (1971), Psychological Bulletin 76(5), 378-382, eq. 7; unequal numbers of "
    "labels as in Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2",
    tally=tally,
)

SCOTT_PI = Coefficient(
    name="scott-pi",
    title="How far do two annotators agree beyond chance, if both share one distribution?",
    source="Scott (1955), Public Opinion Quarterly 19(3), 321-325",
    tally=tally,
    annotators="two",
)
