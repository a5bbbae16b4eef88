"""The shelf of checks: each a module whose docstring is its page.

To add one, write the module and name it in `CHECKS`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from labelaudit.checks import (
    agreement_drift,
    anchoring,
    annotator_below_peers,
    annotator_decay,
    annotator_gold_accuracy,
    annotators_copying,
    back_filled_consensus,
    conflicting_duplicates,
    constant_answering,
    dropped_items,
    duplicate_annotation,
    duration_drift,
    error_trend,
    gold_drift,
    gold_leakage,
    gold_peer_gap,
    guideline_change,
    impossible_throughput,
    invalid_row,
    label_bias,
    label_drift,
    label_not_in_domain,
    learning_curve,
    low_agreement,
    low_gold_accuracy,
    missing_label,
    near_alias,
    overlapping_work,
    padding,
    pattern_answering,
    response_time,
    reviewer_rubber_stamping,
    selective_redundancy,
    thin_overlap,
    uneven_flags,
    unlike_staff,
    unusable_gold,
    unusable_times,
)
from labelaudit.checks.evidence import Check, Evidence
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.settings import Policy

COUNTING: tuple[Check, ...] = (
    low_agreement,
    low_gold_accuracy,
    thin_overlap,
    label_not_in_domain,
    invalid_row,
    missing_label,
    duplicate_annotation,
    near_alias,
    unusable_gold,
)
"""The checks that need counts alone: all others read the answers again, row by row."""

CHECKS: tuple[Check, ...] = (
    *COUNTING,
    annotator_below_peers,
    response_time,
    annotator_decay,
    learning_curve,
    unlike_staff,
    uneven_flags,
    constant_answering,
    pattern_answering,
    annotator_gold_accuracy,
    gold_peer_gap,
    impossible_throughput,
    overlapping_work,
    label_bias,
    annotators_copying,
    unusable_times,
    label_drift,
    agreement_drift,
    duration_drift,
    gold_drift,
    error_trend,
    guideline_change,
    selective_redundancy,
    dropped_items,
    back_filled_consensus,
    anchoring,
    reviewer_rubber_stamping,
    conflicting_duplicates,
    gold_leakage,
    padding,
)

__all__ = ["CHECKS", "COUNTING", "Check", "Evidence", "counted_only", "look_at"]

_OUTCOMES = ("breach", "unknown", "warning")
_SEVERITIES = ("high", "medium", "low")


def look_at(evidence: Evidence, checks: Sequence[Check] = CHECKS) -> tuple[Finding, ...]:
    """Run checks over the evidence: breaches first, then by severity, check and slice.

    What an optional check could not look at stands last: it must not hide a warning.
    """
    policy = evidence.policy
    findings = [_weighed(found, policy) for check in checks for found in check.look(evidence)]
    return tuple(sorted(findings, key=_rank))


def _weighed(finding: Finding, policy: Policy) -> Finding:
    """Return a finding as severe as the policy says: breaches alone, for they can cost."""
    severity = policy.severity(finding.check)
    if severity is None or finding.outcome != "breach":
        return finding
    return replace(finding, severity=severity)


def counted_only(evidence: Evidence) -> tuple[Finding, ...]:
    """Run the checks that counts suffice for; say of each other check that it was left out.

    So that a check the policy requires is never passed over in silence.
    """
    others = [check for check in CHECKS if check not in COUNTING]
    left_out = [
        Finding(
            check=check.NAME,
            outcome="unknown",
            severity="low",
            message="not looked at: only counts were asked for",
            evidence={"needs": "an audit that reads rows: without --counts-only"},
        )
        for check in others
    ]
    return tuple(sorted([*look_at(evidence, COUNTING), *left_out], key=_rank))


def _is_aside(finding: Finding) -> bool:
    return finding.outcome == "unknown" and finding.severity == "low"


def _rank(finding: Finding) -> tuple[int, int, str, str, str, str, str]:
    return (
        len(_OUTCOMES) if _is_aside(finding) else _OUTCOMES.index(finding.outcome),
        _SEVERITIES.index(finding.severity),
        finding.check,
        finding.question_id or "",
        finding.batch_id or "",
        finding.annotator_id or "",
        finding.message,
    )
