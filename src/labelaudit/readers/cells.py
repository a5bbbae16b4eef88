"""Cells as Arrow text: made, checked and, where they are missing, emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from labelaudit.errors import InputError
from labelaudit.readers.contract import (
    CELL_CHARACTERS,
    CHUNK_BYTES,
    CHUNK_ROWS,
    FILE_COLUMN,
    ROW_COLUMN,
    TOO_LONG,
    Chunk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TEXT = pa.string()


def schema_of(columns: Sequence[str]) -> pa.Schema:
    """Return the schema of a delivery's record batches."""
    texts = [pa.field(column, TEXT) for column in columns]
    return pa.schema([*texts, pa.field(FILE_COLUMN, pa.int32()), pa.field(ROW_COLUMN, pa.int64())])


def chunk_of(rows: Sequence[int], columns: Iterable[Sequence[str | None]]) -> Chunk:
    """Make a chunk of Python values that were read column by column."""
    return Chunk(pa.array(rows, pa.int64()), tuple(pa.array(cells, TEXT) for cells in columns))


def gathered(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """Join small chunks into large ones: Python is quick in small steps, Arrow in large."""
    waiting: list[Chunk] = []
    rows = size = 0
    for chunk in chunks:
        waiting.append(chunk)
        rows += len(chunk.rows)
        size += sum(cells.nbytes for cells in chunk.cells)
        if rows >= CHUNK_ROWS or size >= CHUNK_BYTES:
            yield _joined(waiting)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield _joined(waiting)


def _joined(chunks: Sequence[Chunk]) -> Chunk:
    columns = zip(*(chunk.cells for chunk in chunks), strict=True)
    rows = pa.concat_arrays([chunk.rows for chunk in chunks])
    return Chunk(rows, tuple(pa.concat_arrays(cells) for cells in columns))


def without_missing(cells: pa.Array, missing: Sequence[str]) -> pa.Array:
    """Replace the words that stand for a missing value by null."""
    for word in missing:
        is_missing = pc.equal(cells, word)
        if pc.any(is_missing).as_py():
            cells = pc.if_else(is_missing, pa.scalar(None, TEXT), cells)
    return cells


def check_lengths(name: str, columns: Sequence[str], chunk: Chunk) -> None:
    """Raise if a cell is longer than any label or id can reasonably be."""
    for column, cells in zip(columns, chunk.cells, strict=True):
        if (pc.max(pc.binary_length(cells)).as_py() or 0) <= CELL_CHARACTERS:
            continue
        lengths = pc.utf8_length(cells)
        if pc.max(lengths).as_py() > CELL_CHARACTERS:
            row = chunk.rows[pc.index(pc.greater(lengths, CELL_CHARACTERS), value=True).as_py()]
            raise InputError(
                name,
                f"row {row}, column {column!r}: a cell longer than {CELL_CHARACTERS:,} characters",
                next_step=TOO_LONG,
            )
