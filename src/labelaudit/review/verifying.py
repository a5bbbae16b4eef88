"""Whether the record is whole: entries in order, as written, and every decision among them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from labelaudit.review import chain
from labelaudit.review.recording import told_of
from labelaudit.review.rows import decision_of, walk
from labelaudit.review.tables import DECISIONS, EVENTS, HEAD
from labelaudit.review.words import Verification

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, RowMapping


class _Broken(Exception):  # noqa: N818  it is caught a few lines below
    """The first entry that is not as it was written."""


def verify(connection: Connection) -> Verification:
    """Walk the chain and the decisions side by side."""
    entries, last = 0, chain.START
    decisions = walk(connection, DECISIONS)
    try:
        for row in walk(connection, EVENTS):
            _linked(row, entries + 1, last)
            _recorded(row, decisions)
            entries, last = row["seq"], row["hash"]
        _ended(connection, entries, last, decisions)
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


def _recorded(row: RowMapping, decisions: Iterator[RowMapping]) -> None:
    expected = json.loads(row["detail"]).get("decision")
    if expected is None:
        return
    found = next(decisions, None)
    if found is None or found["id"] != expected["id"]:
        raise _Broken(f"decision {expected['id']} of entry {row['seq']} is missing")
    if told_of(decision_of(found)) != expected:
        raise _Broken(f"decision {expected['id']} is not what entry {row['seq']} says")


def _ended(
    connection: Connection, entries: int, last: str, decisions: Iterator[RowMapping]
) -> None:
    head = connection.execute(select(HEAD.c.seq, HEAD.c.hash)).one_or_none()
    if head is None or (head.seq, head.hash) != (entries, last):
        raise _Broken(f"entry {entries + 1} is missing: the chain was longer than {entries}")
    if (extra := next(decisions, None)) is not None:
        raise _Broken(f"decision {extra['id']} stands in no entry")
