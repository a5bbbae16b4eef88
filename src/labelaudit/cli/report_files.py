"""`--report FORMAT=PATH`: checked before the long work, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import show
from labelaudit.errors import UsageError
from labelaudit.reports import AUDIT_ONLY, REPORTS, RUN_REPORTS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from labelaudit.audit import Audit
    from labelaudit.reports.documents import Documents

    Asked = Sequence[tuple[str, Path | None]]

STDOUT = "-"

report_option = click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=PATH",
    help=f"Also write a report: {', '.join(REPORTS)}. May be given many times. The path - prints"
    " it instead of the text report.",
)


def asked(
    reports: Sequence[str], inputs: Collection[str | Path | None], *, to_stdout: bool
) -> Asked:
    """Return the formats and paths that were asked for; a path of None is stdout.

    Raises
    ------
    UsageError
        If a path cannot be written: a link, a folder, read-only, in a folder that is not there,
        named twice, or one of the inputs; if stdout already holds another document.

    """
    pairs = [_pair(report) for report in reports]
    if not to_stdout and any(path is None for _, path in pairs):
        raise click.UsageError("--json prints its document to stdout: name a file for --report")
    paths = [path for _, path in pairs if path is not None]
    given = {Path(name).resolve() for name in inputs if name is not None}
    for path in paths:
        _must_be_writable(path)
        if path.resolve() in given:
            raise _unwritable(path, "it is what this command reads")
        if paths.count(path) > 1:
            raise _unwritable(path, "two reports would be written there")
    return pairs


def _pair(report: str) -> tuple[str, Path | None]:
    form, _, path = report.partition("=")
    if form not in REPORTS or not path:
        raise click.UsageError(
            f"--report {report}: expected FORMAT=PATH with FORMAT one of {', '.join(REPORTS)}"
        )
    return form, None if path == STDOUT else Path(path)


def _must_be_writable(path: Path) -> None:
    if path.is_symlink():
        raise _unwritable(path, "it is a link, which could lead anywhere")
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise _unwritable(path, "it is a device or pipe, which a report would replace")
    if path.is_dir() or not path.parent.is_dir():
        raise _unwritable(path, "it is a folder" if path.is_dir() else "its folder is not there")
    if path.is_file() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
        raise _unwritable(path, "it is read-only")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _unwritable(path, "its folder does not let this user write")


def _unwritable(path: Path, why: str) -> UsageError:
    return UsageError(str(path), f"cannot be written: {why}", next_step="name another path")


def must_be_of_runs(pairs: Asked) -> None:
    """Refuse, for a finished run, the reports that need the delivery."""
    for form, _ in pairs:
        if form in AUDIT_ONLY:
            raise click.UsageError(
                f"--report {form} shows what a finished run does not hold: name the delivery, or"
                f" take one of {', '.join(RUN_REPORTS)}"
            )


def write_reports(pairs: Asked, told: Documents, audit: Audit | None = None) -> None:
    """Write every report that can be written, then say which could not.

    Parameters
    ----------
    pairs
        What was asked for.
    told
        What the run says.
    audit
        The audit, which some reports need.

    Raises
    ------
    UsageError
        If a file cannot be written; what stood there before still does.

    """
    failed: list[UsageError] = []
    for form, path in pairs:
        text = (
            RUN_REPORTS[form](told)
            if audit is None or form in RUN_REPORTS
            else REPORTS[form](audit)
        )
        if path is None:
            show(text)
            continue
        try:
            _replace(path, text)
        except OSError as error:
            failed.append(_unwritable(path, str(error.strerror)))
    if failed:
        raise failed[0]


def _replace(path: Path, text: str) -> None:
    """Put a whole file in the place of another, which stays as it is if that fails."""
    whole = path.with_name(f".{path.name}.writing")
    try:
        whole.write_text(text, encoding="utf-8")
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)
