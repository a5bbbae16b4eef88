"""Gwet's AC1 and AC2: chance is a guess on the units that are hard to label.

value = 1 - Do / De, De = 1 - T / (q (q-1)) sum_c pi_c (1 - pi_c), with T the sum of all
agreement weights w = 1 - d and q the size of the *declared* label set (AC1: T = q).
Single-rated units count in pi. It stays high when one label dominates, where kappas fall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.coefficients.distances import Nominal
from labelaudit.coefficients.record import Coefficient
from labelaudit.coefficients.unit_agreement import total_distance, unit_tally

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, Patterns
    from labelaudit.coefficients.reading import Reading
    from labelaudit.coefficients.tally import FixedTally


def tally(patterns: Patterns, reading: Reading) -> FixedTally:
    """Return the sums; the nominal spread S'S of all units gives sum pi (1 - pi)."""
    q = reading.n_labels
    agreement = q**2 - total_distance(reading.distance or Nominal(), q)
    share = agreement / (q * (q - 1))

    def expected(units: FloatArray, spread: FloatArray) -> FloatArray:
        return 1 - share * spread / units**2

    return unit_tally(patterns, reading, Nominal(), expected)


GWET_AC1 = Coefficient(
    name="gwet-ac1",
    title="How far do annotators agree beyond guesses on hard units?",
    source="Gwet (2008), British Journal of Mathematical and Statistical Psychology 61(1), "
    "29-48, eq. 10",
    tally=tally,
    chance_from_data=False,
    whole_domain=True,
    weighted=False,
)

GWET_AC2 = Coefficient(
    name="gwet-ac2",
    title="The same, with near misses counted in part by weights",
    source="Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 4",
    tally=tally,
    chance_from_data=False,
    whole_domain=True,
    reads="scale-weights",
    unit_distance=True,
)
