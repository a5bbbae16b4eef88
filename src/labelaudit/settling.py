"""The end of a gate: a finished run, the waivers of a day, what they come to, and its entry."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.gate import Decided, decide_run
from labelaudit.ledger import append
from labelaudit.runs import AUDIT, read_audit
from labelaudit.waivers import read_waivers

if TYPE_CHECKING:
    from datetime import date

    from labelaudit.settings import Gate

KEPT = ("today", "exit_code", "rejected", "undecided", "let_through", "waived")
"""What an entry of the ledger holds of `gate.json`."""


def settle(run: Path, gate: Gate, today: date) -> Decided:
    """Decide a finished run from its `audit.json` and the files of the gate alone.

    Where there is a ledger, what was decided stands in it before this returns.

    Raises
    ------
    InputError
        If the folder is no run, or of another schema.
    UsageError
        If the ledger is broken or cannot be written.

    """
    waivers = read_waivers(Path(gate.waivers) if gate.waivers else None, today)
    audit = read_audit(run)
    decided = Decided(decide_run(audit, waivers), waivers, today)
    if gate.ledger is None:
        return decided
    content = {
        "kind": "gate",
        "audit_sha256": hashlib.sha256((run / AUDIT).read_bytes()).hexdigest(),
        "config_sha256": audit.get("config_sha256"),
        **{name: value for name, value in decided.document().items() if name in KEPT},
    }
    return replace(decided, ledger=asdict(append(Path(gate.ledger), content)))
