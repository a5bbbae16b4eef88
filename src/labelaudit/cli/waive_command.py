"""`labelaudit waive`: write a waiver, with a day on which it ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say
from labelaudit.cli.shared import today_option
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from datetime import date, datetime


@click.command()
@click.argument("check")
@click.option("--scope", required=True, metavar="GLOB", help="Batches, vendors or VENDOR/BATCH.")
@click.option("--reason", required=True, help="Why this may fail for now.")
@click.option("--owner", required=True, help="Who answers for it.")
@click.option(
    "--expires", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Last day."
)
@click.option(
    "-f",
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("labelaudit-waivers.toml"),
    show_default=True,
    help="File of the waivers; made where it is not there.",
)
@today_option
def waive(
    check: str,
    scope: str,
    reason: str,
    owner: str,
    expires: datetime,
    file: Path,
    today: date,
) -> int:
    """Let batches through in spite of one check, until a day.

    The gate reads the file that [gate] waivers names, or --waivers. What is waived
    stays in every report.

    \b
    Example:
      labelaudit waive low-agreement --scope "north/2026-10-*" --owner ann \\
        --reason "guideline v3, relabel ordered" --expires 2026-12-31
    """
    from labelaudit.waivers import add_waiver
    from labelaudit.waiving import Waiver

    _must_be_a_check(check)
    for name, text in (("scope", scope), ("reason", reason), ("owner", owner)):
        if not text.strip():
            raise click.UsageError(f"--{name} is empty: a waiver says where, why and who")
    if expires.date() < today:
        raise click.UsageError(f"--expires {expires.date()} is over: today is {today}")
    add_waiver(file, Waiver(check, scope, reason, owner, expires.date()))
    say(f"waived until {expires.date()}: {check} at {scope}, in {file}")
    return 0


def _must_be_a_check(name: str) -> None:
    from labelaudit.checks import CHECKS
    from labelaudit.configuration.tables import nearest

    names = [check.NAME for check in CHECKS]
    if name not in names:
        raise UsageError("CHECK", f"no check is called {name!r}", next_step=nearest(name, names))
