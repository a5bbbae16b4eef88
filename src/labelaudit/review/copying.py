"""Backup and restore: one SQLite file with every row, whatever the store lives in."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from labelaudit.errors import InputError, UsageError
from labelaudit.review.database import Database, settle
from labelaudit.review.rows import walk
from labelaudit.review.tables import (
    CARDS,
    DECISIONS,
    EVENTS,
    EXPORTS,
    FLAGS,
    HEAD,
    METADATA,
    PERSON_FLAGS,
    PERSON_NOTES,
    RUNS,
    SENT,
)
from labelaudit.review.verifying import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Table

_CHUNK = 1_000
# rows that others point at come first; runs and decisions point at older ones of their own
_KEPT = (RUNS, FLAGS, CARDS, DECISIONS, PERSON_FLAGS, PERSON_NOTES, EXPORTS, SENT)
_TABLES = (*_KEPT, EVENTS, HEAD)


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """Give a new file to write; it takes its name only when all is written.

    Raises
    ------
    UsageError
        If a file of that name is there, or none can be written.

    """
    if file.exists():
        raise UsageError(str(file), "is there already", next_step="name another file")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as place:
            written = Path(place) / "backup.db"
            yield written
            os.link(written, file)  # unlike a rename it replaces nothing
    except FileExistsError as error:
        raise UsageError(str(file), "is there already", next_step="name another file") from error
    except OSError as error:
        raise UsageError(str(file), f"cannot be written: {error.strerror}") from error


@contextmanager
def a_copy(file: Path) -> Iterator[Path]:
    """Give a copy of a backup: to read an older one, it is brought to this version.

    Raises
    ------
    InputError
        If there is no such file.

    """
    with tempfile.TemporaryDirectory(prefix="labelaudit-restore-") as place:
        try:
            yield Path(shutil.copy(file, Path(place) / "restore.db"))
        except OSError as error:
            raise InputError(str(file), f"cannot be read: {error.strerror}") from error


def backup(database: Database, file: Path) -> int:
    """Write everything to a new file; return how many entries of the record there are."""
    with beside(file) as place:
        with (
            Database(str(place)) as target,
            database.reading(snapshot=True) as source,
            target.writing() as into,
        ):
            entries = copy(source, into)
        settle(str(place))
        return entries


def restore(database: Database, file: Path) -> int:
    """Fill an empty store from a backup; return how many entries of the record there are."""
    with a_copy(file) as place, Database(str(place)) as backed_up, backed_up.reading() as source:
        found = verify(source)
        if found.broken:
            raise InputError(str(file), f"its record is broken: {found.broken}")
        with database.writing() as into:
            must_be_empty(into, database.where)
            return copy(source, into)


def copy(source: Connection, target: Connection) -> int:
    """Copy every row, and return how many entries of the record there are."""
    target.execute(delete(HEAD))
    for table in _TABLES:
        _copy(table, source, target)
    return int(target.execute(select(func.count()).select_from(EVENTS)).scalar_one())


def _copy(table: Table, source: Connection, target: Connection) -> None:
    rows = []
    for row in _parents_first(source) if table is RUNS else walk(source, table):
        rows.append(dict(row))
        if len(rows) == _CHUNK:
            target.execute(insert(table), rows)
            rows = []
    if rows:
        target.execute(insert(table), rows)


def _parents_first(source: Connection) -> Iterator[dict[str, object]]:
    """Yield each run after the one it follows."""
    left = [dict(row) for row in source.execute(select(RUNS)).mappings()]
    done: set[object] = {None}
    while left:
        ready = [row for row in left if row["parent"] in done]
        done |= {row["id"] for row in ready}
        left = [row for row in left if row["id"] not in done]
        yield from ready


def must_be_empty(target: Connection, where: str) -> None:
    """Refuse to restore over anything.

    Raises
    ------
    UsageError
        If the store holds a row.

    """
    held = [table for table in METADATA.tables.values() if table is not HEAD]
    if any(target.execute(select(table).limit(1)).first() is not None for table in held):
        raise UsageError(
            where,
            "holds runs or decisions already, and a restore replaces nothing",
            next_step="name a new --db to restore into",
        )
