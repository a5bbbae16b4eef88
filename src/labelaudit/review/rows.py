"""From rows to plain data, and through tables of any length a page at a time."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from labelaudit.review.tables import DECISIONS, FLAGS, RUNS
from labelaudit.review.words import Decision, Flag, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Column, Connection, RowMapping, Table

_PAGE = 1_000


def hash_of(*texts: str) -> str:
    """Return the hash of texts, as a JSON list of them has it.

    Examples
    --------
    >>> hash_of("a", "b") == hashlib.sha256(b'["a", "b"]').hexdigest()
    True

    """
    # json.dumps makes an encoder for each call, and an import calls it 300,000 times
    listed = ", ".join(map(encode_basestring_ascii, texts))
    return hashlib.sha256(f"[{listed}]".encode()).hexdigest()


def unit_of(question_id: str, item_id: str) -> str:
    """Return the hash that stands for a unit: ids may be very long."""
    return hash_of(question_id, item_id)


def flag_of(row: RowMapping | Mapping[str, object]) -> Flag:
    """Return a flag; its reasons are kept as one text with a space around each."""
    values = {field.name: row[field.name] for field in fields(Flag)}
    return Flag(**{**values, "reasons": tuple(str(row["reasons"]).split())})  # type: ignore[arg-type]


def spaced(reasons: tuple[str, ...]) -> str:
    """Return reasons as they are kept."""
    return f" {' '.join(dict.fromkeys(reasons))} "


def decision_of(row: RowMapping | Mapping[str, object]) -> Decision:
    """Return a decision."""
    return Decision(**{field.name: row[field.name] for field in fields(Decision)})  # type: ignore[arg-type]


def run_of(row: RowMapping) -> Run:
    """Return a run."""
    return Run(**{field.name: row[field.name] for field in fields(Run)})


def find_flag(connection: Connection, flag_id: int) -> RowMapping | None:
    """Return the row of a flag."""
    query = select(FLAGS).where(FLAGS.c.id == flag_id)
    return connection.execute(query).mappings().one_or_none()


def find_run(connection: Connection, run_id: str) -> Run | None:
    """Return a run."""
    row = connection.execute(select(RUNS).where(RUNS.c.id == run_id)).mappings().one_or_none()
    return run_of(row) if row else None


def standing(connection: Connection, flag_id: int) -> Decision | None:
    """Return the decision that stands: the last one, unless that takes one back."""
    query = select(DECISIONS).where(DECISIONS.c.flag_id == flag_id)
    last = query.order_by(DECISIONS.c.version.desc()).limit(1)
    row = connection.execute(last).mappings().one_or_none()
    return decision_of(row) if row and row["kind"] != "undo" else None


def next_number(connection: Connection, column: Column[int]) -> int:
    """Return the next number; nobody else may write meanwhile."""
    return int(connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()) + 1


def walk(connection: Connection, table: Table) -> Iterator[RowMapping]:
    """Yield all rows by their key, without holding them all."""
    (key,) = table.primary_key.columns
    query, after = select(table).order_by(key).limit(_PAGE), None
    while True:
        page = query if after is None else query.where(key > after)
        rows = connection.execute(page).mappings().all()
        yield from rows
        if len(rows) < _PAGE:
            return
        after = rows[-1][key.name]
