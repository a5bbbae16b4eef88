"""Parquet, typed columns as text; an engine may scan such files itself."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from labelaudit.errors import InputError
from labelaudit.readers import bombs
from labelaudit.readers.casting import as_text, holds_bytes, is_float, is_nested
from labelaudit.readers.contract import CHUNK_BYTES, CHUNK_ROWS, Budget, Chunk, Table
from labelaudit.readers.faults import no_rows
from labelaudit.readers.names import check_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.readers.contract import Source

SUFFIXES: tuple[str, ...] = (".parquet", ".pq")
TEXT = False
MAGIC = re.compile(rb"PAR1(?:[^\x00-\x08]{0,64}[\x00-\x08]|$)")


def recognises(head: bytes) -> bool:
    """Take what begins with the magic bytes of Parquet, and goes on as no text does."""
    return MAGIC.match(head) is not None


def look(source: Source, budget: Budget) -> Table:
    """Read the footer and the dictionaries; see that the text fits the budget."""
    if source.packing:
        problem = f"is a Parquet file packed with {source.packing}, which cannot be read in part"
        raise InputError(source.name, problem, next_step="unpack it: Parquet is compressed inside")
    with _understood(source.name):
        with pq.ParquetFile(source.path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
        check_names(source.name, schema.names)
        left_out = [one.name for one in schema if holds_bytes(one.type)]
        fields = [one for one in schema if one.name not in left_out]
        columns = tuple(one.name for one in fields)
        if not columns:
            raise InputError(source.name, "holds bytes only: no column can be read as text")
        if not rows:
            raise no_rows(source.name, "a schema and nothing under it")
    return Table(
        columns,
        ("Parquet", *(f"column {name!r} left out: it holds bytes" for name in left_out)),
        partial(_read, source, columns),
        floats=frozenset(one.name for one in fields if is_float(one.type)),
        scan_key=None if any(is_nested(one.type) for one in fields) else str(pa.schema(fields)),
    )


def _sizes(source: Source, columns: tuple[str, ...], budget: Budget) -> list[tuple[int, int]]:
    """Return rows and bytes of each row group, and stop here if they are over the budget."""
    sizes = bombs.bounds(source.path, columns)
    bound = sum(size for _, size in sizes)
    fresh = Budget(budget.limit)  # what is read is counted again, chunk by chunk
    fresh.reserve(bound, partial(bombs.exact, source.path, columns), source.name)
    return sizes


def _rows_at_once(sizes: list[tuple[int, int]]) -> int:
    """Return how many rows can be unpacked together without taking much memory."""
    heaviest = max(size / rows for rows, size in sizes if rows)
    return max(1, min(CHUNK_ROWS, int(CHUNK_BYTES / max(1.0, heaviest))))


def _read(source: Source, columns: tuple[str, ...], budget: Budget) -> Iterator[Chunk]:
    start = 1
    with _understood(source.name):
        rows = _rows_at_once(_sizes(source, columns, budget))
    with _understood(source.name), pq.ParquetFile(source.path, pre_buffer=False) as file:
        for batch in file.iter_batches(rows, columns=list(columns)):
            cells = tuple(as_text(batch.column(column)) for column in columns)
            budget.spend(sum(one.nbytes for one in cells), source.name)
            for column, texts in zip(columns, cells, strict=True):
                _check_text(source.name, column, start, texts)
            yield Chunk(pa.array(range(start, start + len(batch)), pa.int64()), cells)
            start += len(batch)


def _check_text(name: str, column: str, start: int, texts: pa.Array) -> None:
    """Raise where text is no text: Parquet writers are not held to it."""
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid as error:
        problem = f"column {column!r}, from row {start}: bytes that are not UTF-8"
        raise InputError(name, problem, next_step="write the column again as UTF-8") from error
    found = pc.index(pc.match_substring(texts, "\x00"), value=True).as_py()
    if found >= 0:
        problem = f"column {column!r}, row {start + found}: a NUL character in a text"
        raise InputError(name, problem, next_step="ask for the file again")


@contextmanager
def _understood(name: str) -> Iterator[None]:
    """Turn what the Parquet library raises over a damaged file into an `InputError`."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, LookupError, MemoryError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise InputError(
            name,
            f"the Parquet file is damaged, or of a kind that cannot be read ({reason})",
            next_step="copy or download the file again, or write it with another program",
        ) from error
