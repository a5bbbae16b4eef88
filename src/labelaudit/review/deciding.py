"""Deciding and undoing: once each, whoever else tries at the same moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from sqlalchemy import select, update

from labelaudit.errors import UsageError
from labelaudit.review.recording import record
from labelaudit.review.rows import find_flag, flag_of, next_number, standing
from labelaudit.review.tables import DECISIONS, FLAGS, SENT
from labelaudit.review.words import Choice, Decision, DecisionKind, Order, Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from labelaudit.review.words import Flag, Status

MAX_NOTE = 10_000
MAX_LABEL = 1_000_000


def decide(
    connection: Connection,
    flag_id: int,
    version: int,
    reviewer: str,
    choice: Choice,
    now: datetime,
) -> Outcome:
    """Record a decision upon the version of a flag that was on screen, if it still is that."""
    check_choice(reviewer, choice)
    row = _flag(connection, flag_id)
    if row["round"] > 1 or _has_rounds(connection, row):
        _must_be_another(connection, row, reviewer)
    before = standing(connection, flag_id)
    status: Status = "skipped" if choice.kind == "skip" else "decided"
    if not _moved(connection, flag_id, version, status):
        return Outcome(accepted=False, decision=before, flag=flag_of(row))
    return _made(connection, row, version, reviewer, choice, now, before, "decide")


def decide_anew(
    connection: Connection,
    flag_id: int,
    version: int,
    reviewer: str,
    choice: Choice,
    now: datetime,
) -> Outcome:
    """Record a decision instead of one that was sent, if that still stands."""
    check_choice(reviewer, choice)
    row, before = _flag(connection, flag_id), standing(connection, flag_id)
    if row["version"] != version:
        return Outcome(accepted=False, decision=before, flag=flag_of(row))
    if before is None or choice.kind == "skip" or not was_sent(connection, before.id):
        raise UsageError(
            f"flag {flag_id}",
            "only what was decided and sent is decided anew, and not by a skip",
            next_step="decide it, or undo the decision first",
        )
    _moved(connection, flag_id, version, "decided", decided=True)
    return _made(connection, row, version, reviewer, choice, now, before, "decide-anew")


def _made(
    connection: Connection,
    row: RowMapping,
    version: int,
    reviewer: str,
    choice: Choice,
    now: datetime,
    before: Decision | None,
    action: str,
) -> Outcome:
    """Write the decision that a flag was moved on for."""
    made = Decision(
        id=next_number(connection, DECISIONS.c.id),
        flag_id=row["id"],
        version=version + 1,
        round=row["round"],
        reviewer=reviewer,
        kind=choice.kind,
        label=choice.label,
        note=choice.note,
        queue_order=choice.queue_order,
        probability=row["probability"],
        shown_ms=choice.shown_ms,
        supersedes=before.id if before else None,  # a skip by anybody, or what was sent
        carried_from=None,
        at=now,
    )
    record(connection, [made], action, now)
    return Outcome(accepted=True, decision=made, flag=_now(connection, row["id"]))


def undo(connection: Connection, decision_id: int, reviewer: str, now: datetime) -> Outcome:
    """Take back one's own decision, if it still stands, and open its flag again."""
    query = select(DECISIONS.c.flag_id).where(DECISIONS.c.id == decision_id)
    flag_id = connection.execute(query).scalar_one_or_none()
    if flag_id is None:
        raise UsageError(f"decision {decision_id}", "is not in this store")
    last = standing(connection, flag_id)
    if last is None or last.id != decision_id:
        return Outcome(accepted=False, decision=last, flag=_now(connection, flag_id))
    if last.reviewer != reviewer:
        raise UsageError(f"decision {decision_id}", "is somebody else's: undo takes back your own")
    if was_sent(connection, decision_id):
        raise UsageError(
            f"decision {decision_id}",
            "was sent to the vendor, so it cannot be undone",
            next_step="decide the flag anew: the new decision supersedes this one",
        )
    if not _moved(connection, flag_id, last.version, "open", decided=True):
        return Outcome(accepted=False, decision=last, flag=_now(connection, flag_id))
    taken_back = replace(
        last,
        id=next_number(connection, DECISIONS.c.id),
        version=last.version + 1,
        kind="undo",
        label=None,
        note="",
        shown_ms=None,
        supersedes=decision_id,
        carried_from=None,
        at=now,
    )
    record(connection, [taken_back], "undo", now)
    return Outcome(accepted=True, decision=taken_back, flag=_now(connection, flag_id))


def was_sent(connection: Connection, decision_id: int) -> bool:
    """Say whether a decision stands in an export."""
    query = select(SENT.c.id).where(SENT.c.decision_id == decision_id).limit(1)
    return connection.execute(query).first() is not None


def check_choice(reviewer: str, choice: Choice) -> None:
    """Refuse a choice that says nothing, or more than it can.

    Raises
    ------
    UsageError
        If so.

    """
    if not reviewer.strip():
        raise UsageError("reviewer", "expected a name, found none")
    if choice.kind not in get_args(DecisionKind):
        known = ", ".join(get_args(DecisionKind))
        raise UsageError("decision", f"expected one of {known}; found {choice.kind!r}")
    if choice.queue_order not in get_args(Order):
        raise UsageError("decision", f"no queue is ordered by {choice.queue_order!r}")
    if choice.label is not None and choice.kind != "label-wrong":
        raise UsageError("decision", f"only label-wrong names another label, not {choice.kind}")
    for what, text, limit in (("note", choice.note, MAX_NOTE), ("label", choice.label, MAX_LABEL)):
        if text is not None and len(text) > limit:
            raise UsageError(what, f"expected at most {limit:,} characters, found {len(text):,}")


def _flag(connection: Connection, flag_id: int) -> RowMapping:
    row = find_flag(connection, flag_id)
    if row is None:
        raise UsageError(f"flag {flag_id}", "is not in this store")
    return row


def _now(connection: Connection, flag_id: int) -> Flag:
    return flag_of(_flag(connection, flag_id))


def _moved(
    connection: Connection, flag_id: int, version: int, status: Status, *, decided: bool = False
) -> bool:
    """Move a flag on from a version, and say whether it was still at that one."""
    guard = [FLAGS.c.id == flag_id, FLAGS.c.version == version]
    if not decided:
        guard.append(FLAGS.c.status != "decided")
    changes = {"status": status, "version": version + 1, "claimed_by": None, "claimed_until": None}
    return connection.execute(update(FLAGS).where(*guard).values(changes)).rowcount == 1


def _has_rounds(connection: Connection, row: RowMapping) -> bool:
    same = (FLAGS.c.run_id == row["run_id"], FLAGS.c.unit == row["unit"], FLAGS.c.id != row["id"])
    return connection.execute(select(FLAGS.c.id).where(*same).limit(1)).first() is not None


def _must_be_another(connection: Connection, row: RowMapping, reviewer: str) -> None:
    others = select(DECISIONS.c.id).join(FLAGS, FLAGS.c.id == DECISIONS.c.flag_id)
    same = (FLAGS.c.run_id == row["run_id"], FLAGS.c.unit == row["unit"], FLAGS.c.id != row["id"])
    mine = others.where(*same, DECISIONS.c.reviewer == reviewer).limit(1)
    if connection.execute(mine).first() is not None:
        raise UsageError(
            f"flag {row['id']}",
            "is for somebody else: you have decided this unit in another round",
            next_step="take the next one",
        )
