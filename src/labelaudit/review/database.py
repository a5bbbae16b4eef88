"""One database: opened at the right version, read and written in whole transactions."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from labelaudit.errors import UsageError
from labelaudit.review import chain
from labelaudit.review.connecting import READS, address, engine_for, write_ahead
from labelaudit.review.migrating import is_current, migrate
from labelaudit.review.trouble import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine


class Database:
    """A database with the tables of this version."""

    def __init__(self, db: str, *, create: bool = True) -> None:
        url = address(db)
        file = url.database if url.get_backend_name() == "sqlite" else None
        self.where = file or url.render_as_string(hide_password=True)
        if file and not create and not Path(file).exists():
            step = "labelaudit reviews import RUN makes one, or name another --db"
            raise UsageError(file, "is not there", next_step=step)
        self._engine: Engine = engine_for(url)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Iterator[Connection]:
        """Read; in a snapshot all that is read is of one moment (in SQLite it always is)."""
        options: dict[str, object] = {READS: True}
        if snapshot and self._engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with told(self.where), self._engine.connect() as connection:
            yield connection.execution_options(**options)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write while nobody else does; all of the block is kept, or nothing."""
        with told(self.where), self._engine.begin() as connection:
            chain.lock(connection)
            yield connection

    def _prepare(self) -> None:
        with told(self.where):
            write_ahead(self._engine)
        with self.reading() as connection:
            current = is_current(connection, self.where)
        if not current:
            with told(self.where), self._engine.begin() as connection:
                migrate(connection, self.where)


def settle(file: str) -> None:
    """Leave one file that nobody has open, and no write-ahead log beside it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
