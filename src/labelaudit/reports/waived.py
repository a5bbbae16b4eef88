"""Waivers in a report: what they let through, and those that let nothing through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.summary import MAX_ROWS, Section, many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.audit import Audit
    from labelaudit.gate import Decided
    from labelaudit.model import BatchVerdict
    from labelaudit.waiving import Waiver


def reasons(audit: Audit, verdict: BatchVerdict) -> str:
    """Write why a batch was not accepted; what is waived says so."""
    used = audit.gate.outcome.waived if audit.gate else ()
    waived = {found.check for found in used if found.batch_id == verdict.batch_id}
    return ", ".join(
        f"{reason} (waived)" if reason in waived else reason for reason in verdict.reasons
    )


def waivers(audit: Audit) -> Section | None:
    """Return the waivers of the gate, None where there are none."""
    if audit.gate is None:
        return None
    rows = tuple(_rows(audit.gate))
    if not rows:
        return None
    outcome, header = audit.gate.outcome, ("waiver", "where", "check", "until", "owner", "reason")
    note = (
        f"On {audit.gate.today}: {many(len(outcome.waived), 'reason')} waived,"
        f" {many(len(outcome.let_through), 'batch', 'batches')} let through by that alone."
    )
    return Section("Waivers", header, rows[:MAX_ROWS], max(len(rows) - MAX_ROWS, 0), note)


def _rows(gate: Decided) -> Iterator[tuple[str, ...]]:
    yield from (("used", found.batch_id, *_words(found.waiver)) for found in gate.outcome.waived)
    yield from (("NONE", "-", "-", "-", "-", fault) for fault in gate.waivers.faulty)
    yield from (("EXPIRED", waiver.scope, *_words(waiver)) for waiver in gate.waivers.expired)
    yield from (("unused", waiver.scope, *_words(waiver)) for waiver in gate.unused)


def _words(waiver: Waiver) -> tuple[str, ...]:
    return waiver.check, waiver.expires.isoformat(), waiver.owner, waiver.reason
