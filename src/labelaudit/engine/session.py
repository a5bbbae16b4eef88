"""A session: one embedded database with bounded memory, and how to put tables into it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

import duckdb
import pyarrow as pa

from labelaudit.engine.failing import as_os_error, in_words
from labelaudit.engine.sql import ident, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pandas as pd

DEFAULT_MEMORY = "1500MB"
PARQUET = "format parquet, compression zstd"
BLOCK_UNITS = 250_000
"""How many units' lists travel from the engine to the kernel at a time."""


class Session:
    """An in-memory DuckDB that spills to a private folder and reads no extension or network.

    One that is forgotten frees everything when it is collected; `close` does so at once.
    """

    def __init__(self, memory: str = DEFAULT_MEMORY) -> None:
        spill = tempfile.mkdtemp(prefix="labelaudit-")
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": spill,
            "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        self._connection = duckdb.connect(":memory:", config=config)
        self._release = weakref.finalize(self, _release, self._connection, spill)
        self._taught: set[str] = set()
        self.do("set TimeZone = 'UTC'")
        # it would draw on stdout; a notebook without ipywidgets has it off and refuses to be told
        if self.rows("select current_setting('enable_progress_bar')") != [(False,)]:
            self.do("set enable_progress_bar = false")

    def __enter__(self) -> Self:
        """Return the session itself."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close the session."""
        self.close()

    def close(self) -> None:
        """Close the database and remove what it spilled."""
        self._release()

    def do(self, query: str) -> None:
        """Run a statement for its effect."""
        self.rows(query)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Return all rows of a small result."""
        with in_words():
            return self._connection.execute(query).fetchall()

    def integers(self, query: str) -> tuple[int, ...]:
        """Return the one row of a query of counts."""
        (row,) = self.rows(query)
        return tuple(int(str(value or 0)) for value in row)

    def table(self, query: str) -> pa.Table:
        """Return a result as an Arrow table."""
        with in_words():
            return self._connection.sql(query).to_arrow_table()

    def frame(self, query: str) -> pd.DataFrame:
        """Return a result as a pandas frame."""
        with in_words():
            found: pd.DataFrame = self._connection.sql(query).df()
        return found

    def blocks(self, query: str, size: int = BLOCK_UNITS) -> Iterator[pa.RecordBatch]:
        """Stream a result as Arrow record batches of at most `size` rows."""
        with in_words():
            yield from self._connection.sql(query).to_arrow_reader(size)

    def load(self, name: str, batches: Iterator[pa.RecordBatch]) -> None:
        """Make a table from a stream of record batches; what stops the stream is raised."""
        first = next(batches)
        stopped: list[BaseException] = []

        def stream() -> Iterator[pa.RecordBatch]:
            yield first
            try:
                yield from batches
            except BaseException as error:  # noqa: BLE001  the engine would wrap it and lose its type
                stopped.append(error)

        reader = pa.RecordBatchReader.from_batches(first.schema, stream())
        self._take(f"create or replace table {ident(name)} as", reader)
        if stopped:
            raise stopped[0]

    def keep(self, name: str, table: pa.Table) -> None:
        """Make a table from an Arrow table that is in memory."""
        self._take(f"create or replace table {ident(name)} as", table)

    def insert(self, name: str, table: pa.Table) -> None:
        """Add the rows of an Arrow table to a table of the same columns."""
        self._take(f"insert into {ident(name)}", table)

    def _take(self, statement: str, source: pa.Table | pa.RecordBatchReader) -> None:
        self._connection.register("__incoming", source)
        try:
            self.do(f"{statement} select * from __incoming")
        finally:
            self._connection.unregister("__incoming")

    def keep_codes(self, name: str, names: str) -> bool:
        """Make a table of names with their codes in an enumeration; say whether there is any."""
        self.do(f"create or replace table {ident(name)} as select distinct name from ({names})")
        if not self.rows(f"select 1 from {ident(name)} limit 1"):
            return False
        kind = ident(f"{name}_kind")
        self.do(f"drop type if exists {kind}")
        self.do(f"create type {kind} as enum (select name from {ident(name)} order by name)")
        self.do(
            f"create or replace table {ident(name)} as"
            f" select name, cast(name as {kind}) as code from {ident(name)}"
        )
        return True

    def teach(self, name: str, says: Callable[..., bool | str], texts: int = 1) -> None:
        """Let queries ask a function of some texts, for rules that SQL cannot word.

        Of one text it says whether, of several it says a text.
        """
        if name not in self._taught:
            answer = "BOOLEAN" if texts == 1 else "VARCHAR"
            self._connection.create_function(name, says, ["VARCHAR"] * texts, answer)
            self._taught.add(name)

    def view(self, name: str, query: str) -> None:
        """Give a query a name."""
        self.do(f"create or replace view {ident(name)} as {query}")

    def write_parquet(self, query: str, path: Path) -> None:
        """Write a result to a Parquet file."""
        _copy(self._connection, query, path, PARQUET)

    @contextmanager
    def writing_parquet(self, query: str, path: Path) -> Iterator[Callable[[], None]]:
        """Write a result to a Parquet file while the block goes on; yields how to wait for it.

        A block that ends without waiting stops the writing.
        """
        with self._connection.cursor() as beside, ThreadPoolExecutor(1) as pool:
            written = pool.submit(_copy, beside, query, path, PARQUET)
            try:
                yield written.result
            finally:
                if not written.done():
                    beside.interrupt()

    def write_csv(self, query: str, path: Path) -> None:
        """Write a result to a CSV file."""
        _copy(self._connection, query, path, "format csv, header")


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, how: str) -> None:
    with as_os_error(), in_words():
        connection.execute(f"copy ({query}) to {text(str(path))} ({how})")


def _release(connection: duckdb.DuckDBPyConnection, spill: str) -> None:
    connection.close()
    shutil.rmtree(spill, ignore_errors=True)
