"""`labelaudit reviews`: the store of reviews, without the app."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say, show
from labelaudit.cli.shared import json_option

if TYPE_CHECKING:
    from labelaudit.review import Flag, Store

db_option = click.option(
    "--db",
    metavar="FILE_OR_URL",
    default="labelaudit-reviews.db",
    show_default=True,
    help="The store: a file, or postgresql+psycopg://user@host/database.",
)
_FIELDS = "id place risk status question_id item_id batch_id vendor label votes gold".split()


@click.group()
def reviews() -> None:
    """Keep flags and decisions: take in a run, list, verify, back up, restore.

    Importing and restoring make the store; opening it brings it to this version.

    \b
    Examples:
      labelaudit reviews import runs/latest
      labelaudit reviews list
    """


@reviews.command("import")
@click.argument("run", type=click.Path(path_type=Path))
@db_option
@click.option("--dataset", help="Its name; otherwise that of the folder that was audited.")
@click.option(
    "--after",
    metavar="RUN_ID",
    help="The run before: its decisions are carried over where item and label are unchanged.",
)
def import_run(run: Path, db: str, dataset: str | None, after: str | None) -> None:
    """Take in a run folder: the units to review, and what was decided before.

    The same run twice is taken once.

    \b
    Example:
      labelaudit reviews import runs/latest --after d3c6439dbe75cd94
    """
    with _open(db) as store:
        done = store.import_run(run, getpass.getuser(), _now(), dataset=dataset, after=after)
    if done.already_there:
        say(f"run {done.run.id} is there already, with {done.flags:,} flags: nothing changed")
        return
    say(f"run {done.run.id} of {done.run.dataset}: {done.flags:,} flags")
    if after:
        say(f"decisions of {after}: {done.carried:,} carried over, {done.reopened:,} reopened")


@reviews.command("list")
@click.argument("run_id", required=False)
@db_option
@click.option("--status", type=click.Choice(["open", "skipped", "decided"]))
@click.option("--limit", type=click.IntRange(1, 5000), default=20, show_default=True)
@json_option
def list_reviews(
    run_id: str | None, db: str, status: str | None, limit: int, *, as_json: bool
) -> None:
    """List the runs; or the flags of one run, those of the greatest risk first.

    \b
    Example:
      labelaudit reviews list d3c6439dbe75cd94 --status open
    """
    with _open(db, create=False) as store:
        if run_id is None:
            _runs(store, as_json=as_json)
        else:
            _flags(store, run_id, status, limit, as_json=as_json)


@reviews.command("round")
@click.argument("run_id")
@click.argument("number", type=click.Choice(["2", "3"]))
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.05,
    show_default=True,
    help="Of round 2: so many of all decided units, drawn by chance.",
)
@db_option
def open_round(run_id: str, number: str, share: float, db: str) -> None:
    """Put decided units before another reviewer, and say how far reviewers agree.

    Round 2 is a share of the decided units, round 3 what two reviewers differ on. Both are blind.

    \b
    Example:
      labelaudit reviews round d3c6439dbe75cd94 2 --share 0.1
    """
    with _open(db, create=False) as store:
        who, now = getpass.getuser(), _now()
        if number == "2":
            more = store.open_second_round(run_id, share, who, now)
        else:
            more = store.open_third_round(run_id, who, now)
        say(f"round {number}: {more:,} more units, each for somebody who has not decided it")
        for one in store.reviewer_agreement(run_id):
            value = one.undefined if one.value is None else f"{one.value:.3f}"
            say(f"reviewers' {one.coefficient}: {value} ({one.units:,} units)")


@reviews.command()
@db_option
def verify(db: str) -> int:
    """Verify that every entry of the record and every decision is as it was written.

    Exit code: 0 it is; 1 it is not, and the first broken entry is named.

    \b
    Example:
      labelaudit reviews verify
    """
    with _open(db, create=False) as store:
        found = store.verify()
    if found.broken:
        say(f"{store.where}: BROKEN after {found.entries:,} entries: {found.broken}")
        return 1
    say(f"{store.where}: {found.entries:,} entries, whole; head {found.head}")
    return 0


@reviews.command()
@click.argument("file", type=click.Path(path_type=Path))
@db_option
def backup(file: Path, db: str) -> None:
    """Write the whole store to one new file, while others go on.

    \b
    Example:
      labelaudit reviews backup reviews-2026-05-01.db
    """
    with _open(db, create=False) as store:
        say(f"{file}: {store.backup(file):,} entries")


@reviews.command()
@click.argument("file", type=click.Path(path_type=Path))
@db_option
def restore(file: Path, db: str) -> None:
    """Fill a new, empty store from a backup whose record is whole.

    \b
    Example:
      labelaudit reviews restore reviews-2026-05-01.db --db new.db
    """
    with _open(db) as store:
        say(f"{store.where}: {store.restore(file):,} entries")


def _open(db: str, *, create: bool = True) -> Store:
    from labelaudit.review import open_store

    return open_store(db, create=create)


def _now() -> datetime:
    return datetime.now(UTC)


def _runs(store: Store, *, as_json: bool) -> None:
    from labelaudit.review import Filter

    runs: list[dict[str, object]] = [
        {
            "id": run.id,
            "dataset": run.dataset,
            "parent": run.parent,
            "created": run.created.isoformat(timespec="seconds"),
            **store.counts(Filter(run.id)),
        }
        for run in store.runs()
    ]
    if as_json:
        show(json.dumps({"runs": runs}, indent=1))
    elif not runs:
        say("no runs yet: labelaudit reviews import RUN takes one in")
    else:
        _table(runs, ("id", "dataset", "created", "open", "skipped", "decided"))


def _flags(store: Store, run_id: str, status: str | None, limit: int, *, as_json: bool) -> None:
    from labelaudit.errors import UsageError
    from labelaudit.review import Filter

    if run_id not in {run.id for run in store.runs()}:
        step = "labelaudit reviews list names the runs that are"
        raise UsageError(f"run {run_id}", f"is not in {store.where}", next_step=step)
    page = store.flags(Filter(run_id, status=status), size=limit)  # type: ignore[arg-type]
    flags = [_told(flag) for flag in page.flags]
    if as_json:
        show(json.dumps({"total": page.total, "flags": flags}, indent=1))
        return
    _table(flags, ("id", "status", "risk", "reasons", "question_id", "item_id", "label", "votes"))
    if page.total > len(flags):
        say(f"... and {page.total - len(flags):,} more: --limit shows more")


def _told(flag: Flag) -> dict[str, object]:
    return {**{name: getattr(flag, name) for name in _FIELDS}, "reasons": ", ".join(flag.reasons)}


def _table(rows: list[dict[str, object]], columns: tuple[str, ...]) -> None:
    """Print rows in columns; vendor text can do nothing but be read."""
    from labelaudit.safe import visible

    cells = [list(columns), *([visible(_cell(row[name]), 40) for name in columns] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(columns))]
    for line in cells:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        show("  ".join(padded).rstrip())


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
