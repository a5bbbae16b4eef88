"""The end of a gate: a finished run, the waivers of a day, and what they come to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.gate import Decided, decide_run
from labelaudit.runs import read_audit
from labelaudit.waivers import read_waivers

if TYPE_CHECKING:
    from datetime import date

    from labelaudit.settings import Gate


def settle(run: Path, gate: Gate, today: date) -> Decided:
    """Decide a finished run from its `audit.json` and the files of the gate alone.

    Raises
    ------
    InputError
        If the folder is no run, or of another schema.

    """
    waivers = read_waivers(Path(gate.waivers) if gate.waivers else None, today)
    return Decided(decide_run(read_audit(run), waivers), waivers, today)
