"""A plan: what to order for a decision, and why, from a pilot or from what is assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.designs import (
    agreement_designs,
    cheapest,
    gold_designs,
    mixed_variance,
    too_few,
)
from labelaudit.needs import needs
from labelaudit.pilots import GOLD
from labelaudit.planning import likeness, unit_variance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.designs import Ask, Design
    from labelaudit.pilots import Pilot

RATINGS = (2, 3, 5)
"""Numbers of ratings per item that plans on agreement are compared for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The designs for one floor, the cheapest of them, and what to say.

    Attributes
    ----------
    question_id
        The pilot's question, None without a pilot.
    measure
        The coefficient that the floor is set on.
    source
        What the plan rests on, in words.
    says
        What to do, in a sentence each.

    """

    question_id: str | None
    measure: str
    source: str
    ask: Ask
    designs: tuple[Design, ...]
    best: Design | None
    says: tuple[str, ...]


def assumed_agreement(mix: Sequence[float], ask: Ask) -> Plan:
    """Plan agreement from an assumed label mix, at the target."""
    variances = {m: mixed_variance(mix, ask.target, m) for m in RATINGS}
    shares = "/".join(f"{100 * part / sum(mix):.3g}" for part in mix)
    designs = agreement_designs(variances, ask)
    source = f"an assumed label mix of {shares} %, at the target"
    return _plan(None, "krippendorff-alpha", source, ask, designs, ())


def assumed_gold(rho: float, annotators: int | None, ask: Ask) -> Plan:
    """Plan gold answers from an assumed likeness of one annotator's errors, at the target."""
    source = f"assumed errors of one annotator that are alike by rho {rho:g}, at the target"
    designs = gold_designs(rho, annotators, ask)
    return _plan(None, GOLD, source, ask, designs, _people(rho, annotators, ask))


def from_pilot(pilot: Pilot, ask: Ask) -> Plan:
    """Plan from what a pilot measured, at the target."""
    estimate = pilot.estimate
    said = [] if estimate.value is None else [f"the pilot: {estimate.value:.3f}"]
    if estimate.value is None or estimate.value < ask.floor:
        risks = ask.consumer_risk, ask.producer_risk
        said.append(f"of the pilot itself: {needs(estimate, ask.floor, ask.target, *risks)}")
    if estimate.coefficient == GOLD:
        rho, people = likeness(estimate), estimate.annotators or 1
        source = f"{estimate.annotations:,} gold answers of {people} annotators, rho {rho:.3f}"
        told = (*said, *_people(rho, people, ask))
        designs = gold_designs(rho, people, ask)
        return _plan(estimate.question_id, GOLD, source, ask, designs, told)
    variances, source = _variances(pilot, ask)
    designs = agreement_designs(variances, ask)
    return _plan(estimate.question_id, estimate.coefficient, source, ask, designs, tuple(said))


def _variances(pilot: Pilot, ask: Ask) -> tuple[dict[int, float], str]:
    """Return V by ratings per item: the pilot's own, and by the label mix for the others."""
    estimate, m = pilot.estimate, pilot.ratings
    own = unit_variance(estimate, ask.target)
    modelled = estimate.scale == "nominal" and len(pilot.mix) > 1
    model = {r: mixed_variance(pilot.mix, ask.target, r) for r in (*RATINGS, m) if modelled}
    if own is None or own <= 0:
        return {r: model[r] for r in RATINGS if model}, "the pilot's label mix, at the target"
    source = f"{estimate.units:,} items with {m} labels each"
    if not modelled:
        return {m: own}, f"{source}; other numbers of labels are planned on nominal scales only"
    return {r: own * model[r] / model[m] for r in (*RATINGS, m)}, source


def _people(rho: float, annotators: int | None, ask: Ask) -> tuple[str, ...]:
    least = annotators and too_few(rho, annotators, ask)
    if not least:
        return ()
    few = f"no number of answers of {annotators} would decide, {least} at the least"
    return (f"more annotators, not more items: {few}",)


def _plan(
    question_id: str | None,
    measure: str,
    source: str,
    ask: Ask,
    designs: tuple[Design, ...],
    said: tuple[str, ...],
) -> Plan:
    best = cheapest(designs)
    advice = _advice(best, designs, gold=measure == GOLD)
    return Plan(question_id, measure, source, ask, designs, best, (*said, advice))


def _advice(best: Design | None, designs: tuple[Design, ...], *, gold: bool) -> str:
    if best is None:
        return (
            "no number of labels here would decide: more annotators are needed"
            if designs
            else "nothing to plan from: the pilot measured nothing that can be planned with"
        )
    if gold:
        return f"cheapest: {best.items:,} answers on gold items, spread over {best.annotators}"
    return (
        f"cheapest: {best.items:,} items with {best.ratings} labels each ="
        f" {best.labels:,} labels, by {best.annotators} annotators or more"
    )
