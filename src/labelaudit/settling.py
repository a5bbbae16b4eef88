"""The end of a gate: a finished run, the waivers of a day, what they come to, and its entry."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.errors import UsageError
from labelaudit.gate import Decided, decide_run
from labelaudit.ledger import opened
from labelaudit.listing import Listing
from labelaudit.looks import GATE, History
from labelaudit.model import BatchVerdict
from labelaudit.runs import AUDIT, read_audit
from labelaudit.waivers import read_waivers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from labelaudit.audit import Audit
    from labelaudit.chaining import Chain
    from labelaudit.deciding import Held
    from labelaudit.judged import Judged
    from labelaudit.reviewed import Reviewed
    from labelaudit.settings import Gate


def settle(
    run: Path,
    gate: Gate,
    today: date,
    head: str | None = None,
    decisions: Reviewed | None = None,
) -> Decided:
    """Decide a finished run from its `audit.json` and the files of the gate alone.

    Where there is a ledger, each threshold is decided at the level of its look, and what was
    decided stands in the ledger before this returns.

    Parameters
    ----------
    run
        The run folder.
    gate
        The files of the gate.
    today
        The day that waivers are held against.
    head
        A head of the ledger that was noted elsewhere: it must be in there.
    decisions
        What reviewers decided of the run, where that shall count.

    Raises
    ------
    InputError
        If the folder is no run, or of another schema.
    UsageError
        If the ledger is broken, lacks the head, or cannot be written.

    """
    waivers = read_waivers(Path(gate.waivers) if gate.waivers else None, today)
    audit = read_audit(run)
    held = decisions.applied(audit) if decisions else audit
    if gate.ledger is None:
        return Decided(decide_run(held, waivers), waivers, today, decisions=decisions)
    with opened(Path(gate.ledger), head) as ledger:
        outcome = decide_run(held, waivers, history_of(ledger.chain))
        decided = Decided(outcome, waivers, today, decisions=decisions)
        entry = _entry(decided, audit, (run / AUDIT).read_bytes())
        return replace(decided, ledger=asdict(ledger.add(entry)))


def gated(audit: Audit, decided: Decided) -> Audit:
    """Return an audit with its batches as the gate decided them: each floor at its look."""
    by_batch = {batch.batch_id: batch for batch in decided.outcome.batches}
    verdicts = (_decided(found, by_batch[found.batch_id]) for found in audit.verdicts)
    return replace(audit, verdicts=Listing(BatchVerdict, verdicts), gate=decided)


def _decided(found: BatchVerdict, by: Judged) -> BatchVerdict:
    thresholds = tuple(
        replace(
            threshold,
            outcome=held.outcome,
            bound=held.bound,
            side=held.side,
            level=held.level,
            needs=held.needs,
        )
        for threshold, held in zip(found.thresholds, by.thresholds, strict=True)
    )
    return replace(found, verdict=by.verdict, reasons=by.reasons, thresholds=thresholds)


def history_of(chain: Chain) -> History:
    """Return the looks that the entries of a ledger hold.

    Raises
    ------
    UsageError
        If an entry that holds says what no gate writes.

    """
    try:
        return History(chain.contents)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"an entry holds looks that cannot be read: {error!r}"
        raise UsageError("the ledger", problem, next_step="begin a new ledger") from error


def _entry(decided: Decided, audit: Mapping[str, object], document: bytes) -> Mapping[str, object]:
    outcome = decided.outcome
    return {
        "kind": GATE,
        "audit_sha256": hashlib.sha256(document).hexdigest(),
        "config_sha256": audit.get("config_sha256"),
        "today": decided.today.isoformat(),
        "exit_code": outcome.exit_code,
        "rejected": outcome.rejected,
        "undecided": outcome.undecided,
        "let_through": outcome.let_through,
        "waived": decided.waived(),
        **({"decisions": decided.decisions.document()} if decided.decisions else {}),
        "looks": [
            look_of(batch.batch_id, held)
            for batch in outcome.batches
            for held in batch.thresholds
            if held.new
        ],
    }


_SAID = (
    "question_id", "fingerprint", "look", "risk_fraction", "risk_left_fraction", "level", "n",
    "n_planned", "limit", "estimate", "lower", "upper", "outcome", "reason",
)  # fmt: skip


def look_of(batch: str, held: Held) -> Mapping[str, object]:
    """Return what a ledger keeps of a look."""
    said = {name: getattr(held, name) for name in _SAID}
    return {"batch_id": batch, "threshold": held.name, **said}
