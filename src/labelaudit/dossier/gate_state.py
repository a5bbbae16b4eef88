"""What the gate says of a run, in words for a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from labelaudit.gate import ACCEPTED, REJECTED, decide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.dossier.documents import Document

Word = Literal["accepted", "rejected", "undecided"]


@dataclass(frozen=True, slots=True)
class GateState:
    """Where a run stands.

    Attributes
    ----------
    asked
        Whether the gate was asked; else this is what it would say without waivers.
    waived
        The waivers that were used: batch, check, owner, reason and end.
    lapsed
        How many waivers have expired.
    ledger
        Entries of the ledger and its last hash; None where none is kept.
    today
        The day on which the gate was asked.
    stand
        Failed batches that would stand with all floors counted, and all failed ones; None
        where the gate did not tell, or there is one batch to judge at most.

    """

    asked: bool
    word: Word
    exit_code: int
    reason: str
    waived: tuple[Mapping[str, str], ...] = ()
    lapsed: int = 0
    ledger: tuple[int, str] | None = None
    today: str | None = None
    stand: tuple[int, int] | None = None


def gate_state(document: Document, gate: Mapping[str, object] | None) -> GateState:
    """Return what the gate said, else what it would say."""
    if gate is None or not isinstance(gate.get("exit_code"), int):
        verdicts = [(found.batch_id, found.verdict) for found in document.verdicts]
        outcome = decide(verdicts, has_thresholds=document.has_thresholds)
        return GateState(
            asked=False,
            word=_word(outcome.exit_code),
            exit_code=outcome.exit_code,
            reason=outcome.reason,
        )
    code = cast("int", gate["exit_code"])
    waivers = cast("Mapping[str, Sequence[object]]", gate.get("waivers") or {})
    return GateState(
        asked=True,
        word=_word(code),
        exit_code=code,
        reason=str(gate.get("reason", "")),
        waived=tuple(map(_texts, cast("Sequence[Mapping[str, object]]", gate.get("waived") or ()))),
        lapsed=len(waivers.get("expired", ())),
        ledger=_ledger(gate.get("ledger")),
        today=None if gate.get("today") is None else str(gate["today"]),
        stand=_stand(gate) if len(document.verdicts) > 1 else None,
    )


def verdict_counts(document: Document) -> Mapping[str, int]:
    """Return how many batches are accepted, to review and rejected, and let through if any."""
    through = document.let_through
    found = Counter[str](
        "waived" if verdict.batch_id in through else verdict.verdict
        for verdict in document.verdicts
    )
    names = ("accept", "review", "reject", *(["waived"] if found["waived"] else []))
    return {name: found[name] for name in names}


def _word(exit_code: int) -> Word:
    if exit_code == ACCEPTED:
        return "accepted"
    return "rejected" if exit_code == REJECTED else "undecided"


def _texts(row: Mapping[str, object]) -> Mapping[str, str]:
    return {name: str(value) for name, value in row.items() if value is not None}


def _ledger(found: object) -> tuple[int, str] | None:
    if not isinstance(found, dict) or "sha256" not in found:
        return None
    return int(found.get("entries", 0)), str(found["sha256"])


def _stand(gate: Mapping[str, object]) -> tuple[int, int] | None:
    found = gate.get("multiplicity")
    if not isinstance(found, dict) or not found.get("failed"):
        return None
    return len(found.get("stand", ())), len(found["failed"])
