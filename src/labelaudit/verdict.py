"""From bounds and findings to a verdict per batch.

A floor is passed when the lower one-sided bound clears it, failed when the upper bound is
under it, and otherwise undecided: a point estimate never decides. A batch is rejected only
by a failed floor or too many rejected rows; anything undecided or serious is for review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.concluding import (
    CHECK_OF,
    MIN_ACCURACY,
    MIN_AGREEMENT,
    NO_THRESHOLD,
    conclude,
)
from labelaudit.fingerprints import together
from labelaudit.holding import GOLD, hold
from labelaudit.model import BatchVerdict, Estimate, Reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from labelaudit.measure import BatchCounts, Measures
    from labelaudit.model import Finding, Threshold
    from labelaudit.settings import Policy

SCHEMA_CHECKS = ("invalid-row", "label-not-in-domain")
DECIDED = (*CHECK_OF.values(), *SCHEMA_CHECKS)
"""Checks that reject by themselves: a severity would say nothing of them."""


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
    seen, cost = counts.fingerprint, limits.on_inconclusive
    asked = [
        (MIN_AGREEMENT, limits.coefficient, limits.min_agreement, limits.target_agreement),
        (MIN_ACCURACY, GOLD, limits.min_accuracy if asks_gold else None, limits.target_accuracy),
    ]
    for name, coefficient, floor, target in asked:
        if floor is not None:
            found = measures.find(coefficient, counts.question_id, counts.batch_id)
            held = found or _unmeasured(coefficient, counts)
            of = None if seen is None else seen.gold if name == MIN_ACCURACY else seen.agreement
            of_lot = limits.finite_lot and found is not None and coefficient == GOLD
            lot = counts.annotations if of_lot else None
            yield hold(
                name, held, floor, target, policy, on_inconclusive=cost, fingerprint=of, lot=lot
            )


def _unmeasured(coefficient: str, counts: BatchCounts) -> Estimate:
    return Estimate(
        coefficient, "nominal", undefined="not-measured", question_id=counts.question_id
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
    besides = tuple(_besides(held, own, everywhere, policy))
    outcomes = ((found.name, found.outcome, found.on_inconclusive) for found in held)
    verdict, reasons = conclude(outcomes, besides)
    return BatchVerdict(
        batch_id=batch,
        vendors=tuple(sorted({vendor for found in counts for vendor in found.vendors})),
        verdict=verdict,
        reasons=reasons,
        units=sum(found.units for found in counts),
        annotations=sum(found.annotations for found in counts),
        annotators=max((found.annotators for found in counts), default=0),
        thresholds=held,
        besides=besides,
        fingerprint=_fingerprint(counts),
    )


def _fingerprint(counts: Sequence[BatchCounts]) -> str | None:
    seen = {found.question_id: found.fingerprint.whole for found in counts if found.fingerprint}
    return together(*(seen[name] for name in sorted(seen))) if seen else None


def _besides(
    held: Sequence[Threshold],
    own: Sequence[Finding],
    everywhere: Sequence[Finding],
    policy: Policy,
) -> Iterator[Reason]:
    """Yield what else than its thresholds speaks against a batch, each check once."""
    yield from (Reason(check, "reject") for check in dict.fromkeys(_schema(own)))
    yield from (Reason(check, "review") for check in dict.fromkeys(_serious(own, everywhere)))
    silent = dict.fromkeys(_silent([*own, *everywhere], policy))
    yield from (Reason(check, policy.on_unknown) for check in silent)
    if not held:
        yield Reason(NO_THRESHOLD, "review")


def _schema(own: Sequence[Finding]) -> list[str]:
    """Name the schema limits that the batch broke: the other way to be rejected."""
    return [
        finding.check
        for finding in own
        if finding.check in SCHEMA_CHECKS and finding.outcome == "breach"
    ]


def _serious(own: Sequence[Finding], everywhere: Sequence[Finding]) -> list[str]:
    """Name other checks with a high breach; one of no batch may concern any of them."""
    others = [finding for finding in own if finding.check not in DECIDED]
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
