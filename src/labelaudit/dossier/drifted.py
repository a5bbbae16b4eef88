"""Which findings say that a batch is unlike the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from labelaudit.model import Finding

DRIFTS = (
    "agreement-drift",
    "gold-drift",
    "label-drift",
    "guideline-change",
    "duration-drift",
    "error-trend",
)


def drifted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the breaches that tell of a change between batches."""
    return tuple(found for found in findings if found.outcome == "breach" and found.check in DRIFTS)
