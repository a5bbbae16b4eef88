"""Taking a run into the store, with the decisions of the run before that still hold."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from labelaudit.errors import UsageError
from labelaudit.review import chain
from labelaudit.review.bulk import add_rows
from labelaudit.review.cards import replace_cards
from labelaudit.review.people import add_people, people_of
from labelaudit.review.recording import record
from labelaudit.review.rows import decision_of, find_run, next_number
from labelaudit.review.tables import DECISIONS, FLAGS, RUNS
from labelaudit.review.words import Decision, Imported, Run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from labelaudit.review.folder import Folder


def add_run(
    connection: Connection,
    folder: Folder,
    actor: str,
    now: datetime,
    dataset: str | None,
    after: str | None,
) -> Imported:
    """Add a run with its flags; the same run again changes nothing."""
    if (known := find_run(connection, folder.id)) is not None:
        return _known(connection, known, folder, actor, now)
    parent = _parent(connection, after)
    run = Run(
        id=folder.id,
        dataset=dataset or (parent.dataset if parent else folder.dataset),
        audit_sha256=folder.audit_sha256,
        config_sha256=folder.config_sha256,
        code_version=folder.code_version,
        parent=after,
        created=now,
    )
    held = _held(connection, after) if after else {}
    flags = _flags(folder, next_number(connection, FLAGS.c.id), held)
    _write(connection, run, flags)
    cards = replace_cards(connection, run.id, folder.cards, folder.units) if folder.cards else 0
    people = add_people(connection, run.id, folder.people, after, now, actor)
    carried = _carried(connection, flags, held, now)
    reopened = sum(str(flag["unit"]) in held for flag in flags) - len(carried)
    done = {"flags": len(flags), "carried": len(carried), "reopened": reopened, "cards": cards}
    done["people"] = people
    digest = folder.cards.sha256 if folder.cards else None
    detail = {**done, "dataset": run.dataset, "audit_sha256": run.audit_sha256, "after": after}
    detail = {**detail, "cards_sha256": digest}
    chain.append(connection, [chain.Entry(actor, "import", f"run {run.id}", detail)], now)
    record(connection, carried, "carry-over", now, actor)
    return Imported(run, len(flags), len(carried), reopened)


def _known(connection: Connection, run: Run, folder: Folder, actor: str, now: datetime) -> Imported:
    """Return what is there, after adding what was not kept when the run was taken in."""
    kept = connection.execute(select(RUNS.c.cards).where(RUNS.c.id == run.id)).scalar_one()
    if folder.cards is not None and folder.cards.sha256 != kept:
        cards = replace_cards(connection, run.id, folder.cards, folder.units)
        detail = {"cards": cards, "cards_sha256": folder.cards.sha256}
        chain.append(connection, [chain.Entry(actor, "cards", f"run {run.id}", detail)], now)
    if folder.people and not people_of(connection, run.id):  # taken in before there were any
        people = add_people(connection, run.id, folder.people, run.parent, now, actor)
        entry = chain.Entry(actor, "people", f"run {run.id}", {"people": people})
        chain.append(connection, [entry], now)
    of_run = (FLAGS.c.run_id == run.id, FLAGS.c.round == 1)
    flags = connection.execute(select(func.count()).select_from(FLAGS).where(*of_run)).scalar_one()
    return Imported(run, flags, 0, 0, already_there=True)


def _parent(connection: Connection, after: str | None) -> Run | None:
    parent = find_run(connection, after) if after else None
    if after and parent is None:
        raise UsageError(
            f"run {after}",
            "is not in this store, so nothing can be carried over from it",
            next_step="labelaudit reviews list names the runs that are",
        )
    return parent


_Held = dict[str, tuple[str | None, Decision]]


def _held(connection: Connection, run_id: str) -> _Held:
    """Return what each unit of a run was judged upon, and the last decision that stands."""
    made = (DECISIONS.c.flag_id == FLAGS.c.id) & (DECISIONS.c.version == FLAGS.c.version)
    query = select(FLAGS.c.unit, FLAGS.c.content, DECISIONS).join(DECISIONS, made)
    wanted = query.where(FLAGS.c.run_id == run_id, FLAGS.c.status == "decided")
    rows = connection.execute(wanted.order_by(FLAGS.c.round)).mappings()
    return {row["unit"]: (row["content"], decision_of(row)) for row in rows}


def _flags(folder: Folder, first: int, held: _Held) -> list[dict[str, object]]:
    return [
        _flag(folder.id, number, row, held) for number, row in enumerate(folder.rows, start=first)
    ]


def _flag(run: str, number: int, row: Mapping[str, object], held: _Held) -> dict[str, object]:
    content, _ = held.get(str(row["unit"]), (None, None))
    holds = content is not None and content == row["content"]
    return {
        **row,
        "id": number,
        "run_id": run,
        "round": 1,
        "status": "decided" if holds else "open",
        "version": int(holds),
        "claimed_by": None,
        "claimed_until": None,
    }


def _write(connection: Connection, run: Run, flags: list[dict[str, object]]) -> None:
    connection.execute(insert(RUNS).values(asdict(run)))
    add_rows(connection, FLAGS, flags)


def _carried(
    connection: Connection, flags: list[dict[str, object]], held: _Held, now: datetime
) -> list[Decision]:
    """Return the decisions that still hold as rows of the new run."""
    first = next_number(connection, DECISIONS.c.id)
    decided = [flag for flag in flags if flag["status"] == "decided"]
    return [
        replace(
            held[str(flag["unit"])][1],
            id=number,
            flag_id=int(str(flag["id"])),
            version=1,
            round=1,
            supersedes=None,
            carried_from=held[str(flag["unit"])][1].id,
            at=now,
        )
        for number, flag in enumerate(decided, start=first)
    ]
