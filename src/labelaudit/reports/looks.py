"""Looks in a report: which one each undecided floor is at, and what is left of the risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.summary import MAX_ROWS, Section, number

if TYPE_CHECKING:
    from labelaudit.audit import Audit
    from labelaudit.deciding import Held

_SIGNS = {"fail": "<", "inconclusive": "?"}


def looks(audit: Audit) -> Section | None:
    """Return the looks that passed no floor, None without a ledger."""
    if audit.gate is None or audit.gate.ledger is None:
        return None
    found = [
        (batch.batch_id, held)
        for batch in audit.gate.outcome.batches
        for held in batch.thresholds
        if held.outcome != "pass"
    ]
    most = audit.policy.max_looks
    rows = tuple((batch, *_row(held, most)) for batch, held in found[:MAX_ROWS])
    header = ("batch", "question", "floor", "look", "risk", "labeled", "bound", "because")
    note = "risk: what the look spends of the consumer's; labeled: of what a decision needs"
    return Section("Looks", header, rows, max(len(found) - MAX_ROWS, 0), note) if rows else None


def _row(held: Held, most: int) -> tuple[str, ...]:
    planned = "?" if held.n_planned is None else f"{held.n_planned:,}"
    return (
        held.question_id,
        held.name.removeprefix("min_"),
        f"{held.look}/{most}" if held.look else "-",
        "-" if held.risk_fraction is None else f"{held.risk_fraction:.0%}",
        f"{held.n:,}/{planned}",
        f"{number(held.bound)} {_SIGNS[held.outcome]} {held.limit:g}",
        held.reason or _because(held),
    )


def _because(held: Held) -> str:
    if held.outcome == "fail":
        return "failed"
    return "more people needed" if held.n_planned is None else "more labels needed"
