"""Rounds: a second reviewer decides blindly, a third one where the two differ."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

from sqlalchemy import and_, insert, select

from labelaudit.coefficients import estimate, ratings
from labelaudit.errors import UsageError
from labelaudit.review import chain
from labelaudit.review.rows import decision_of, find_run, next_number
from labelaudit.review.tables import DECISIONS, FLAGS
from labelaudit.review.words import Decision, Unsettled

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from labelaudit.model import Estimate

COEFFICIENTS = ("percent-agreement", "krippendorff-alpha")


def second_round(
    connection: Connection, run_id: str, share: float, seed: int, actor: str, now: datetime
) -> int:
    """Draw decided units for a second reviewer until they are a share of all decided ones."""
    if not 0 < share <= 1:
        raise UsageError("share", f"expected above 0 and at most 1, found {share}")
    decided = _decided(connection, run_id)
    taken = _units(connection, run_id, 2)
    left = [row for row in decided if row["unit"] not in taken]
    left.sort(key=lambda row: hashlib.sha256(f"{seed}:{row['unit']}".encode()).digest())
    wanted = math.ceil(share * len(decided)) - (len(decided) - len(left))
    drawn = left[: max(wanted, 0)]
    chance = math.ceil(share * len(decided)) / len(decided) if decided else 0.0
    return _open(connection, run_id, drawn, 2, chance, actor, now)


def third_round(connection: Connection, run_id: str, actor: str, now: datetime) -> int:
    """Put every unit that two reviewers differ on before a third one."""
    taken = _units(connection, run_id, 3)
    apart = {
        row["unit"] for row, first, second in _both(connection, run_id) if _differ(first, second)
    }
    rows = [row for row in _decided(connection, run_id) if row["unit"] in apart - taken]
    return _open(connection, run_id, rows, 3, 1.0, actor, now)


def unsettled(connection: Connection, run_id: str) -> tuple[Unsettled, ...]:
    """Return the units that two reviewers differ on and no third one has decided."""
    query = select(FLAGS.c.unit).where(
        FLAGS.c.run_id == run_id, FLAGS.c.round == 3, FLAGS.c.status == "decided"
    )
    settled = set(connection.execute(query).scalars())
    return tuple(
        Unsettled(row["question_id"], row["item_id"], first, second)
        for row, first, second in _both(connection, run_id)
        if _differ(first, second) and row["unit"] not in settled
    )


def agreement(connection: Connection, run_id: str) -> tuple[Estimate, ...]:
    """Return how far the first and the second reviewer of each unit agree."""
    pairs = [(first.answer, second.answer) for _, first, second in _both(connection, run_id)]
    answers = {name: code for code, name in enumerate(sorted({a for pair in pairs for a in pair}))}
    table = ratings(
        [unit for unit in range(len(pairs)) for _ in range(2)],
        [0, 1] * len(pairs),
        [answers[answer] for pair in pairs for answer in pair],
        max(len(answers), 1),
    )
    return tuple(estimate(name, table, "nominal") for name in COEFFICIENTS)


def _differ(first: Decision, second: Decision) -> bool:
    return first.answer != second.answer


def _decided(connection: Connection, run_id: str) -> list[RowMapping]:
    """Return the flags of the first round that are decided, in the order they came."""
    if find_run(connection, run_id) is None:
        raise UsageError(f"run {run_id}", "is not in this store")
    wanted = (FLAGS.c.run_id == run_id, FLAGS.c.round == 1, FLAGS.c.status == "decided")
    return list(connection.execute(select(FLAGS).where(*wanted).order_by(FLAGS.c.id)).mappings())


def _units(connection: Connection, run_id: str, of_round: int) -> set[str]:
    query = select(FLAGS.c.unit).where(FLAGS.c.run_id == run_id, FLAGS.c.round == of_round)
    return set(connection.execute(query).scalars())


def _both(connection: Connection, run_id: str) -> list[tuple[RowMapping, Decision, Decision]]:
    """Return the units that both rounds have decided, with what stands of each."""
    made = and_(DECISIONS.c.flag_id == FLAGS.c.id, DECISIONS.c.version == FLAGS.c.version)
    query = select(FLAGS.c.unit, FLAGS.c.item_id, FLAGS.c.question_id, DECISIONS).join(
        DECISIONS, made
    )
    wanted = (FLAGS.c.run_id == run_id, FLAGS.c.round <= 2, FLAGS.c.status == "decided")
    rows = connection.execute(query.where(*wanted).order_by(FLAGS.c.round, FLAGS.c.id)).mappings()
    first: dict[str, RowMapping] = {}
    found = []
    for row in rows:
        if row["round"] == 1:
            first[row["unit"]] = row
        elif (before := first.get(row["unit"])) is not None:
            found.append((row, decision_of(before), decision_of(row)))
    return found


def _open(
    connection: Connection,
    run_id: str,
    rows: list[RowMapping],
    number: int,
    chance: float,
    actor: str,
    now: datetime,
) -> int:
    """Put units before another reviewer, as flags of their own that tell nothing of the first."""
    first = next_number(connection, FLAGS.c.id)
    fresh = {"round": number, "status": "open", "version": 0}
    free = {"claimed_by": None, "claimed_until": None}
    flags = [
        {**row, **fresh, **free, "id": at, "probability": row["probability"] * chance}
        for at, row in enumerate(rows, start=first)
    ]
    if flags:
        connection.execute(insert(FLAGS), flags)
        detail = {"round": number, "flags": len(flags), "first": first}
        entry = chain.Entry(actor, "open-round", f"run {run_id}", detail)
        chain.append(connection, [entry], now)
    return len(flags)
