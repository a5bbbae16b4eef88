"""What a screen lists of decisions and of the record: filtered, counted and paged in SQL."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from labelaudit.review.columns import Words
from labelaudit.review.rows import decision_of
from labelaudit.review.tables import DECISIONS, EVENTS, FLAGS, HEAD, SENT

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, RowMapping, Select

    from labelaudit.review.words import Decision

MAX_PAGE = 500
_LISTED = ("item_id", "question_id", "batch_id", "vendor")


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Which decisions of a run; what is None is not asked.

    `standing` are those that were neither undone nor superseded; `text` is looked for in item
    ids, labels and notes.
    """

    run_id: str
    kind: str | None = None
    reviewer: str | None = None
    batch_id: str | None = None
    text: str | None = None
    standing: bool | None = None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision, and upon what; `old_label` is the label that was under review."""

    decision: Decision
    item_id: str
    question_id: str
    batch_id: str
    vendor: str | None
    old_label: str | None
    stands: bool
    sent: bool


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which entries of the record; `text` is looked for in what they tell, too."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the record; `detail` is JSON."""

    seq: int
    actor: str
    action: str
    subject: str
    detail: str
    at: str
    hash: str


def decisions(
    connection: Connection, wanted: DecisionFilter, page: int, size: int
) -> tuple[tuple[DecisionLine, ...], int]:
    """Return a page of decisions, newest first, and how many there are in all."""
    sent = select(SENT.c.id).where(SENT.c.decision_id == DECISIONS.c.id).exists()
    named = [FLAGS.c[name] for name in _LISTED]
    columns = [*named, FLAGS.c.label.label("old_label"), _stands().label("stands")]
    of_flags = DECISIONS.join(FLAGS, FLAGS.c.id == DECISIONS.c.flag_id)
    found = _decision_conditions(wanted)
    query = select(*columns, sent.label("sent"), DECISIONS).select_from(of_flags).where(*found)
    total = select(func.count()).select_from(of_flags).where(*found)
    rows = connection.execute(_paged(query.order_by(DECISIONS.c.id.desc()), page, size))
    lines = tuple(_line(row) for row in rows.mappings())
    return lines, int(connection.execute(total).scalar_one())


def events(
    connection: Connection, wanted: EventFilter, page: int, size: int
) -> tuple[tuple[Event, ...], int]:
    """Return a page of the record, newest first, and how many entries there are in all."""
    found = _event_conditions(wanted)
    query = select(EVENTS).where(*found).order_by(EVENTS.c.seq.desc())
    total = select(func.count()).select_from(EVENTS).where(*found)
    rows = connection.execute(_paged(query, page, size)).mappings()
    named = ("seq", "actor", "action", "detail", "at", "hash")
    told = tuple(
        Event(subject=row["object"], **{name: row[name] for name in named}) for row in rows
    )
    return told, int(connection.execute(total).scalar_one())


def actions(connection: Connection) -> tuple[str, ...]:
    """Return what was done so far, by name."""
    query = select(EVENTS.c.action).distinct().order_by(EVENTS.c.action)
    return tuple(connection.execute(query).scalars())


def head(connection: Connection) -> tuple[int, str]:
    """Return how many entries the record has, and the hash of the last."""
    row = connection.execute(select(HEAD.c.seq, HEAD.c.hash)).one()
    return int(row.seq), str(row.hash)


def concluded(connection: Connection, run_id: str) -> dict[str, int]:
    """Return how many flags of a run stand decided in each way."""
    query = (
        select(DECISIONS.c.kind, func.count())
        .select_from(DECISIONS.join(FLAGS, FLAGS.c.id == DECISIONS.c.flag_id))
        .where(FLAGS.c.run_id == run_id, _stands())
        .group_by(DECISIONS.c.kind)
    )
    return {str(kind): int(count) for kind, count in connection.execute(query)}


def _stands() -> ColumnElement[bool]:
    return (DECISIONS.c.version == FLAGS.c.version) & (DECISIONS.c.kind != "undo")


def _decision_conditions(wanted: DecisionFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [FLAGS.c.run_id == wanted.run_id]
    if wanted.kind is not None:
        found.append(DECISIONS.c.kind == wanted.kind)
    if wanted.batch_id is not None:
        found.append(FLAGS.c.batch_id == wanted.batch_id)
    if wanted.reviewer is not None:
        found.append(_has(DECISIONS.c.reviewer, wanted.reviewer))
    if wanted.standing is not None:
        found.append(_stands() if wanted.standing else ~_stands())
    if wanted.text is not None:
        searched = (FLAGS.c.item_id, FLAGS.c.label, DECISIONS.c.label, DECISIONS.c.note)
        found.append(or_(*(_has(column, wanted.text) for column in searched)))
    return found


def _event_conditions(wanted: EventFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.action is not None:
        found.append(EVENTS.c.action == wanted.action)
    for column, text in ((EVENTS.c.actor, wanted.actor), (EVENTS.c.object, wanted.subject)):
        if text is not None:
            found.append(_has(column, text))
    if wanted.text is not None:
        written = json.dumps(wanted.text)[1:-1]  # as details are kept
        searched = (EVENTS.c.actor, EVENTS.c.object, EVENTS.c.hash)
        fits = [_has(column, wanted.text) for column in searched]
        found.append(or_(*fits, _has(EVENTS.c.detail, written)))
    return found


def _has(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Say whether a column holds a text, in whatever case (SQLite: of the letters a to z)."""
    folded = func.lower(column, type_=Words)
    as_is = column.contains(text, autoescape=True)
    return or_(as_is, folded.contains(text.lower(), autoescape=True))


def _paged(query: Select[*tuple[object, ...]], page: int, size: int) -> Select[*tuple[object, ...]]:
    size = max(1, min(size, MAX_PAGE))
    return query.limit(size).offset((max(page, 1) - 1) * size)


def _line(row: RowMapping) -> DecisionLine:
    named = {name: row[name] for name in (*_LISTED, "old_label")}
    stands, sent = bool(row["stands"]), bool(row["sent"])
    return DecisionLine(decision_of(row), **named, stands=stands, sent=sent)
