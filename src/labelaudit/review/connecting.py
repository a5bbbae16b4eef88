"""Reaching the database: SQLite on a local disk, or PostgreSQL for teams."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, create_engine, event, exc, make_url

from labelaudit.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BUSY_MS = 5_000
"""How long a writer waits for another one."""
CACHE_KB = 65_536
"""Pages held in memory: an import touches all of its indexes again and again."""
READS = "labelaudit_reads"
_NETWORK = {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "fuse.sshfs", "9p"}
_MOUNTS = Path("/proc/self/mounts")


def address(db: str) -> URL:
    """Return the address of a store: a file name, or a URL of SQLite or PostgreSQL.

    Raises
    ------
    UsageError
        If it is neither.

    Examples
    --------
    >>> address("reviews.db").render_as_string(), address("postgresql://team@db/x").drivername
    ('sqlite:///reviews.db', 'postgresql+psycopg')

    """
    if "://" not in db:
        return URL.create("sqlite", database=db)
    try:
        url = make_url(db)
    except (exc.ArgumentError, ValueError) as error:
        raise _odd("--db", "is no URL of a database") from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise _odd(url.render_as_string(), f"{url.drivername} is not supported")
    return url.set(drivername="sqlite")


def _odd(where: str, problem: str) -> UsageError:
    return UsageError(
        where, problem, next_step="name a file, or postgresql+psycopg://user@host/database"
    )


def engine_for(url: URL) -> Engine:
    """Return the engine; SQLite files are looked at first.

    Raises
    ------
    UsageError
        If SQLite has no file to keep, or one on a network drive, where its locks do not hold.
    MissingExtraError
        If PostgreSQL is asked for and psycopg is not installed.

    """
    if url.get_backend_name() == "postgresql":
        return _postgresql(url)
    if url.database in {None, "", ":memory:"}:
        raise UsageError("--db", "a store in memory would lose every decision: name a file")
    _must_be_local(Path(str(url.database)))
    engine = create_engine(
        url, connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False}
    )
    event.listen(engine, "connect", _sqlite_connected)
    event.listen(engine, "begin", _sqlite_begins)
    return engine


def _postgresql(url: URL) -> Engine:
    # a writer that hangs, or whose machine vanished, must not keep the others waiting
    options = f"-c lock_timeout={2 * BUSY_MS} -c idle_in_transaction_session_timeout={4 * BUSY_MS}"
    arguments = {"options": options, "connect_timeout": 10}
    try:
        return create_engine(url, pool_pre_ping=True, connect_args=arguments)
    except ImportError as error:
        raise MissingExtraError("a review store in PostgreSQL", "postgres") from error


def _sqlite_connected(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    # a confirmed decision is on the disk, also when the power goes
    connection.execute("PRAGMA synchronous = FULL")


def _sqlite_begins(connection: Connection) -> None:
    reads = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def write_ahead(engine: Engine) -> None:
    """Let SQLite's readers and its writer not wait for each other; others may do so just now."""
    if engine.dialect.name != "sqlite":
        return
    until = time.monotonic() + BUSY_MS / 1000
    while not _switched(str(engine.url.database), last=time.monotonic() > until):
        time.sleep(0.02)


def _switched(path: str, *, last: bool) -> bool:
    with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if last or "locked" not in str(error):
                raise
            return False
    return True


def _must_be_local(path: Path) -> None:
    kind = _file_system(path.absolute())
    if kind in _NETWORK:
        raise UsageError(
            str(path),
            f"lies on a network drive ({kind}), where SQLite loses decisions",
            next_step="name a file on a local disk, or use PostgreSQL",
        )


def _file_system(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the kind of file system under a path; empty where nothing tells."""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    above = {str(parent) for parent in (path, *path.parents)}
    under = [(len(words[1]), words[2]) for words in lines if words[1] in above]
    return max(under, default=(0, ""))[1]
