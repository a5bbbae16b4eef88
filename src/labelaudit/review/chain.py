"""The record of everything that was done: each entry holds the hash of the one before.

An edit, a gap or a missing end shows; it is not prevented: who may write the database can
write the whole chain anew, so publish the head.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from labelaudit.review.bulk import add_rows
from labelaudit.review.columns import stamp
from labelaudit.review.tables import EVENTS, HEAD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done, upon what, and what it changed."""

    actor: str
    action: str
    subject: str
    detail: Mapping[str, object]


def lock(connection: Connection) -> None:
    """Wait until nobody else writes: entries stand in one line, so writers do too.

    SQLite has one writer at a time anyway; in PostgreSQL the row of the head is taken.
    """
    connection.execute(select(HEAD.c.seq).with_for_update())


def append(connection: Connection, entries: Sequence[Entry], now: datetime) -> None:
    """Add entries to the chain, in the transaction of what they tell."""
    head = connection.execute(select(HEAD.c.seq, HEAD.c.hash)).one()
    seq, last, at, rows = head.seq, head.hash, stamp(now), []
    for entry in entries:
        seq += 1
        row: dict[str, object] = {
            "seq": seq,
            "actor": entry.actor,
            "action": entry.action,
            "object": entry.subject,
            "detail": json.dumps(entry.detail, sort_keys=True),
            "at": at,
            "prev_hash": last,
        }
        last = str(row.setdefault("hash", digest(row)))
        rows.append(row)
    if rows:
        add_rows(connection, EVENTS, rows)
        connection.execute(update(HEAD).values(seq=seq, hash=last))


def digest(row: Mapping[str, object] | RowMapping) -> str:
    """Return the hash of an entry: of its fields and the hash of the entry before."""
    names = ("seq", "actor", "action", "object", "detail", "at", "prev_hash")
    return hashlib.sha256(json.dumps([row[name] for name in names]).encode()).hexdigest()
