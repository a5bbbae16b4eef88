"""Soft claims: whoever opens a card keeps others off it for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from labelaudit.review.finding import free, upcoming
from labelaudit.review.rows import find_flag, flag_of
from labelaudit.review.tables import FLAGS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from labelaudit.review.words import Filter, Flag, Order


def take_next(
    connection: Connection,
    wanted: Filter,
    reviewer: str,
    now: datetime,
    order: Order,
    until: datetime,
    after: int | None = None,
) -> Flag | None:
    """Claim the next flag and return it; None where none is left for this reviewer."""
    found = upcoming(connection, wanted, reviewer, now, order, 1, after)
    return claim(connection, found[0].id, reviewer, now, until) if found else None


def claim(
    connection: Connection, flag_id: int, reviewer: str, now: datetime, until: datetime
) -> Flag | None:
    """Claim an open flag, or renew the claim; None where somebody else has it, or had it."""
    may = (FLAGS.c.id == flag_id, FLAGS.c.status != "decided", *free(reviewer, now))
    change = update(FLAGS).where(*may).values(claimed_by=reviewer, claimed_until=until)
    if connection.execute(change).rowcount != 1:
        return None
    row = find_flag(connection, flag_id)
    return flag_of(row) if row else None


def release(connection: Connection, flag_id: int, reviewer: str) -> None:
    """Let others have a flag again."""
    mine = (FLAGS.c.id == flag_id, FLAGS.c.claimed_by == reviewer)
    connection.execute(update(FLAGS).where(*mine).values(claimed_by=None, claimed_until=None))
