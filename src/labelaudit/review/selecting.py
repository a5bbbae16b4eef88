"""Which rows an export holds, and what each says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from labelaudit.review.rows import decision_of, unit_of
from labelaudit.review.sending import REASONS, Row
from labelaudit.review.tables import DECISIONS, EXPORTS, FLAGS, SENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, RowMapping, Select

    from labelaudit.review.sending import Cell, Planned, Wanted
    from labelaudit.review.words import Decision

_ITEM = ("item_id", "question_id", "batch_id", "vendor", "old_label")
_RELABEL = (*_ITEM, "reason", "why", "more_labels")
_DECISIONS = (*_ITEM, "decision_id", "round", "kind", "stands", "supersedes", "at")
_ANSWERS = ("wanted_label", "note", "reviewer")
_FROM = ("run_id", "export_id")
_UNIT: tuple[ColumnElement[object], ...] = (
    *(FLAGS.c[name] for name in ("run_id", "unit", *_ITEM[:-1])),
    FLAGS.c.label.label("old_label"),
)


def columns_of(wanted: Wanted) -> tuple[str, ...]:
    """Return the columns of an export."""
    own = _RELABEL if wanted.what == "relabel" else _DECISIONS
    return (*own, *(_ANSWERS if wanted.with_answers else ()), *_FROM)


def relabel_rows(
    connection: Connection, run_id: str, name: str, wanted: Wanted, planned: Sequence[Planned]
) -> list[Row]:
    """Return the units to label again: as reviewers decided, then as the plan proposes.

    Of several rounds the last one counts. What a reviewer found right, or broken, is left out
    of the plan too.
    """
    before = _sent(connection, run_id) if wanted.only_new else set()
    decided: dict[str, tuple[RowMapping, Decision]] = {}
    for row in connection.execute(_decided(run_id)).mappings():
        decided[row["unit"]] = (row, decision_of(row))  # of a unit the last round comes last
    rows = [
        _relabel(row, made, name)
        for unit, (row, made) in decided.items()
        if made.kind in REASONS and (unit, made.kind) not in before
    ]
    for each in planned:
        unit = unit_of(each.question_id, each.item_id)
        if unit not in decided and (unit, "planned") not in before:
            rows.append(_planned(each, unit, run_id, name))
    return rows


def decision_rows(connection: Connection, run_id: str, name: str, wanted: Wanted) -> list[Row]:
    """Return every decision of a run as a row."""
    query = (
        select(FLAGS.c.version.label("now"), *_UNIT, DECISIONS)
        .join(FLAGS, FLAGS.c.id == DECISIONS.c.flag_id)
        .where(FLAGS.c.run_id == run_id)
        .order_by(DECISIONS.c.id)
    )
    if wanted.only_new:
        gone = select(SENT.c.decision_id).join(EXPORTS).where(EXPORTS.c.what == "decisions")
        query = query.where(DECISIONS.c.id.not_in(gone.where(SENT.c.decision_id.is_not(None))))
    rows = connection.execute(query).mappings()
    return [_decision(row, decision_of(row), name) for row in rows]


def _decided(run_id: str) -> Select[*tuple[object, ...]]:
    made = (DECISIONS.c.flag_id == FLAGS.c.id) & (DECISIONS.c.version == FLAGS.c.version)
    wanted = (FLAGS.c.run_id == run_id, FLAGS.c.status == "decided")
    query = select(*_UNIT, DECISIONS).join(FLAGS, made).where(*wanted)
    return query.order_by(FLAGS.c.round, FLAGS.c.place, FLAGS.c.id)


def _sent(connection: Connection, run_id: str) -> set[tuple[str, str]]:
    query = select(SENT.c.unit, SENT.c.reason).join(EXPORTS).where(EXPORTS.c.run_id == run_id)
    rows = connection.execute(query.where(EXPORTS.c.what == "relabel"))
    return {(unit, reason) for unit, reason in rows}


def _item(row: RowMapping, name: str) -> dict[str, Cell]:
    return {**{column: row[column] for column in (*_ITEM, "run_id")}, "export_id": name}


def _answer(made: Decision) -> Iterator[tuple[str, Cell]]:
    yield "wanted_label", made.label
    yield "note", made.note
    yield "reviewer", made.reviewer


def _relabel(row: RowMapping, made: Decision, name: str) -> Row:
    told: dict[str, Cell] = {"reason": made.kind, "why": REASONS[made.kind], "more_labels": 0}
    return _row({**_item(row, name), **told, **dict(_answer(made))}, row["unit"], made.kind, made)


def _decision(row: RowMapping, made: Decision, name: str) -> Row:
    told: dict[str, Cell] = {
        "decision_id": made.id,
        "round": made.round,
        "kind": made.kind,
        "stands": made.version == row["now"] and made.kind != "undo",
        "supersedes": made.supersedes,
        "at": made.at.isoformat(timespec="seconds"),
    }
    return _row({**_item(row, name), **told, **dict(_answer(made))}, row["unit"], made.kind, made)


def _planned(each: Planned, unit: str, run_id: str, name: str) -> Row:
    cells: dict[str, Cell] = {
        "item_id": each.item_id,
        "question_id": each.question_id,
        "batch_id": each.batch_id,
        "vendor": each.vendor,
        "old_label": each.label,
        "reason": "planned",
        "why": REASONS["planned"],
        "more_labels": each.more_labels,
        **dict.fromkeys(_ANSWERS),
        "run_id": run_id,
        "export_id": name,
    }
    return _row(cells, unit, "planned", None)


def _row(cells: dict[str, Cell], unit: str, reason: str, made: Decision | None) -> Row:
    old = cells["old_label"]
    return Row(
        cells,
        unit=unit,
        question_id=str(cells["question_id"]),
        item_id=str(cells["item_id"]),
        old_label=None if old is None else str(old),
        reason=reason,
        decision_id=made.id if made else None,
    )
