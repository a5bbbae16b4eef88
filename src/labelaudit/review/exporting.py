"""Exports: units to label again, or decisions, frozen as sent in the moment they are written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from sqlalchemy import select

from labelaudit.errors import UsageError
from labelaudit.review import chain
from labelaudit.review.bulk import add_rows
from labelaudit.review.cards import card_of
from labelaudit.review.columns import stamp
from labelaudit.review.formats import FORMATS
from labelaudit.review.rows import find_run, next_number
from labelaudit.review.selecting import columns_of, decision_rows, relabel_rows
from labelaudit.review.sending import Export, Exported
from labelaudit.review.tables import CARDS, EXPORTS, SENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from labelaudit.review.sending import Planned, Wanted
    from labelaudit.review.shown import Card

_FROZEN = ("unit", "question_id", "item_id", "old_label", "reason", "decision_id")
_NAME_CHARACTERS = 12


def export(
    connection: Connection,
    run_id: str,
    wanted: Wanted,
    actor: str,
    now: datetime,
    planned: Sequence[Planned] = (),
) -> Exported:
    """Write an export of a run, and keep what it sent."""
    if find_run(connection, run_id) is None:
        step = "labelaudit reviews import takes a run folder in"
        raise UsageError(f"run {run_id}", "is not in this store", next_step=step)
    number = next_number(connection, EXPORTS.c.id)
    name = f"{run_id[:_NAME_CHARACTERS]}-{number}"
    if wanted.what == "relabel":
        rows = relabel_rows(connection, run_id, name, wanted, planned)
    else:
        rows = decision_rows(connection, run_id, name, wanted)
    first = next_number(connection, SENT.c.id)
    sent = [
        {"id": at, "export_id": number, **{each: getattr(row, each) for each in _FROZEN}}
        for at, row in enumerate(rows, start=first)
    ]
    made = Export(
        id=number,
        run_id=run_id,
        name=name,
        what=wanted.what,
        format=wanted.format,
        with_answers=wanted.with_answers,
        rows=len(rows),
        sha256=_digest(sent),
        actor=actor,
        at=now,
    )
    _freeze(connection, made, sent)
    cards = _cards(connection, run_id) if wanted.format == "label-studio" else {}
    text = FORMATS[wanted.format](rows, columns_of(wanted), cards)
    return Exported(made, text)


def exports_of(connection: Connection, run_id: str | None) -> tuple[Export, ...]:
    """Return the exports of a run, or of all, newest first."""
    query = select(EXPORTS).order_by(EXPORTS.c.id.desc())
    if run_id is not None:
        query = query.where(EXPORTS.c.run_id == run_id)
    return tuple(export_of(row) for row in connection.execute(query).mappings())


def export_of(row: RowMapping) -> Export:
    """Return an export."""
    values = {field.name: row[field.name] for field in fields(Export)}
    return Export(**{**values, "with_answers": bool(values["with_answers"])})


def told_of(made: Export) -> dict[str, object]:
    """Return an export as an entry of the chain tells it."""
    return {**asdict(made), "at": stamp(made.at)}


def altered(connection: Connection) -> Export | None:
    """Return the first export whose rows are not those that were sent."""
    for made in reversed(exports_of(connection, None)):
        query = select(SENT).where(SENT.c.export_id == made.id).order_by(SENT.c.id)
        if _digest(connection.execute(query).mappings()) != made.sha256:
            return made
    return None


def _freeze(connection: Connection, made: Export, sent: Sequence[Mapping[str, object]]) -> None:
    add_rows(connection, EXPORTS, [{**asdict(made), "with_answers": int(made.with_answers)}])
    add_rows(connection, SENT, sent)
    entry = chain.Entry(made.actor, "export", f"run {made.run_id}", {"export": told_of(made)})
    chain.append(connection, [entry], made.at)


def _digest(sent: Iterable[Mapping[str, object] | RowMapping]) -> str:
    found = hashlib.sha256()
    for row in sent:
        found.update(json.dumps([row[name] for name in _FROZEN]).encode())
    return found.hexdigest()


def _cards(connection: Connection, run_id: str) -> dict[str, Card]:
    rows = connection.execute(select(CARDS).where(CARDS.c.run_id == run_id)).mappings()
    return {row["unit"]: card_of(row) for row in rows}
