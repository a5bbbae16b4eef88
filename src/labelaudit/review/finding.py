"""Filters, order and pages, all in SQL: the store may hold far more flags than fit a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, literal, or_, select

from labelaudit.review.rows import find_flag, flag_of
from labelaudit.review.tables import DECISIONS, FLAGS
from labelaudit.review.words import Page

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

    from labelaudit.review.words import Filter, Flag, Order

MAX_PAGE = 5_000
_EXACT = ("run_id", "status", "round", "question_id", "batch_id", "vendor", "label", "drawn")


def page(
    connection: Connection, wanted: Filter, order: Order, after: int | None, size: int
) -> Page:
    """Return the flags that come after one, and how many there are in all."""
    size = max(1, min(size, MAX_PAGE))
    found = conditions(wanted)
    query = ordered(select(FLAGS).where(*found), order).limit(size + 1)
    if after is not None:
        query = query.where(_beyond(connection, after, order))
    flags = [flag_of(row) for row in connection.execute(query).mappings()]
    total = connection.execute(select(func.count()).select_from(FLAGS).where(*found)).scalar_one()
    more = flags[size - 1].id if len(flags) > size else None
    return Page(tuple(flags[:size]), more, total)


def open_by_batch(connection: Connection, run_id: str) -> dict[str, int]:
    """Return how many flags of each batch are open or skipped."""
    waiting = FLAGS.c.status != "decided"
    query = select(FLAGS.c.batch_id, func.count()).where(FLAGS.c.run_id == run_id, waiting)
    rows = connection.execute(query.group_by(FLAGS.c.batch_id))
    return {str(batch): int(n) for batch, n in rows}


def tally(connection: Connection, wanted: Filter) -> dict[str, int]:
    """Return how many flags are in each status."""
    query = select(FLAGS.c.status, func.count()).where(*conditions(wanted))
    found = {
        str(status): int(n) for status, n in connection.execute(query.group_by(FLAGS.c.status))
    }
    return {status: found.get(status, 0) for status in ("open", "skipped", "decided")}


def upcoming(
    connection: Connection,
    wanted: Filter,
    reviewer: str,
    now: datetime,
    order: Order,
    count: int,
    after: int | None = None,
) -> list[Flag]:
    """Return the next flags that a reviewer may decide and nobody else has open."""
    query = select(FLAGS).where(*conditions(wanted), FLAGS.c.status == "open", *free(reviewer, now))
    if after is not None:
        query = query.where(_beyond(connection, after, order))
    rows = connection.execute(ordered(query, order).limit(count)).mappings()
    return [flag_of(row) for row in rows]


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """Return what a flag must fulfil."""
    asked = ((name, getattr(wanted, name)) for name in _EXACT)
    found: list[ColumnElement[bool]] = [
        FLAGS.c[name] == value for name, value in asked if value is not None
    ]
    if wanted.reason is not None:
        found.append(FLAGS.c.reasons.contains(f" {wanted.reason} ", autoescape=True))
    if wanted.text is not None:
        found.append(FLAGS.c.item_id.contains(wanted.text, autoescape=True))
    if wanted.reviewer is not None:
        by = (DECISIONS.c.flag_id == FLAGS.c.id, DECISIONS.c.version == FLAGS.c.version)
        mine = select(literal(1)).where(*by, DECISIONS.c.reviewer == wanted.reviewer)
        found.append(mine.where(DECISIONS.c.kind != "undo").exists())
    return found


def free(reviewer: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what makes a flag one that a reviewer may have: no live claim, no other round."""
    claim = or_(
        FLAGS.c.claimed_by.is_(None),
        FLAGS.c.claimed_by == reviewer,
        FLAGS.c.claimed_until <= now,
    )
    mine = _ELSEWHERE.where(DECISIONS.c.reviewer == reviewer)
    return claim, ~mine.exists()


def ordered(query: Select[tuple[object, ...]], order: Order) -> Select[tuple[object, ...]]:
    """Return the query in the order of a queue."""
    if order == "newest":
        return query.order_by(FLAGS.c.id.desc())
    return query.order_by(_KEYS[order], FLAGS.c.id)


_OTHER = FLAGS.alias("other")  # made once: it takes as long as the query itself
_ELSEWHERE = (
    select(literal(1))
    .select_from(_OTHER.join(DECISIONS, DECISIONS.c.flag_id == _OTHER.c.id))
    .where(
        and_(_OTHER.c.run_id == FLAGS.c.run_id, _OTHER.c.unit == FLAGS.c.unit),
        _OTHER.c.id != FLAGS.c.id,
    )
)
_KEYS = {"risk": FLAGS.c.place, "random": FLAGS.c.shuffled}


def _beyond(connection: Connection, after: int, order: Order) -> ColumnElement[bool]:
    row = find_flag(connection, after)
    if order == "newest" or row is None:
        return FLAGS.c.id < after if order == "newest" else FLAGS.c.id > after
    key = _KEYS[order]
    last = row[key.name]
    return or_(key > last, and_(key == last, FLAGS.c.id > after))
