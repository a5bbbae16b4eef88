"""The main job as `audit`, `gate` and `demo` run it: read, audit, save."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from labelaudit.cli.output import say, show
from labelaudit.cli.progress import working
from labelaudit.cli.shared import read_data

if TYPE_CHECKING:
    from pathlib import Path

    from labelaudit.audit import Audit
    from labelaudit.settings import Gate


@dataclass(frozen=True, slots=True)
class Done:
    """A finished audit: what was concluded, its document, and the folder it was saved in."""

    audit: Audit
    document: str
    run: Path
    gate: Gate


def audit_data(
    data: tuple[str, ...],
    config: Path | None,
    output: Path,
    seed: int,
    baseline: Path | None = None,
    *,
    row_by_row: bool = True,
) -> Done:
    """Audit a delivery, compared with a baseline if one is named, and write the run folder."""
    from labelaudit.audit import run
    from labelaudit.reports import RUN_REPORTS
    from labelaudit.reports.documents import Documents
    from labelaudit.reports.json_report import document, written
    from labelaudit.runs import must_be_writable, saving

    must_be_writable(output)
    started = _now()
    with read_data(data, config) as annotations, saving(annotations, output) as finish:
        with working("measuring and checking", data):
            audit = run(annotations, seed=seed, row_by_row=row_by_row, baseline=baseline)
        _say_strangers(audit)
        told = document(audit)
        text, page = written(told), RUN_REPORTS["html"](Documents(told))
        place = finish(audit, text, {"started_at": started, "finished_at": _now()}, page)
        gate = annotations.project.gate
    return Done(audit, text, place, gate)


def show_text(audit: Audit) -> None:
    """Print the text report: in colour on a terminal, 80 plain columns elsewhere."""
    from rich.console import Console

    from labelaudit.reports import text_report

    console = Console(highlight=False)
    if console.is_terminal:
        text_report.show(audit, console)
    else:
        show(text_report.render(audit))


def _say_strangers(audit: Audit) -> None:
    """Say which vendors of the policy delivered nothing: a misspelled one limits nobody."""
    delivered = sorted({vendor for verdict in audit.verdicts for vendor in verdict.vendors})
    for name in audit.policy.vendors:
        if name not in delivered:
            found = ", ".join(delivered) or "none"
            say(f"[policy.vendors.{name}] limits nobody here: vendors found: {found}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
