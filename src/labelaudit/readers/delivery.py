"""A delivery: all its files as one stream of text tables with exact provenance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from labelaudit.errors import InputError
from labelaudit.readers.cells import TEXT, check_lengths, gathered, schema_of, without_missing
from labelaudit.readers.contract import Budget, SourceFile
from labelaudit.readers.encoding import UTF8_BOM
from labelaudit.readers.faults import collected, no_rows, together, until_spent
from labelaudit.readers.sniffing import choose
from labelaudit.readers.unpacking import head_of, open_source, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from labelaudit.readers.contract import Chunk, Reader, Table


@dataclass(frozen=True, slots=True)
class Delivery:
    """The files of a delivery, looked at and ready to be read.

    Attributes
    ----------
    files
        the files, in the order of their names.
    columns
        the columns that every file has, in the order of the first file.
    reader
        the reader, or all of them with commas between.
    float_columns
        columns that hold floating point numbers in some file: poor ids.
    skipped
        names of files that were passed over in a folder.
    parquet_paths
        the paths when an engine may scan the files itself: all are Parquet, with the same
        columns of the same types, none of them nested.

    """

    files: tuple[SourceFile, ...]
    columns: tuple[str, ...]
    reader: str
    float_columns: frozenset[str] = frozenset()
    skipped: tuple[str, ...] = ()
    parquet_paths: tuple[Path, ...] | None = None
    _tables: tuple[Table, ...] = field(default=(), repr=False)
    _missing: tuple[str, ...] = field(default=("",), repr=False)
    _max_bytes: int = field(default=0, repr=False)

    def chunks(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows of all files, in bounded memory.

        Each batch has the columns as text, null where a cell is missing, then `__file`
        (index in `files`) and `__row` (the line on which a record starts as an editor
        counts, the header being line 1; in Parquet the number of the row, from 1).

        Raises
        ------
        InputError
            after the last file, with the faults of all of them.

        """
        schema = schema_of(self.columns)
        budget = Budget(self._max_bytes)
        faults: list[InputError] = []
        with until_spent(faults):
            for index, table in enumerate(self._tables):
                with collected(faults):
                    for chunk in gathered(table.read(budget)):
                        check_lengths(self.files[index].name, table.columns, chunk)
                        if not faults:
                            yield self._batch(index, chunk, schema)
        if faults:
            raise together(faults)

    def _batch(self, index: int, chunk: Chunk, schema: pa.Schema) -> pa.RecordBatch:
        rows = len(chunk.rows)
        by_name = dict(zip(self._tables[index].columns, chunk.cells, strict=True))
        absent = pa.nulls(rows, TEXT)
        cells = [by_name.get(column, absent) for column in self.columns]
        texts = [without_missing(one, self._missing) for one in cells]
        file = pa.repeat(pa.scalar(index, pa.int32()), rows)
        return pa.record_batch([*texts, file, chunk.rows], schema=schema)


def open_files(
    readers: Mapping[str, Reader],
    paths: Sequence[Path],
    *,
    asked: str | None,
    missing: tuple[str, ...],
    max_bytes: int,
    skipped: tuple[str, ...],
) -> Delivery:
    """Look at every file and make one delivery of them; raise what is wrong with any."""
    budget = Budget(max_bytes)
    looked: list[tuple[SourceFile, Table]] = []
    faults: list[InputError] = []
    with until_spent(faults):
        for path in paths:
            with collected(faults):
                looked.append(_look(readers, path, asked, budget))
    files = tuple(file for file, _ in looked)
    tables = tuple(table for _, table in looked)
    if faults:
        raise together([*faults, *_faults_inside(looked, max_bytes)])
    columns = _common_columns(files, tables)
    return Delivery(
        files,
        columns,
        ", ".join(dict.fromkeys(file.reader for file in files)),
        float_columns=frozenset().union(*(table.floats for table in tables)),
        skipped=skipped,
        parquet_paths=_scannable(paths, tables),
        _tables=tables,
        _missing=missing,
        _max_bytes=max_bytes,
    )


def _look(
    readers: Mapping[str, Reader], path: Path, asked: str | None, budget: Budget
) -> tuple[SourceFile, Table]:
    name = path.as_posix()
    source = open_source(path, name)
    head = head_of(source, budget)
    if not head.removeprefix(UTF8_BOM).strip():
        raise no_rows(name, "the file is empty")
    reader = choose(readers, name, head, asked)
    table = readers[reader].look(source, budget)
    said = (*table.said, source.packing) if source.packing else table.said
    return SourceFile(path, name, sha256_of(source), reader, said), table


def _faults_inside(looked: list[tuple[SourceFile, Table]], max_bytes: int) -> list[InputError]:
    """Read the files that could be opened, for their faults only."""
    faults: list[InputError] = []
    budget = Budget(max_bytes)
    with until_spent(faults):
        for _, table in looked:
            with collected(faults):
                for _ in table.read(budget):
                    pass
    return faults


def _common_columns(files: Sequence[SourceFile], tables: Sequence[Table]) -> tuple[str, ...]:
    """Return the columns of the delivery, or raise where files differ in them."""
    if all(table.sparse for table in tables):
        return tuple(dict.fromkeys(column for table in tables for column in table.columns))
    first = tables[0].columns
    differing = [
        f"{file.name}: {_difference(first, table.columns)}"
        for file, table in zip(files, tables, strict=True)
        if set(table.columns) != set(first)
    ]
    if differing:
        raise InputError(
            files[0].name,
            f"{len(differing)} of {len(files)} files have other columns than this one",
            examples=differing,
            next_step="audit files of different kinds apart, or give them the same columns",
        )
    return first


def _difference(expected: Sequence[str], found: Sequence[str]) -> str:
    lacking = [f"lacks {column!r}" for column in expected if column not in found]
    beside = [f"has {column!r} beside" for column in found if column not in expected]
    shown = [*lacking, *beside]
    return ", ".join(shown[:4]) + (f" and {len(shown) - 4} more" if len(shown) > 4 else "")


def _scannable(paths: Sequence[Path], tables: Sequence[Table]) -> tuple[Path, ...] | None:
    keys = {table.scan_key for table in tables}
    return tuple(paths) if len(keys) == 1 and None not in keys else None
