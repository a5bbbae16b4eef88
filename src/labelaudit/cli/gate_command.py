"""`labelaudit gate`: the audit, and an exit code that CI can rely on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.shared import (
    config_option,
    data_argument,
    json_option,
    output_option,
    say,
    seed_option,
)

if TYPE_CHECKING:
    from labelaudit.audit import Audit

_WORDS = {0: "PASS", 1: "FAIL", 3: "UNDECIDED"}


@click.command()
@data_argument
@config_option
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
    output: Path,
    seed: int,
    reports: tuple[str, ...],
    *,
    as_json: bool,
) -> int:
    """Audit a delivery, or read a finished run, and exit with the verdict.

    \b
    Exit code: 0 every batch accepted, 1 at least one rejected, 3 none rejected but at least
    one undecided or no threshold configured, 2 usage, 4 input.

    \b
    Example:
      labelaudit gate delivery/ -c labelaudit.toml --report markdown=report.md
    """
    asked = [_asked(report) for report in reports]
    run = Path(data[0])
    if len(data) == 1 and (run / "audit.json").is_file():
        return _of_run(run, reports, as_json=as_json)
    from labelaudit.cli.work import audit_data

    def write(audit: Audit) -> None:
        for form, path in asked:
            _write(audit, form, path)

    outcome = audit_data(data, config, output, seed, as_json=as_json, gating=True, also=write)
    say(f"gate: {_WORDS[outcome.exit_code]} (exit {outcome.exit_code}): {outcome.reason}")
    return outcome.exit_code


def _of_run(run: Path, reports: tuple[str, ...], *, as_json: bool) -> int:
    """Gate a finished run from its audit.json alone: nothing is read or measured again."""
    import json

    from labelaudit.gate import decide
    from labelaudit.runs import read_audit

    if reports:
        raise click.UsageError("--report needs the delivery; a run folder holds its reports")
    document = read_audit(run)
    batches: list[dict[str, str]] = document["batches"]  # type: ignore[assignment]
    summary: dict[str, bool] = document["summary"]  # type: ignore[assignment]
    outcome = decide(
        [(batch["batch_id"], batch["verdict"]) for batch in batches],
        has_thresholds=summary["has_thresholds"],
    )
    if as_json:
        click.echo(json.dumps(outcome.document(), indent=1))
    say(f"gate: {_WORDS[outcome.exit_code]} (exit {outcome.exit_code}): {outcome.reason}")
    return outcome.exit_code


def _asked(report: str) -> tuple[str, Path]:
    form, _, path = report.partition("=")
    known = "text", "markdown", "json"
    if form not in known or not path:
        raise click.UsageError(
            f"--report {report}: expected FORMAT=PATH with FORMAT one of {', '.join(known)}"
        )
    return form, Path(path)


def _write(audit: Audit, form: str, path: Path) -> None:
    from labelaudit.errors import UsageError
    from labelaudit.reports import REPORTS

    whole = path.with_name(f".{path.name}.writing")
    try:
        whole.write_text(REPORTS[form](audit), encoding="utf-8")
        whole.replace(path)
    except OSError as error:
        raise UsageError(
            str(path), f"cannot be written: {error.strerror}", next_step="name another path"
        ) from error
    finally:
        whole.unlink(missing_ok=True)
