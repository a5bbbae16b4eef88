"""`labelaudit gate`: the audit, and an exit code that CI can rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say, show
from labelaudit.cli.report_files import asked, write
from labelaudit.cli.shared import (
    baseline_option,
    config_option,
    data_argument,
    json_option,
    output_option,
    seed_option,
)
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from labelaudit.gate import Outcome

_WORDS = {0: "PASS", 1: "FAIL", 3: "UNDECIDED"}


@click.command()
@data_argument
@config_option
@baseline_option
@output_option
@seed_option
@json_option
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=PATH",
    help="Also write a report: text, markdown or json. May be given many times.",
)
def gate(
    data: tuple[str, ...],
    config: Path | None,
    baseline: Path | None,
    output: Path,
    seed: int,
    reports: tuple[str, ...],
    *,
    as_json: bool,
) -> int:
    """Audit a delivery, or read a finished run, and exit with the verdict.

    \b
    Exit code: 0 every batch accepted; 1 at least one rejected; 3 none rejected,
    but at least one undecided or no threshold configured; 2 wrong usage;
    4 unreadable input.

    \b
    Example:
      labelaudit gate delivery/ -c labelaudit.toml --report markdown=report.md
    """
    paths = asked(reports)
    if run := _finished_run(data):
        if paths or config or baseline:
            raise click.UsageError(
                "a finished run takes no -c, --baseline and --report: name the delivery"
            )
        return _end(run, as_json=as_json)
    from labelaudit.cli.work import audit_data, show_text

    done = audit_data(data, config, output, seed, baseline)
    if not as_json:
        show_text(done.audit)
    for form, path in paths:
        write(done.audit, form, path)
    say(f"run folder: {done.run}")
    return _end(done.run, as_json=as_json)


def _finished_run(data: tuple[str, ...]) -> Path | None:
    runs = [Path(name) for name in data if (Path(name) / "audit.json").is_file()]
    if runs and len(data) > 1:
        raise click.UsageError(f"{runs[0]} is a finished run: gate it by itself")
    return runs[0] if runs else None


def _end(run: Path, *, as_json: bool) -> int:
    """Decide from the run's audit.json alone, record it there, and say it last."""
    from labelaudit.gate import decide_run
    from labelaudit.runs import read_audit, record_gate

    outcome: Outcome = decide_run(read_audit(run))
    document = outcome.document()
    try:
        record_gate(run, document)
    except UsageError as error:
        say(f"gate.json is not recorded: {error}")
    if as_json:
        show(json.dumps(document, indent=1, ensure_ascii=False))
    say(f"gate: {_WORDS[outcome.exit_code]} (exit {outcome.exit_code}): {outcome.reason}")
    return outcome.exit_code
