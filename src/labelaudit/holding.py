"""One floor held against one estimate: the outcome of a look, and bounds for every other look.

A floor is passed when the lower one-sided bound clears it, failed when the upper bound is
under it, and otherwise undecided: a point estimate never decides.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from labelaudit.concluding import outcome_of
from labelaudit.intervals import one_sided
from labelaudit.model import Bounds, Threshold
from labelaudit.needs import needs
from labelaudit.planning import planned
from labelaudit.spending import ALL, ASKABLE, STRETCH, level

if TYPE_CHECKING:
    from labelaudit.model import Estimate, VerdictName
    from labelaudit.settings import Policy

GOLD = "gold-accuracy"
_HALVINGS = 40
_LEAST = math.log(1e-12)
"""Below it t quantiles are no longer exact, and nobody asks."""
_MOST = 0.49


def hold(
    name: str,
    estimate: Estimate,
    floor: float,
    target: float | None,
    policy: Policy,
    *,
    on_inconclusive: VerdictName = "review",
    fingerprint: str | None = None,
) -> Threshold:
    """Hold one floor against one estimate, at the full level and at that of every look."""
    bounds = tuple(_bounds(estimate, spent, 1 - policy.consumer_risk) for spent in ASKABLE)
    full, outcome = bounds[-1], outcome_of(bounds[-1].lower, bounds[-1].upper, floor)
    failed = outcome == "fail"
    goal = floor, target, policy.consumer_risk, policy.producer_risk
    n_planned = planned(estimate, *goal)
    return Threshold(
        name=name,
        question_id=estimate.question_id or "",
        coefficient=estimate.coefficient,
        limit=floor,
        estimate=estimate.value,
        bound=full.upper if failed else full.lower,
        side="upper" if failed else "lower",
        level=full.level,
        method=estimate.method,
        outcome=outcome,
        needs=needs(estimate, *goal) if outcome == "inconclusive" else None,
        target=target,
        on_inconclusive=on_inconclusive,
        n=estimate.annotations if estimate.coefficient == GOLD else estimate.units,
        n_planned=n_planned,
        n_max=None if n_planned is None else math.ceil(STRETCH * n_planned),
        p_below=p_below(estimate, floor),
        fingerprint=fingerprint,
        bounds=bounds,
    )


def p_below(estimate: Estimate, floor: float) -> float | None:
    """How likely is so low an estimate, were the truth at the floor? p, one-sided, up to 0.49.

    It is the risk at which the upper bound meets the floor. None where the estimate is not
    under the floor, or has no upper bound.
    """
    if estimate.value is None or estimate.value >= floor:
        return None
    low, high = _LEAST, math.log(_MOST)
    if one_sided(estimate, "upper", 1 - math.exp(high)) is None:
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        upper = one_sided(estimate, "upper", -math.expm1(middle))
        low, high = (low, middle) if upper is not None and upper < floor else (middle, high)
    return math.exp(high)


def _bounds(estimate: Estimate, spent: int, confidence: float) -> Bounds:
    at = level(confidence, spent)
    lower, upper = one_sided(estimate, "lower", at), one_sided(estimate, "upper", at)
    return Bounds(spent / ALL, at, lower, upper)
