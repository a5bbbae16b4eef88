"""The table `source`: a delivery's cells, with file and row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from labelaudit.engine.sql import cell, ident, is_cell, name_of, text, texts
from labelaudit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from labelaudit.engine.session import Session

SOURCE = "source"
"""Columns `cell(name)` for each name of the delivery, and `__file`, `__row`."""

_OWN = ("__file", "__row")
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE")
_TEXT = "VARCHAR"
_GLOB = frozenset("*?[")
_ADDED = frozenset({"filename", "file_row_number"})


def load(
    session: Session,
    columns: Sequence[str],
    missing: tuple[str, ...],
    *,
    parquet: Sequence[Path] | None,
    batches: Callable[[], Iterator[pa.RecordBatch]],
    files: int,
    max_bytes: int = 2**63,
) -> tuple[int, ...]:
    """Make `source` and return the rows of each file. Parquet is scanned where it lies.

    Raises
    ------
    InputError
        If the text of Parquet files unpacks to more than `max_bytes`.

    """
    if parquet is not None and _can_scan(columns, parquet):
        table = _table(parquet)
        described = session.rows(f"describe select * from {table}")
        kinds = {str(row[0]): str(row[1]) for row in described if row[0] in columns}
        filled = _filled_texts(session, table, kinds, max_bytes)
        session.view(SOURCE, _scan(table, kinds, missing, filled, parquet))
    else:
        session.load(SOURCE, (_renamed(batch) for batch in batches()))
    if files == 1:
        return session.integers(f"select count(*) from {SOURCE}")
    found = session.rows(f"select __file, count(*) from {SOURCE} group by 1")
    counted = {int(str(number)): int(str(count)) for number, count in found}
    return tuple(counted.get(number, 0) for number in range(files))


def delivered(session: Session) -> tuple[str, ...]:
    """Return the names of the delivery's columns."""
    columns = (str(row[0]) for row in session.rows(f"describe {SOURCE}"))
    return tuple(name_of(column) for column in columns if is_cell(column))


def stored_numbers(session: Session) -> frozenset[str]:
    """Return the delivery's columns whose cells are numbers already."""
    columns = ((str(row[0]), str(row[1])) for row in session.rows(f"describe {SOURCE}"))
    return frozenset(name_of(name) for name, kind in columns if is_cell(name) and kind in _NUMBERS)


def as_text(column: str) -> str:
    """Return the expression for a delivery's column as text."""
    return f"cast({cell(column)} as varchar)"


def _filled_texts(
    session: Session, table: str, kinds: Mapping[str, str], max_bytes: int
) -> frozenset[str]:
    """Return the columns of text without an empty text in them (null or not).

    Their bytes are held against the budget: a dictionary can make much of little.
    """
    texts = [name for name, kind in kinds.items() if kind == _TEXT]
    if not texts:
        return frozenset()
    asked = ", ".join(f"sum(strlen({ident(name)})), min(strlen({ident(name)}))" for name in texts)
    found = session.integers(f"select {asked} from {table}")
    total, shortest = sum(found[::2]), dict(zip(texts, found[1::2], strict=True))
    if total > max_bytes:
        raise InputError(
            "the delivery",
            f"unpacks to {total:,} bytes of text, more than the budget of {max_bytes:,}",
            next_step="if it is as large as it should be, raise max_bytes under [delivery]",
        )
    return frozenset(name for name in texts if shortest[name] > 0)


def _renamed(batch: pa.RecordBatch) -> pa.RecordBatch:
    names = [name if name in _OWN else cell(name) for name in batch.schema.names]
    return pa.RecordBatch.from_arrays(batch.columns, names=names)


def _can_scan(columns: Sequence[str], paths: Sequence[Path]) -> bool:
    """Say whether the engine would take every path and column name for what it is."""
    folded = {column.casefold() for column in columns}
    plain = not any(_GLOB & set(str(path)) for path in paths)
    return plain and len(folded) == len(columns) and not folded & _ADDED


def _table(paths: Sequence[Path]) -> str:
    return (
        f"read_parquet([{_listed(paths)}], filename = true, file_row_number = true,"
        " hive_partitioning = false)"
    )


def _listed(paths: Sequence[Path]) -> str:
    return ", ".join(text(str(path)) for path in paths)


def _scan(
    table: str,
    kinds: Mapping[str, str],
    missing: tuple[str, ...],
    filled: frozenset[str],
    paths: Sequence[Path],
) -> str:
    cells = ", ".join(
        f"{_cell(name, kind, missing, is_filled=name in filled)} as {cell(name)}"
        for name, kind in kinds.items()
    )
    number = "0" if len(paths) == 1 else f"list_position([{_listed(paths)}], filename) - 1"
    return f"select {cells}, {number} as __file, file_row_number + 1 as __row from {table}"


def _cell(column: str, kind: str, missing: tuple[str, ...], *, is_filled: bool) -> str:
    """Return a cell as text, null where it is missing; one that cannot be is left alone."""
    if missing == ("",) and (kind in _NUMBERS or is_filled):
        return ident(column)
    given = f"cast({ident(column)} as varchar)"
    if not missing:
        return given
    if len(missing) == 1:
        return f"nullif({given}, {text(missing[0])})"
    return f"case when {given} in {texts(missing)} then null else {given} end"
