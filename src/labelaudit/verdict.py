"""From bounds and findings to a verdict per batch.

A floor is passed when the lower one-sided bound clears it, failed when the upper bound is
under it, and otherwise undecided: a point estimate never decides. A batch is rejected only
by a failed floor or too many rejected rows; anything undecided or serious is for review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.intervals import one_sided
from labelaudit.model import BatchVerdict, Estimate, Threshold
from labelaudit.needs import needs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from labelaudit.measure import BatchCounts, Measures
    from labelaudit.model import Finding, VerdictName
    from labelaudit.settings import Policy

GOLD = "gold-accuracy"
MIN_AGREEMENT = "min_agreement"
MIN_ACCURACY = "min_accuracy"
SCHEMA_CHECKS = ("invalid-row", "label-not-in-domain")
CHECK_OF = {MIN_AGREEMENT: "low-agreement", MIN_ACCURACY: "low-gold-accuracy"}


def thresholds(measures: Measures, policy: Policy) -> dict[str, tuple[Threshold, ...]]:
    """Hold every floor of the policy against every batch: outcomes by batch."""
    with_gold = {found.question_id for found in measures.estimates if found.coefficient == GOLD}
    decided: dict[str, list[Threshold]] = {}
    for counts in measures.batches:
        asks_gold = _asks_gold(counts.question_id, with_gold, policy)
        found = _decide(counts, measures, policy, asks_gold=asks_gold)
        decided.setdefault(counts.batch_id, []).extend(found)
    return {batch: tuple(found) for batch, found in decided.items()}


def _asks_gold(question_id: str, with_gold: Collection[str | None], policy: Policy) -> bool:
    """Say whether a gold floor is for this question: it has gold, or no question has any."""
    named = "min_accuracy" in policy.questions.get(question_id, {})
    return named or not with_gold or question_id in with_gold


def _decide(
    counts: BatchCounts, measures: Measures, policy: Policy, *, asks_gold: bool
) -> Iterator[Threshold]:
    limits = policy.limits_for(counts.question_id, counts.vendors)
    where = counts.question_id, counts.batch_id
    if limits.min_agreement is not None:
        found = measures.find(limits.coefficient, *where) or _unmeasured(limits.coefficient, counts)
        yield hold(MIN_AGREEMENT, found, limits.min_agreement, limits.target_agreement, policy)
    if limits.min_accuracy is not None and asks_gold:
        found = measures.find(GOLD, *where) or _unmeasured(GOLD, counts)
        yield hold(MIN_ACCURACY, found, limits.min_accuracy, limits.target_accuracy, policy)


def _unmeasured(coefficient: str, counts: BatchCounts) -> Estimate:
    return Estimate(
        coefficient, "nominal", undefined="not-measured", question_id=counts.question_id
    )


def hold(
    name: str, estimate: Estimate, floor: float, target: float | None, policy: Policy
) -> Threshold:
    """Hold one floor against one estimate."""
    level = 1 - policy.consumer_risk
    lower, upper = (one_sided(estimate, side, level) for side in ("lower", "upper"))
    passed = lower is not None and lower >= floor
    failed = upper is not None and upper < floor
    risks = policy.consumer_risk, policy.producer_risk
    return Threshold(
        name=name,
        question_id=estimate.question_id or "",
        coefficient=estimate.coefficient,
        limit=floor,
        estimate=estimate.value,
        bound=upper if failed else lower,
        side="upper" if failed else "lower",
        level=level,
        method=estimate.method,
        outcome="pass" if passed else "fail" if failed else "inconclusive",
        needs=None if passed or failed else needs(estimate, floor, target, *risks),
    )


def judge(
    measures: Measures,
    policy: Policy,
    held: Mapping[str, tuple[Threshold, ...]],
    findings: Sequence[Finding],
    batches: Sequence[str],
) -> tuple[BatchVerdict, ...]:
    """Conclude accept, review or reject for every batch that was delivered."""
    about: dict[str | None, list[Finding]] = {}
    for finding in findings:
        about.setdefault(finding.batch_id, []).append(finding)
    counted: dict[str, list[BatchCounts]] = {}
    for counts in measures.batches:
        counted.setdefault(counts.batch_id, []).append(counts)
    return tuple(
        _verdict(
            batch,
            counted.get(batch, []),
            policy,
            held.get(batch, ()),
            about.get(batch, []),
            about.get(None, []),
        )
        for batch in batches
    )


def _verdict(
    batch: str,
    counts: Sequence[BatchCounts],
    policy: Policy,
    held: tuple[Threshold, ...],
    own: Sequence[Finding],
    everywhere: Sequence[Finding],
) -> BatchVerdict:
    vendors = {found.question_id: found.vendors for found in counts}
    rejecting = [*_failed(held), *_undecided(held, policy, vendors, "reject"), *_schema(own)]
    undecided = _undecided(held, policy, vendors, "review")
    reviewing = [*undecided, *_serious(own, everywhere), *_silent([*own, *everywhere], policy)]
    if not held:
        reviewing.append("no-threshold")
    verdict: VerdictName = "reject" if rejecting else "review" if reviewing else "accept"
    return BatchVerdict(
        batch_id=batch,
        vendors=tuple(sorted({vendor for names in vendors.values() for vendor in names})),
        verdict=verdict,
        reasons=tuple(dict.fromkeys([*rejecting, *reviewing])),
        units=sum(found.units for found in counts),
        annotations=sum(found.annotations for found in counts),
        annotators=max((found.annotators for found in counts), default=0),
        thresholds=held,
    )


def _failed(held: Sequence[Threshold]) -> list[str]:
    return [CHECK_OF[threshold.name] for threshold in held if threshold.outcome == "fail"]


def _undecided(
    held: Sequence[Threshold],
    policy: Policy,
    vendors: Mapping[str, tuple[str, ...]],
    cost: str,
) -> list[str]:
    """Name the checks whose floor is undecided, where the policy lets that cost this much."""
    return [
        CHECK_OF[threshold.name]
        for threshold in held
        if threshold.outcome == "inconclusive"
        and policy.limits_for(
            threshold.question_id, vendors.get(threshold.question_id, ())
        ).on_inconclusive
        == cost
    ]


def _schema(own: Sequence[Finding]) -> list[str]:
    """Name the schema limits that the batch broke: the other way to be rejected."""
    return [
        finding.check
        for finding in own
        if finding.check in SCHEMA_CHECKS and finding.outcome == "breach"
    ]


def _serious(own: Sequence[Finding], everywhere: Sequence[Finding]) -> list[str]:
    """Name other checks with a high breach; one of no batch may concern any of them."""
    decided = {*CHECK_OF.values(), *SCHEMA_CHECKS}
    others = [finding for finding in own if finding.check not in decided]
    return [
        finding.check
        for finding in [*others, *everywhere]
        if finding.outcome == "breach" and finding.severity == "high"
    ]


def _silent(findings: Sequence[Finding], policy: Policy) -> list[str]:
    """Name the required checks that could not look: silence is no pass."""
    return [
        finding.check
        for finding in findings
        if finding.outcome == "unknown" and finding.check in policy.required_checks
    ]
