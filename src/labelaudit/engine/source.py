"""The table `source`: a delivery's cells as text, with file and row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.engine.answers import SOURCE
from labelaudit.engine.sql import ident, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from labelaudit.engine.session import Session


def load(
    session: Session,
    columns: Sequence[str],
    missing: tuple[str, ...],
    *,
    parquet: Sequence[Path] | None,
    batches: Callable[[], Iterator[pa.RecordBatch]],
    files: int,
) -> tuple[int, ...]:
    """Make `source` and return the rows of each file. Parquet is scanned where it lies."""
    if parquet is not None:
        session.view(SOURCE, _scan(session, columns, missing, parquet))
    else:
        session.load(SOURCE, batches())
    counted = dict(session.rows(f"select __file, count(*) from {SOURCE} group by 1"))
    return tuple(int(str(counted.get(number, 0))) for number in range(files))


def _scan(
    session: Session, columns: Sequence[str], missing: tuple[str, ...], paths: Sequence[Path]
) -> str:
    cells = ", ".join(f"{_cell(column, missing)} as {ident(column)}" for column in columns)
    return f"select {cells}, __file, __row from ({session.parquet(paths)})"


def _cell(column: str, missing: tuple[str, ...]) -> str:
    given = f"cast({ident(column)} as varchar)"
    if len(missing) == 1:
        return f"nullif({given}, {texts(missing)[1:-1]})"
    return f"case when {given} in {texts(missing)} then null else {given} end"
