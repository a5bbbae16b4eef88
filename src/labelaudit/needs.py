"""What an undecided threshold needs, in words a buyer can order by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.planning import (
    annotators_planned,
    flawless_units_needed,
    gold_planned,
    likeness,
    units_needed,
)

if TYPE_CHECKING:
    from labelaudit.model import Estimate

UNDEFINED = {
    "no-labels": "labels: every row was rejected or left empty",
    "no-gold": "answers on items with a gold label",
    "not-measured": "answers on items with a gold label",
    "no-overlap": "items that two people or more labeled",
    "single-annotator": "labels of a second person on the same items",
    "disconnected-annotators": "items that people of both groups label: no item links them now",
    "one-category": "items of another class: only one label was given",
    "scale-not-supported": "another `coefficient`: this one does not read the question's scale",
    "not-two-annotators": "another `coefficient`: this one compares exactly two annotators",
    "needs-annotators": "another `coefficient`: this one cannot be had by batch",
}
"""Reason why an estimate is undefined -> what would define it."""


def needs(
    estimate: Estimate,
    floor: float,
    target: float | None,
    consumer_risk: float,
    producer_risk: float,
    lot: int | None = None,
) -> str:
    """Say what would decide a floor that the estimate neither passes nor fails.

    First planned as if the batch were at its target or better; where it has as many labels
    already, as if it were as good as it looks.
    """
    if estimate.value is None:
        reason = estimate.undefined or "undefined"
        return UNDEFINED.get(reason, f"a value that can be computed ({reason})")
    if estimate.value < floor:
        return "the estimate is below the floor: more labels are unlikely to help"
    goals, risks = (
        sorted({max(estimate.value, target or 0.0), estimate.value}, reverse=True),
        (consumer_risk, producer_risk),
    )
    if estimate.coefficient == "gold-accuracy":
        return _gold(estimate, floor, goals, risks, lot)
    return _agreement(estimate, floor, goals, risks)


def _agreement(
    estimate: Estimate, floor: float, goals: list[float], risks: tuple[float, float]
) -> str:
    totals = [units_needed(estimate, floor, goal, *risks) for goal in goals]
    totals.append(flawless_units_needed(estimate, floor, risks[0]))
    for total in totals:
        if total is not None and total > estimate.units:
            return f"label {total - estimate.units:,} more items, each by two people or more"
    return "many more items, each by two people or more: the spread is not known yet"


def _gold(
    estimate: Estimate,
    floor: float,
    goals: list[float],
    risks: tuple[float, float],
    lot: int | None,
) -> str:
    rho, people = likeness(estimate), estimate.annotators or 1
    least = None
    for goal in goals:
        total = gold_planned(floor, goal, *risks, rho=rho, annotators=people, lot=lot)
        if total is None:
            least = annotators_planned(floor, goal, *risks, rho)
            break
        if total > estimate.annotations:
            return f"{total - estimate.annotations:,} more answers on gold items"
    if lot is not None and lot > estimate.annotations:
        return f"gold for all {lot:,} answers of the batch"
    more = "gold answers from more annotators"
    if least is not None and least > people:
        more += f", {least} at the least by the spread between people"
    return f"{more}: more answers of the same {people} would not decide"
