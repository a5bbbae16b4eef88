"""The main job as `audit`, `gate` and `demo` run it: audit, print, save."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from labelaudit.cli.shared import read_data, say
from labelaudit.gate import Outcome, decide

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from labelaudit.audit import Audit


def audit_data(
    data: tuple[str, ...],
    config: Path | None,
    output: Path | None,
    seed: int,
    *,
    as_json: bool,
    gating: bool = False,
    also: Callable[[Audit], None] | None = None,
) -> Outcome:
    """Audit a delivery, print the report, write the run folder; return the gate's outcome."""
    from labelaudit.audit import run
    from labelaudit.reports import REPORTS
    from labelaudit.runs import save

    started = _now()
    with read_data(data, config) as annotations:
        audit = run(annotations, seed=seed)
        outcome = decide(
            [(found.batch_id, found.verdict) for found in audit.verdicts],
            has_thresholds=audit.has_thresholds,
        )
        document = REPORTS["json"](audit)
        _print(audit, document, as_json=as_json)
        if also is not None:
            also(audit)
        if output is not None:
            times = {"started_at": started, "finished_at": _now()}
            gate = {"gate.json": json.dumps(outcome.document(), indent=1) + "\n"} if gating else {}
            place = save(audit, annotations, output, document, times, gate)
            say(f"run folder: {place}")
    return outcome


def _print(audit: Audit, document: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(document, nl=False)
        return
    from rich.console import Console

    from labelaudit.reports import text_report

    console = Console(highlight=False)
    if console.is_terminal:
        text_report.show(audit, console)
    else:
        click.echo(text_report.render(audit), nl=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
