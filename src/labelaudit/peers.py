"""Each annotator against the others on the same units: leave-one-out, from counts alone.

For a unit with m labels of which n_uc are the annotator's own label c, the others agree
with the annotator in a share (n_uc - 1) / (m - 1), and among themselves in a share that
the counts give too; the difference takes the unit's difficulty out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.intervals import proportions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.engine.tables import Tally
    from labelaudit.model import Estimate, Question


@dataclass(frozen=True, slots=True)
class Standing:
    """How one annotator stands to the others on the units they share.

    Attributes
    ----------
    agreement
        `peer-agreement`: share of the others who gave the same label, mean over units.
    excess
        Mean over units with three labels or more of (agreement with the others) - (their
        agreement among themselves): 0 for one like the others, negative for one below.
    excess_se
        Its standard error over units, None below two such units.
    units
        How many units `excess` rests on.

    """

    question_id: str
    annotator_id: str
    agreement: Estimate
    excess: float | None
    excess_se: float | None
    units: int


def standings(tally: Tally, shown: Sequence[str]) -> list[Standing]:
    """Compare every annotator of a question with the others on the same units.

    With x = n_uc of the label given and S = sum of n_uc^2 over the unit's labels, the excess
    at one unit is (m x - S) / ((m - 1)(m - 2)), which is 0 on average over its annotators.
    """
    peers, people = tally.peers, len(shown)
    share = (peers.same - 1) / (peers.size - 1)
    beyond = peers.size >= 3
    room = np.where(beyond, (peers.size - 1) * (peers.size - 2), 1)
    excess = (peers.size * peers.same - peers.squares) / room
    count = peers.count.astype(np.float64)
    units = _sum(peers.annotator, count, people)
    shares, share_squares = (
        _sum(peers.annotator, count * value, people) for value in (share, share**2)
    )
    kept = np.where(beyond, count, 0.0)
    n, excesses, excess_squares = (
        _sum(peers.annotator, kept * value, people)
        for value in (np.ones_like(share), excess, excess**2)
    )
    agreements = proportions(shares, share_squares, units)
    beyond_them = zip(
        excesses.tolist(), excess_squares.tolist(), n.astype(int).tolist(), strict=True
    )
    return [
        _standing(tally.question, name, agreement, other)
        for name, agreement, other in zip(shown, agreements, beyond_them, strict=True)
    ]


def _sum(annotator: IntArray, weights: FloatArray, people: int) -> FloatArray:
    return np.asarray(np.bincount(annotator, weights, people), dtype=np.float64)


def _standing(
    question: Question, name: str, agreement: Estimate, excess: tuple[float, float, int]
) -> Standing:
    named = replace(
        agreement,
        scale=question.scale,
        question_id=question.question_id,
        annotator_id=name,
        annotators=1,
    )
    return Standing(question.question_id, name, named, *_mean(*excess), excess[2])


def _mean(total: float, squares: float, units: int) -> tuple[float | None, float | None]:
    if units == 0:
        return None, None
    mean = total / units
    if units == 1:
        return mean, None
    variance = max(squares / units - mean**2, 0.0) / (units - 1)
    return mean, sqrt(variance)
