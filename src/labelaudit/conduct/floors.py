"""From which effects on somebody's work counts as unlike the rest, and where answers compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPARABLE = ("nominal", "ordinal", "preference", "set")
"""Scales on which two answers are the same or not: on others near answers would differ."""
MAX_LABELS = 1_000


@dataclass(frozen=True, slots=True)
class Floors:
    """From which effect on a person counts as unlike the rest, and how many may be named so.

    Attributes
    ----------
    difference
        Chance-corrected agreement, or competence, under that of the others.
    pace
        Time for an answer as a fraction of the others' on the same units.
    drop
        Agreement in the first half of the work less that in the second.
    units
        Units shared with others below which agreement is not compared.
    false_discovery
        Share of the people named who may be like the rest.
    entropy
        One-sidedness: entropy of a person's labels as a fraction of the others'.
    gain
        How much more the answer before tells than the unit, as a chance.
    gold_gap
        Right on gold less agreement elsewhere, beyond the usual gap.
    shortfall
        How far below the accuracy asked for somebody must be caught by the gold there is.
    window_s, answer_s, day_s
        The window of throughput, the shortest answer, the longest day.
    overlap
        Share of answers begun before the one before has ended.
    confusion
        How much more often than usual one label is given for another.
    accuracy
        The accuracy on gold that is asked for, by question; others are not asked.

    """

    difference: float = 0.10
    pace: float = 0.5
    drop: float = 0.08
    units: int = 10
    false_discovery: float = 0.10
    entropy: float = 0.5
    gain: float = 0.10
    gold_gap: float = 0.20
    shortfall: float = 0.20
    window_s: float = 600.0
    answer_s: float = 2.0
    day_s: float = 86_400.0
    overlap: float = 0.20
    confusion: float = 0.20
    accuracy: Mapping[str, float] = field(default_factory=dict)
