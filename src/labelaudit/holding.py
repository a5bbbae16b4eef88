"""One floor held against one estimate: the outcome of a look, and bounds for every other look.

A floor is passed when the lower one-sided bound clears it, failed when the upper bound is
under it, and otherwise undecided: a point estimate never decides.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from labelaudit.concluding import FINITE_LOT, outcome_of
from labelaudit.intervals import bounds_at, bounds_in_lot
from labelaudit.model import Bounds, Threshold
from labelaudit.needs import needs
from labelaudit.planning import planned
from labelaudit.spending import ALL, ASKABLE, STRETCH, level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.model import Estimate, Side, VerdictName
    from labelaudit.settings import Policy

GOLD = "gold-accuracy"
SIDES: tuple[Side, Side] = ("lower", "upper")
_LEAST, _MOST = 1e-12, 0.49
"""Risks below the least have no exact t quantile, and nobody asks for them."""
_ROUNDS, _STEPS = 3, 32


def hold(
    name: str,
    estimate: Estimate,
    floor: float,
    target: float | None,
    policy: Policy,
    *,
    on_inconclusive: VerdictName = "review",
    fingerprint: str | None = None,
    lot: int | None = None,
) -> Threshold:
    """Hold one floor against one estimate, at the full level and at that of every look.

    `lot` are all answers of the batch, where those on gold are a random sample of them.
    """
    bounds = _all_bounds(estimate, 1 - policy.consumer_risk, lot)
    full, outcome = bounds[-1], outcome_of(bounds[-1].lower, bounds[-1].upper, floor)
    failed = outcome == "fail"
    goal = floor, target, policy.consumer_risk, policy.producer_risk
    n_planned = planned(estimate, *goal, lot)
    return Threshold(
        name=name,
        question_id=estimate.question_id or "",
        coefficient=estimate.coefficient,
        limit=floor,
        estimate=estimate.value,
        bound=full.upper if failed else full.lower,
        side="upper" if failed else "lower",
        level=full.level,
        method=_method(estimate, lot),
        outcome=outcome,
        needs=needs(estimate, *goal, lot) if outcome == "inconclusive" else None,
        target=target,
        on_inconclusive=on_inconclusive,
        n=estimate.annotations if estimate.coefficient == GOLD else estimate.units,
        n_planned=n_planned,
        n_max=_most(n_planned, lot),
        p_below=p_below(estimate, floor, lot),
        fingerprint=fingerprint,
        bounds=bounds,
    )


def p_below(estimate: Estimate, floor: float, lot: int | None = None) -> float | None:
    """How likely is so low an estimate, were the truth at the floor? p, one-sided, up to 0.49.

    It is the risk at which the upper bound meets the floor, to three digits. None where the
    estimate is not under the floor, or has no upper bound.
    """
    if estimate.value is None or estimate.value >= floor:
        return None
    low, high = _LEAST, _MOST
    for _ in range(_ROUNDS):
        step = (high / low) ** (1 / _STEPS)
        risks = [low * step**place for place in range(_STEPS)] + [high]
        uppers = _bounds_at(estimate, "upper", [1 - risk for risk in risks], lot)
        if uppers[-1] is None:
            return None
        under = [place for place, upper in enumerate(uppers) if upper is not None and upper < floor]
        place = min(under, default=_STEPS)
        low, high = risks[max(place - 1, 0)], risks[place]
    return float(f"{high:.3g}")


def _method(estimate: Estimate, lot: int | None) -> str | None:
    return estimate.method if lot is None else f"{estimate.method}, {FINITE_LOT} of {lot:,}"


def _most(n_planned: int | None, lot: int | None) -> int | None:
    if n_planned is None:
        return None
    most = math.ceil(STRETCH * n_planned)
    return most if lot is None else min(most, lot)


def _all_bounds(estimate: Estimate, confidence: float, lot: int | None) -> tuple[Bounds, ...]:
    levels = [level(confidence, spent) for spent in ASKABLE]
    lower, upper = (_bounds_at(estimate, side, levels, lot) for side in SIDES)
    shares = [spent / ALL for spent in ASKABLE]
    return tuple(map(Bounds, shares, levels, lower, upper))


def _bounds_at(
    estimate: Estimate, side: Side, levels: Sequence[float], lot: int | None
) -> tuple[float | None, ...]:
    if lot is None:
        return bounds_at(estimate, side, levels)
    return bounds_in_lot(estimate, side, levels, lot)
