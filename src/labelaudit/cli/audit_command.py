"""`labelaudit audit`: read, validate, measure, check, judge; write a run folder."""

from __future__ import annotations

from pathlib import Path

import click

from labelaudit.cli.output import say, show
from labelaudit.cli.report_files import asked, report_option, write_reports
from labelaudit.cli.shared import (
    baseline_option,
    config_option,
    counts_option,
    data_argument,
    json_option,
    output_option,
    seed_option,
)


@click.command()
@data_argument
@config_option
@baseline_option
@counts_option
@output_option
@seed_option
@json_option
@report_option
def audit(
    data: tuple[str, ...],
    config: Path | None,
    baseline: Path | None,
    output: Path,
    seed: int,
    reports: tuple[str, ...],
    *,
    as_json: bool,
    counts_only: bool,
) -> int:
    """Audit a delivery: what is good enough, what is wrong, and why.

    Prints the report and writes a run folder. Exit 0 when the audit could be made, whatever
    its verdicts; `labelaudit gate` turns verdicts into exit codes.

    \b
    Example:
      labelaudit audit delivery/ -c labelaudit.toml -o runs/
    """
    from labelaudit.cli.work import audit_data, show_text
    from labelaudit.reports.documents import documents

    paths = asked(reports, (*data, config), to_stdout=not as_json)
    done = audit_data(data, config, output, seed, baseline, row_by_row=not counts_only)
    if as_json:
        show(done.document)
    elif all(path for _, path in paths):
        show_text(done.audit)
    if paths:
        write_reports(paths, documents(done.audit, str(Path.cwd())), done.audit)
    say(f"run folder: {done.run}")
    return 0
