"""Percent agreement: how often do two people who saw the same unit say the same?

value = 1 - Do, with nothing taken off for chance (expected disagreement is 1). Range 0..1.
With weights a near miss counts in part. It is not comparable between questions: two labels
guessed at random agree half the time, ten a tenth of the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.record import Coefficient
from labelaudit.coefficients.unit_agreement import unit_tally

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import Patterns
    from labelaudit.coefficients.reading import Reading
    from labelaudit.coefficients.tally import FixedTally


def tally(patterns: Patterns, reading: Reading) -> FixedTally:
    """Sum the share of unequal ordered pairs of each unit with two labels or more."""
    return unit_tally(patterns, reading, None, lambda units, _: np.ones_like(units))


PERCENT_AGREEMENT = Coefficient(
    name="percent-agreement",
    title="How often do two annotators of the same unit give the same label?",
    source="Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2",
    tally=tally,
    chance_from_data=False,
    single_rated=False,
    unit_distance=True,
)
