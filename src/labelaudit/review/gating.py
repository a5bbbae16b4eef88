"""What a gate is told of a run's decisions, all of one moment."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from sqlalchemy import and_, select

from labelaudit import reviewed
from labelaudit.errors import UsageError
from labelaudit.review.folder import findings_of, run_id_of
from labelaudit.review.people import people_of
from labelaudit.review.rows import find_run
from labelaudit.review.tables import DECISIONS, FLAGS
from labelaudit.review.verifying import verify
from labelaudit.runs import read_audit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, RowMapping

    from labelaudit.reviewed import Conclusion, Reviewed, ReviewedUnit

_WORST = ("label-wrong", "ambiguous", "bad-item", "label-ok")


def reviewed_run(connection: Connection, folder: Path, where: str) -> Reviewed:
    """Return what follows from the decisions upon a run folder.

    Raises
    ------
    UsageError
        If the run is not in the store, or the store's record is broken.

    """
    run_id = run_id_of(folder)
    if find_run(connection, run_id) is None:
        step = f"labelaudit reviews import {folder}, or name another --db"
        raise UsageError(where, f"holds no run {run_id}, so nobody reviewed it", next_step=step)
    found = verify(connection)
    if found.broken:
        step = "labelaudit reviews verify says more; restore a backup"
        raise UsageError(where, f"its record is broken: {found.broken}", next_step=step)
    return reviewed.review(
        reviewed.Store(run_id, found.entries, found.head),
        read_audit(folder),
        findings_of(folder),
        tuple(_units(connection, run_id)),
        _withdrawn(connection, run_id),
    )


def _units(connection: Connection, run_id: str) -> Iterator[ReviewedUnit]:
    made = and_(DECISIONS.c.flag_id == FLAGS.c.id, DECISIONS.c.version == FLAGS.c.version)
    query = select(FLAGS, DECISIONS.c.kind).outerjoin(DECISIONS, made)
    rows = connection.execute(
        query.where(FLAGS.c.run_id == run_id).order_by(FLAGS.c.round, FLAGS.c.id)
    ).mappings()
    rounds: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in rows:
        rounds[row["unit"]].append(row)
    for unit in rounds.values():
        first = unit[0]
        yield reviewed.ReviewedUnit(
            question_id=first["question_id"],
            item_id=first["item_id"],
            batch_id=first["batch_id"],
            drawn=first["drawn"],
            probability=first["probability"],
            checks=tuple(first["reasons"].split()),
            concluded=_concluded(unit),
        )


def _concluded(rounds: Sequence[RowMapping]) -> Conclusion | None:
    """Return what was concluded: the third reviewer's word, else the worse of two."""
    kinds = {row["round"]: row["kind"] for row in rounds if row["status"] == "decided"}
    said = {kinds[3]} if 3 in kinds else set(kinds.values())
    return cast("Conclusion | None", next((kind for kind in _WORST if kind in said), None))


def _withdrawn(connection: Connection, run_id: str) -> set[reviewed.About]:
    """Return what is withdrawn of people, where nothing else is held against them in it."""
    states: defaultdict[reviewed.About, set[str]] = defaultdict(set)
    for flag in people_of(connection, run_id):
        about = (flag.annotator_id, flag.question_id, flag.batch_id, flag.check)
        states[about].add(flag.state)
    return {about for about, found in states.items() if found == {"withdrawn"}}
