"""Whether the record is whole: entries in order, as written, and every decision among them.

The state of a flag must follow from what was recorded of it, too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, literal, select

from labelaudit.review import chain, exporting, people
from labelaudit.review.recording import told_of
from labelaudit.review.rows import decision_of, walk
from labelaudit.review.tables import (
    DECISIONS,
    EVENTS,
    EXPORTS,
    FLAGS,
    HEAD,
    PERSON_FLAGS,
    PERSON_NOTES,
)
from labelaudit.review.words import Verification

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, RowMapping, Table


class _Broken(Exception):  # noqa: N818  it is caught a few lines below
    """The first entry that is not as it was written."""


def verify(connection: Connection) -> Verification:
    """Walk the chain and the decisions side by side."""
    entries, last = 0, chain.START
    told = {
        kind: _Told(kind, walk(connection, table), tell) for kind, (table, tell) in _TOLD.items()
    }
    try:
        for row in walk(connection, EVENTS):
            _linked(row, entries + 1, last)
            detail = json.loads(row["detail"])
            for kind in told.keys() & detail.keys():
                told[kind].recorded(row["seq"], detail[kind])
            entries, last = row["seq"], row["hash"]
        _ended(connection, entries, last, list(told.values()))
        _follow(connection)
        _as_sent(connection)
    except _Broken as broken:
        return Verification(entries, last, str(broken))
    return Verification(entries, last, None)


def _linked(row: RowMapping, expected: int, last: str) -> None:
    if row["seq"] != expected:
        raise _Broken(f"entry {expected} is missing")
    if row["prev_hash"] != last:
        raise _Broken(f"entry {expected} does not follow the one before it")
    if chain.digest(row) != row["hash"]:
        raise _Broken(f"entry {expected} was changed after it was written")


@dataclass(slots=True)
class _Told:
    """Rows of a kind, each of which an entry of the chain tells, in the same order."""

    kind: str
    rows: Iterator[RowMapping]
    tell: Callable[[RowMapping], Mapping[str, object]]

    def recorded(self, entry: int, expected: Mapping[str, object]) -> None:
        """Hold the next row against what an entry says of it."""
        name = f"{self.kind} {expected['id']}"
        found = next(self.rows, None)
        if found is None or found["id"] != expected["id"]:
            raise _Broken(f"{name} of entry {entry} is missing")
        if self.tell(found) != expected:
            raise _Broken(f"{name} is not what entry {entry} says")


_TOLD: Mapping[str, tuple[Table, Callable[[RowMapping], Mapping[str, object]]]] = {
    "decision": (DECISIONS, lambda row: told_of(decision_of(row))),
    "export": (EXPORTS, lambda row: exporting.told_of(exporting.export_of(row))),
    "note": (PERSON_NOTES, lambda row: people.told_of(people.note_of(row))),
}


def _ended(connection: Connection, entries: int, last: str, told: list[_Told]) -> None:
    head = connection.execute(select(HEAD.c.seq, HEAD.c.hash)).one_or_none()
    if head is None or (head.seq, head.hash) != (entries, last):
        raise _Broken(f"entry {entries + 1} is missing: the chain was longer than {entries}")
    for kind in told:
        if (extra := next(kind.rows, None)) is not None:
            raise _Broken(f"{kind.kind} {extra['id']} stands in no entry")


def _as_sent(connection: Connection) -> None:
    if (made := exporting.altered(connection)) is not None:
        raise _Broken(f"export {made.id} is not what was sent as {made.name}")


def _follow(connection: Connection) -> None:
    """Name the first flag whose state does not follow from what was recorded of it."""
    decided = case(
        (DECISIONS.c.kind.is_(None), "unknown"),
        (DECISIONS.c.kind == "undo", "open"),
        (DECISIONS.c.kind == "skip", "skipped"),
        else_="decided",
    )
    _each("flag", FLAGS, FLAGS.c.status, DECISIONS, decided, connection)
    _each(
        "person flag",
        PERSON_FLAGS,
        PERSON_FLAGS.c.state,
        PERSON_NOTES,
        PERSON_NOTES.c.state,
        connection,
    )


def _each(
    name: str,
    flags: Table,
    state: ColumnElement[str],
    rows: Table,
    meant: ColumnElement[str],
    connection: Connection,
) -> None:
    """Hold the state of each flag against the last row upon it."""
    last = (rows.c.flag_id == flags.c.id) & (rows.c.version == flags.c.version)
    expected = case((flags.c.version == 0, "open"), else_=func.coalesce(meant, "unknown"))
    newer = rows.alias("newer")
    later = (newer.c.flag_id == flags.c.id) & (newer.c.version > flags.c.version)
    query = (
        select(flags.c.id, flags.c.version, state.label("found"))
        .select_from(flags.outerjoin(rows, last))
        .where((state != expected) | select(literal(1)).where(later).exists())
    )
    row = connection.execute(query.order_by(flags.c.id).limit(1)).one_or_none()
    if row is not None:
        raise _Broken(
            f"{name} {row.id} is {row.found} at version {row.version}, which does not follow from"
            " what was recorded of it"
        )
