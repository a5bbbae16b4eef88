"""`labelaudit gate`: the audit, and an exit code that CI can rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.gate_decisions import (
    db_option,
    decisions_of,
    say_decisions,
    with_decisions_option,
)
from labelaudit.cli.output import say, show
from labelaudit.cli.report_files import (
    asked,
    must_be_of_runs,
    report_option,
    write_reports,
)
from labelaudit.cli.shared import (
    baseline_option,
    config_option,
    counts_option,
    data_argument,
    head_of,
    json_option,
    ledger_option,
    output_option,
    seed_option,
    today_option,
    waivers_option,
)
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from labelaudit.gate import Decided, Outcome
    from labelaudit.reports.documents import Documents
    from labelaudit.settings import Gate

_WORDS = {0: "PASS", 1: "FAIL", 3: "UNDECIDED"}


@click.command()
@data_argument
@config_option
@baseline_option
@counts_option
@output_option
@seed_option
@json_option
@waivers_option
@ledger_option
@click.option(
    "--ledger-head",
    "head",
    metavar="HASH",
    callback=head_of,
    help="A head of the ledger that a report shows, noted elsewhere: it must be in there.",
)
@today_option
@with_decisions_option
@db_option
@report_option
def gate(
    data: tuple[str, ...],
    config: Path | None,
    baseline: Path | None,
    output: Path,
    seed: int,
    reports: tuple[str, ...],
    *,
    as_json: bool,
    counts_only: bool,
    today: date,
    head: str | None,
    with_decisions: bool,
    db: str,
    **files: str | None,
) -> int:
    """Audit a delivery, or read a finished run, and exit with the verdict.

    \b
    Exit code: 0 every batch accepted, or let through by a waiver; 1 at least one
    rejected; 3 none rejected, but at least one undecided or no threshold
    configured; 2 wrong usage; 4 unreadable input.

    \b
    Example:
      labelaudit gate delivery/ -c labelaudit.toml --report html=report.html
    """
    paths = asked(reports, (*data, config, *files.values()), to_stdout=not as_json)
    reviews = db if with_decisions else None
    if run := _finished_run(data):
        if config or baseline or counts_only:
            raise click.UsageError(
                "a finished run takes no -c, --baseline and --counts-only: name the delivery"
            )
        must_be_of_runs(paths)
        decided = _settled(run, None, files, today, head, reviews)
        told = _record(run, decided)
        write_reports(paths, told)
        return _end(decided, as_json=as_json)
    from labelaudit.cli.work import audit_data, show_text
    from labelaudit.settling import gated

    done = audit_data(data, config, output, seed, baseline, row_by_row=not counts_only)
    decided = _settled(done.run, done.gate, files, today, head, reviews)
    audit = gated(done.audit, decided)
    told = _record(done.run, decided)
    if not as_json and all(path for _, path in paths):
        show_text(audit)
    write_reports(paths, told, audit)
    say(f"run folder: {done.run}")
    return _end(decided, as_json=as_json)


def _settled(
    run: Path,
    named: Gate | None,
    files: dict[str, str | None],
    today: date,
    head: str | None,
    reviews: str | None,
) -> Decided:
    """Decide a run by the files that the command names, else by those of the configuration."""
    from labelaudit.settings import Gate
    from labelaudit.settling import settle

    given = {name: path for name, path in files.items() if path is not None}
    gate = replace(named or Gate(), **given)
    if head is not None and gate.ledger is None:
        raise click.UsageError("--ledger-head: there is no ledger; name it with --ledger")
    decisions = decisions_of(run, reviews) if reviews else None
    return settle(run, gate, today, head, decisions)


def _finished_run(data: tuple[str, ...]) -> Path | None:
    runs = [Path(name) for name in data if (Path(name) / "audit.json").is_file()]
    if runs and len(data) > 1:
        raise click.UsageError(f"{runs[0]} is a finished run: gate it by itself")
    return runs[0] if runs else None


def _record(run: Path, decided: Decided) -> Documents:
    """Keep in the run what was decided, and return all that the run then says."""
    from labelaudit.reports import RUN_REPORTS
    from labelaudit.reports.documents import Documents
    from labelaudit.runs import read_audit, record_gate

    told = Documents(read_audit(run), decided.document(), str(Path.cwd()))
    try:
        record_gate(run, told.gate, RUN_REPORTS["html"](told))
    except UsageError as error:
        say(f"gate.json is not recorded: {error}")
    return told


def _end(decided: Decided, *, as_json: bool) -> int:
    """Say last what was decided."""
    document, outcome = decided.document(), decided.outcome
    if as_json:
        show(json.dumps(document, indent=1, ensure_ascii=False))
    _say_waivers(decided)
    _say_looks(outcome)
    if decided.decisions:
        say_decisions(decided.decisions)
    if decided.ledger:
        say(f"ledger: entry {decided.ledger['entries']}, head {decided.ledger['sha256']}")
    say(f"gate: {_WORDS[outcome.exit_code]} (exit {outcome.exit_code}): {outcome.reason}")
    return outcome.exit_code


def _say_looks(outcome: Outcome) -> None:
    looks = [held for batch in outcome.batches for held in batch.thresholds if held.look]
    if looks:
        new = sum(held.new for held in looks)
        say(f"looks: {new} new, {len(looks) - new} at data seen before")
    if used_up := [batch.batch_id for batch in outcome.batches if batch.exhausted]:
        say(f"plan-exhausted: {', '.join(used_up[:10])}: decide by hand, or begin a new plan")
    if outcome.multiplicity:
        say(outcome.multiplicity)


def _say_waivers(decided: Decided) -> None:
    for fault in decided.waivers.faulty:
        say(f"not a waiver: {fault}")
    for waiver in decided.waivers.expired:
        say(
            f"waiver expired on {waiver.expires}: {waiver.check} at {waiver.scope} ({waiver.owner})"
        )
    for found in decided.outcome.waived:
        by = f"until {found.waiver.expires} by {found.waiver.owner}: {found.waiver.reason}"
        say(f"waived: {found.check} of {found.batch_id}, {by}")
