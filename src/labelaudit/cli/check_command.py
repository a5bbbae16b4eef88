"""`labelaudit check-config`: configurations and waivers, read as the gate will read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say
from labelaudit.cli.shared import today_option
from labelaudit.errors import LabelAuditError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from labelaudit.waiving import Waivers


@click.command("check-config")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE...]")
@today_option
def check_config(files: tuple[Path, ...], today: date) -> int:
    """Check configurations and waiver files, without any delivery.

    A file whose name holds "waivers" is one of waivers, any other a configuration; the
    waiver file that a configuration names is checked with it. Without FILE, what
    stands in this folder. Expired waivers are shown and are no fault.

    \b
    Exit code: 0 all can be used; 2 a fault, each with its place.

    \b
    Example:
      labelaudit check-config labelaudit.toml labelaudit-waivers.toml
    """
    chosen = files or tuple(_standing_here())
    if not chosen:
        raise UsageError(
            str(Path()), "holds no labelaudit.toml", next_step="name a file, or labelaudit init"
        )
    faults = [fault for path in dict.fromkeys(chosen) for fault in _faults(path, today)]
    for fault in faults:
        say(fault)
    if faults:
        named = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
        say(f"labelaudit: {named} in {len(chosen)} checked")
        return 2
    return 0


def _standing_here() -> Iterator[Path]:
    from labelaudit.project import find_project
    from labelaudit.waivers import FILE_NAME

    if found := find_project(Path()):
        yield found
    if Path(FILE_NAME).is_file():
        yield Path(FILE_NAME)


def _faults(path: Path, today: date) -> Iterator[str]:
    """Yield what is wrong with a file, in words that name it."""
    if "waivers" in path.name:
        yield from _faults_of_waivers(path, today)
        return
    try:
        yield from _faults_of_configuration(path, today)
    except LabelAuditError as error:
        yield error.block()


def _faults_of_configuration(path: Path, today: date) -> Iterator[str]:
    from labelaudit.project import SHARED_NAME, find_project, load_project

    if path.name == SHARED_NAME and find_project(path.parent) is None:
        return  # a pyproject.toml of somebody else's matters
    project = load_project(path)
    find_project(path.parent)  # refuses two configurations in one folder
    say(f"{path}: good")
    if project.gate.waivers is not None:
        yield from _faults_of_waivers(Path(project.gate.waivers), today)


def _faults_of_waivers(path: Path, today: date) -> Iterator[str]:
    from labelaudit.waivers import read_waivers

    found = read_waivers(path, today)
    yield from (f"{path}\n  not a waiver: {fault}" for fault in found.faulty)
    yield from _strangers(path, found)
    for waiver in found.expired:
        say(f"{path}: expired on {waiver.expires}, waives nothing: {waiver.check} ({waiver.owner})")
    say(f"{path}: {len(found.valid)} in force, {len(found.expired)} expired")


def _strangers(path: Path, found: Waivers) -> Iterator[str]:
    """Yield the waivers of what is no check: they wait for a finding that never comes."""
    from labelaudit.checks import CHECKS
    from labelaudit.configuration.tables import nearest

    names = [check.NAME for check in CHECKS]
    for waiver in (*found.valid, *found.expired):
        if waiver.check not in names:
            yield f"{path}\n  no check is called {waiver.check!r}; {nearest(waiver.check, names)}"
