"""Rejected rows by batch, shared by the checks that report them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.evidence import many, percent
from labelaudit.errors import SHOWN
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from labelaudit.checks.evidence import Evidence
    from labelaudit.model import Rejection


def findings_for(
    check: str, evidence: Evidence, concerns: Callable[[str], bool]
) -> Iterator[Finding]:
    """Yield a finding per batch with rows rejected for reasons that concern this check."""
    batches: dict[str, list[Rejection]] = {}
    for rejection in evidence.annotations.rejections:
        if concerns(rejection.reason):
            batches.setdefault(rejection.batch_id, []).append(rejection)
    for batch, rejections in batches.items():
        yield _finding(check, evidence, batch, rejections)


def _finding(check: str, evidence: Evidence, batch: str, rejections: list[Rejection]) -> Finding:
    rejected = evidence.annotations.rejected_rows.get(batch, 0)
    rows = evidence.annotations.delivered_rows.get(batch, rejected)
    share = rejected / rows if rows else 0.0
    limit = evidence.policy.max_rejected_fraction
    over = share > limit
    reasons = ", ".join(sorted({f"{found.reason} ({found.column})" for found in rejections}))
    faults = sum(found.count for found in rejections)
    found = [example for rejection in rejections for example in rejection.examples][:SHOWN]
    values = ", ".join(repr(example) for example in found if example)
    such = f", such as {values}" if values else ""
    verb = "more than" if over else "within"
    return Finding(
        check=check,
        outcome="breach" if over else "warning",
        severity="high" if over else "low",
        message=(
            f"{many(faults, 'fault')}: {reasons}{such}; {rejected:,} of"
            f" {many(rows, 'row')} ({percent(share)}) rejected in all, {verb} the"
            f" {percent(limit)} allowed"
        ),
        batch_id=batch or None,
        evidence={"faults": faults, "rejected_rows": rejected, "rows": rows, "examples": [*found]},
    )
