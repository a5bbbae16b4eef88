"""The rows that a page asks for, from the tables of a run: filtered while they are read."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from labelaudit.dossier.documents import finding, rows_of
from labelaudit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from labelaudit.dossier.documents import Record
    from labelaudit.model import Finding

    Filters = Sequence[tuple[str, str, object]]

REJECTED = "rejected.csv"
_CELL = 2**24


def findings_about(run: Path, column: str, name: str) -> tuple[Finding, ...]:
    """Return every finding about one batch or annotator, breaches first."""
    table = part(run, "findings", filters=[(column, "=", name)])
    return tuple(map(finding, table.to_pylist()))


def records(kind: type[Record], run: Path, table: str, filters: Filters) -> tuple[Record, ...]:
    """Return the rows of a table as the results that they were written from."""
    return rows_of(kind, part(run, table, filters=filters).to_pylist())


def part(
    run: Path, table: str, *, filters: Filters, columns: Sequence[str] | None = None
) -> pa.Table:
    """Return some rows and columns of a table of a run.

    Raises
    ------
    InputError
        If the table is not there or only half there.

    """
    path = run / f"{table}.parquet"
    wanted = columns and [*columns]
    try:
        # one row group after the other: memory stays that of a group, however long the table
        return pq.read_table(
            path, columns=wanted, filters=[*filters] or None, use_threads=False, pre_buffer=False
        )
    except (OSError, pa.ArrowException) as error:
        raise InputError(
            str(path),
            f"expected a table of a whole run; {error}",
            next_step="audit the delivery again",
        ) from error


def rejected_cells(run: Path, batch: str, most: int) -> tuple[dict[str, str], ...]:
    """Return the first rejected cells of a batch: file, row, column, value and reason."""
    csv.field_size_limit(_CELL)  # csv's own limit is less than a cell of a delivery may hold
    try:
        with (run / REJECTED).open(encoding="utf-8", newline="") as file:
            return tuple(islice(_of_batch(csv.DictReader(file), batch), most))
    except (OSError, UnicodeDecodeError, csv.Error):  # gone, or half-written
        return ()


def _of_batch(rows: csv.DictReader[str], batch: str) -> Iterator[dict[str, str]]:
    for row in rows:
        if row.get("batch") == batch:
            yield {name: cell or "" for name, cell in row.items() if name}
