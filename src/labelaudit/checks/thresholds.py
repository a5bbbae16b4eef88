"""Wording of thresholds that were not passed, shared by the checks that report them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.checks.evidence import Evidence
    from labelaudit.model import Threshold


def findings_for(check: str, name: str, evidence: Evidence) -> Iterator[Finding]:
    """Yield a finding for every threshold of one name that was failed or left undecided."""
    for batch, held in evidence.thresholds.items():
        for threshold in held:
            if threshold.name == name and threshold.outcome != "pass":
                yield _finding(check, batch, threshold)


def _finding(check: str, batch: str, threshold: Threshold) -> Finding:
    failed = threshold.outcome == "fail"
    measured = threshold.estimate is not None
    return Finding(
        check=check,
        outcome="breach" if failed else "warning" if measured else "unknown",
        severity="high" if failed else "medium",
        message=_message(threshold),
        question_id=threshold.question_id,
        batch_id=batch,
        evidence={
            "coefficient": threshold.coefficient,
            "estimate": threshold.estimate,
            "bound": threshold.bound,
            "side": threshold.side,
            "level": threshold.level,
            "limit": threshold.limit,
            "needs": threshold.needs,
        },
    )


def _message(threshold: Threshold) -> str:
    if threshold.estimate is None:
        return f"{threshold.coefficient} could not be measured; needs {threshold.needs}"
    measured = f"{threshold.coefficient} is {threshold.estimate:z.3f}"
    bound = "" if threshold.bound is None else f" ({threshold.side} bound {threshold.bound:z.3f})"
    if threshold.outcome == "fail":
        return f"{measured}{bound}, under the floor of {threshold.limit:z.3f}"
    return f"{measured}{bound}: undecided at a floor of {threshold.limit:z.3f}; {threshold.needs}"
