"""From bounds and findings to a verdict per batch.

A floor is passed when the lower one-sided bound clears it, failed when the upper bound is
under it, and otherwise undecided: a point estimate never decides. A batch is rejected only
by a failed floor or too many rejected rows; anything undecided or serious is for review.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from labelaudit.intervals import one_sided
from labelaudit.model import BatchVerdict, Estimate, Threshold
from labelaudit.planning import gold_needed, units_needed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.measure import BatchCounts, Measures
    from labelaudit.model import Finding, VerdictName
    from labelaudit.settings import Limits, Policy

GOLD = "gold-accuracy"
MIN_AGREEMENT = "min_agreement"
MIN_ACCURACY = "min_accuracy"
SCHEMA_CHECKS = ("invalid-row", "label-not-in-domain")
CHECK_OF = {MIN_AGREEMENT: "low-agreement", MIN_ACCURACY: "low-gold-accuracy"}


def thresholds(measures: Measures, policy: Policy) -> dict[str, tuple[Threshold, ...]]:
    """Hold every floor of the policy against every batch: outcomes by batch."""
    decided: dict[str, list[Threshold]] = {}
    for counts in measures.batches:
        limits = policy.limits_for(counts.question_id, counts.vendors)
        decided.setdefault(counts.batch_id, []).extend(_decide(counts, limits, measures, policy))
    return {batch: tuple(found) for batch, found in decided.items()}


def _decide(
    counts: BatchCounts, limits: Limits, measures: Measures, policy: Policy
) -> list[Threshold]:
    where = counts.question_id, counts.batch_id
    found = []
    if limits.min_agreement is not None:
        estimate = measures.find(limits.coefficient, *where)
        found.append(
            hold(MIN_AGREEMENT, estimate, limits.min_agreement, limits.target_agreement, policy)
        )
    if limits.min_accuracy is not None and _asks_gold(counts.question_id, measures, policy):
        estimate = measures.find(GOLD, *where)
        found.append(
            hold(MIN_ACCURACY, estimate, limits.min_accuracy, limits.target_accuracy, policy)
        )
    return [_in_question(threshold, counts, limits) for threshold in found]


def _asks_gold(question_id: str, measures: Measures, policy: Policy) -> bool:
    """Say whether a gold floor is for this question: it has gold, or no question has any."""
    if "min_accuracy" in policy.questions.get(question_id, {}):
        return True
    with_gold = {found.question_id for found in measures.estimates if found.coefficient == GOLD}
    return not with_gold or question_id in with_gold


def hold(
    name: str, estimate: Estimate | None, floor: float, target: float | None, policy: Policy
) -> Threshold:
    """Hold one floor against one estimate."""
    level = 1 - policy.consumer_risk
    found = estimate or Estimate("", "nominal", undefined="not-measured")
    lower, upper = (one_sided(found, side, level) for side in ("lower", "upper"))
    passed = lower is not None and lower >= floor
    failed = upper is not None and upper < floor
    needs = None if passed or failed else _needs(name, found, floor, target, policy)
    return Threshold(
        name=name,
        question_id=found.question_id or "",
        coefficient=found.coefficient,
        limit=floor,
        estimate=found.value,
        bound=upper if failed else lower,
        side="upper" if failed else "lower",
        level=level,
        method=found.method,
        outcome="pass" if passed else "fail" if failed else "inconclusive",
        needs=needs,
    )


def _in_question(threshold: Threshold, counts: BatchCounts, limits: Limits) -> Threshold:
    gold = threshold.name == MIN_ACCURACY
    name = GOLD if gold else limits.coefficient
    return replace(threshold, question_id=counts.question_id, coefficient=name)


def _needs(
    name: str, estimate: Estimate, floor: float, target: float | None, policy: Policy
) -> str:
    """Say what an undecided threshold needs."""
    if estimate.value is None:
        return _MISSING.get(estimate.undefined or "", "more labels")
    if estimate.value < floor:
        return "the estimate is below the floor: more labels are unlikely to help"
    risks = policy.consumer_risk, policy.producer_risk
    goals = sorted({max(estimate.value, target or 0.0), estimate.value}, reverse=True)
    for goal in goals:
        if name == MIN_ACCURACY:
            total = gold_needed(floor, goal, *risks)
        else:
            total = units_needed(estimate, floor, goal, *risks)
        if total is not None and total > estimate.units:
            return _more(name, total - estimate.units)
    if name == MIN_ACCURACY:
        return "gold answers from more annotators"
    return "more items: too few disagreements to know the spread"


def _more(name: str, count: int) -> str:
    what = "gold answers" if name == MIN_ACCURACY else "items"
    return f"label {count:,} more {what}"


_MISSING = {
    "no-overlap": "items that two or more annotators labeled",
    "no-labels": "labels: every row was rejected or left empty",
    "no-gold": "items with a gold label",
    "not-measured": "items with a gold label",
    "one-category": "items of another class: only one label was given",
}


def judge(
    measures: Measures,
    policy: Policy,
    held: Mapping[str, tuple[Threshold, ...]],
    findings: Sequence[Finding],
    batches: Sequence[str],
) -> tuple[BatchVerdict, ...]:
    """Conclude accept, review or reject for every batch that was delivered."""
    return tuple(
        _verdict(batch, measures, policy, held.get(batch, ()), _about(findings, batch))
        for batch in batches
    )


def _about(findings: Sequence[Finding], batch: str) -> list[Finding]:
    return [finding for finding in findings if finding.batch_id == batch]


def _verdict(
    batch: str,
    measures: Measures,
    policy: Policy,
    held: tuple[Threshold, ...],
    findings: Sequence[Finding],
) -> BatchVerdict:
    counts = [found for found in measures.batches if found.batch_id == batch]
    vendors = tuple(sorted({vendor for found in counts for vendor in found.vendors}))
    rejecting = _rejecting(held, findings, policy, vendors)
    reviewing = _reviewing(held, findings, policy, vendors)
    verdict: VerdictName = "reject" if rejecting else "review" if reviewing else "accept"
    return BatchVerdict(
        batch_id=batch,
        vendors=vendors,
        verdict=verdict,
        reasons=tuple(dict.fromkeys([*rejecting, *reviewing])),
        units=sum(found.units for found in counts),
        annotations=sum(found.annotations for found in counts),
        annotators=max((found.annotators for found in counts), default=0),
        thresholds=held,
    )


def _rejecting(
    held: tuple[Threshold, ...],
    findings: Sequence[Finding],
    policy: Policy,
    vendors: tuple[str, ...],
) -> list[str]:
    """Name the checks that reject: failed floors and schema limits, and nothing else."""
    failed = [CHECK_OF[threshold.name] for threshold in held if threshold.outcome == "fail"]
    schema = [
        finding.check
        for finding in findings
        if finding.check in SCHEMA_CHECKS and finding.outcome == "breach"
    ]
    return [*failed, *_undecided(held, policy, vendors, "reject"), *schema]


def _reviewing(
    held: tuple[Threshold, ...],
    findings: Sequence[Finding],
    policy: Policy,
    vendors: tuple[str, ...],
) -> list[str]:
    """Name the checks that ask for a person."""
    own = {*CHECK_OF.values(), *SCHEMA_CHECKS}
    serious = [
        finding.check
        for finding in findings
        if finding.outcome == "breach" and finding.severity == "high" and finding.check not in own
    ]
    silent = [
        finding.check
        for finding in findings
        if finding.outcome == "unknown" and finding.check in policy.required_checks
    ]
    nothing = [] if held else ["no-threshold"]
    return [*_undecided(held, policy, vendors, "review"), *serious, *silent, *nothing]


def _undecided(
    held: tuple[Threshold, ...], policy: Policy, vendors: tuple[str, ...], cost: str
) -> list[str]:
    return [
        CHECK_OF[threshold.name]
        for threshold in held
        if threshold.outcome == "inconclusive"
        and policy.limits_for(threshold.question_id, vendors).on_inconclusive == cost
    ]
