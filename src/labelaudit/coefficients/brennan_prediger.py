"""Brennan-Prediger: chance is a uniform draw from the declared labels.

value = 1 - Do / De, De = mean of d over all q^2 pairs of declared labels; 1 - 1/q when
unweighted. Also known as Bennett's S and Randolph's free-marginal kappa. It depends on the
size q of the *declared* label set, so q comes from the question, never from a batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.distances import Nominal
from labelaudit.coefficients.record import Coefficient
from labelaudit.coefficients.unit_agreement import total_distance, unit_tally

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import Patterns
    from labelaudit.coefficients.reading import Reading
    from labelaudit.coefficients.tally import FixedTally


def tally(patterns: Patterns, reading: Reading) -> FixedTally:
    """Return the sums; the chance term is a constant of the label set."""
    q = reading.n_labels
    expected = total_distance(reading.distance or Nominal(), q) / q**2
    return unit_tally(patterns, reading, None, lambda units, _: np.full_like(units, expected))


BRENNAN_PREDIGER = Coefficient(
    name="brennan-prediger",
    title="How far do annotators agree beyond guessing among the declared labels?",
    source="Brennan & Prediger (1981), Educational and Psychological Measurement 41(3), "
    "687-699; Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 4 (weights)",
    tally=tally,
    chance_from_data=False,
    whole_domain=True,
)
