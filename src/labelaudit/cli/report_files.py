"""`--report FORMAT=PATH`: checked before the long work, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from labelaudit.audit import Audit

FORMATS = ("text", "markdown", "json")


def asked(reports: tuple[str, ...]) -> list[tuple[str, Path]]:
    """Return the formats and paths that were asked for.

    Raises
    ------
    UsageError
        If a path cannot be written: a link, a folder, or in a folder that is not there.

    """
    pairs = [_pair(report) for report in reports]
    for _, path in pairs:
        _must_be_writable(path)
    return pairs


def _pair(report: str) -> tuple[str, Path]:
    form, _, path = report.partition("=")
    if form not in FORMATS or not path:
        raise click.UsageError(
            f"--report {report}: expected FORMAT=PATH with FORMAT one of {', '.join(FORMATS)}"
        )
    return form, Path(path)


def _must_be_writable(path: Path) -> None:
    if path.is_symlink():
        raise _unwritable(path, "it is a link, which could lead anywhere")
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise _unwritable(path, "it is a device or pipe, which a report would replace")
    if path.is_dir() or not path.parent.is_dir():
        raise _unwritable(path, "it is a folder" if path.is_dir() else "its folder is not there")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _unwritable(path, "its folder does not let this user write")


def _unwritable(path: Path, why: str) -> UsageError:
    return UsageError(str(path), f"cannot be written: {why}", next_step="name another path")


def write(audit: Audit, form: str, path: Path) -> None:
    """Write one report."""
    from labelaudit.reports import REPORTS

    whole = path.with_name(f".{path.name}.writing")
    try:
        whole.write_text(REPORTS[form](audit), encoding="utf-8")
        whole.replace(path)
    except OSError as error:
        raise _unwritable(path, str(error.strerror)) from error
    finally:
        whole.unlink(missing_ok=True)
