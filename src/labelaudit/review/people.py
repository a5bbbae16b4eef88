"""Flags on people: taken in with a run, noted upon by both sides, carried to the next run."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, get_args

from sqlalchemy import select, update

from labelaudit.errors import UsageError
from labelaudit.review import chain
from labelaudit.review.bulk import add_rows
from labelaudit.review.columns import stamp
from labelaudit.review.deciding import MAX_NOTE
from labelaudit.review.persons import LEGAL, PersonFlag, PersonNote, PersonOutcome, Side
from labelaudit.review.rows import next_number
from labelaudit.review.tables import PERSON_FLAGS, PERSON_NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping

    from labelaudit.review.persons import PersonState

_MASK = re.compile(r"masked-\d+")
_SAID = ("annotator_id", "question_id", "batch_id", "vendor", "check", "outcome", "severity")
_ABOUT = ("annotator_id", "question_id", "check")
_SAME = (*_SAID, "message", "evidence")


def person_rows(findings: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Return what checks saw of people; what could not be looked at is about nobody."""
    return [
        {name: finding[name] for name in _SAME}
        for finding in findings
        if finding["annotator_id"] is not None and finding["outcome"] != "unknown"
    ]


def add_people(
    connection: Connection,
    run_id: str,
    rows: Sequence[Mapping[str, object]],
    after: str | None,
    now: datetime,
    actor: str,
) -> int:
    """Keep the person flags of a run; what still holds of the run before is carried over."""
    first = next_number(connection, PERSON_FLAGS.c.id)
    before = _before(connection, after) if after else {}
    flags, notes = [], []
    for number, row in enumerate(rows, start=first):
        earlier = before.get(_about(row))
        flag = {**row, "id": number, "run_id": run_id, "state": "open", "version": 0}
        flag["follows"] = earlier.id if earlier else None
        if earlier and earlier.history and _same(row, earlier):
            last = earlier.history[-1]
            flag |= {"state": last.state, "version": 1}
            notes.append((number, last))
        flags.append(flag)
    add_rows(connection, PERSON_FLAGS, flags)
    at = next_number(connection, PERSON_NOTES.c.id)
    carried = [
        PersonNote(n, flag, 1, last.actor, last.side, last.state, last.note, last.id, now)
        for n, (flag, last) in enumerate(notes, start=at)
    ]
    _write(connection, carried, "carry-over-person", now, actor)
    return len(flags)


def people_of(connection: Connection, run_id: str) -> tuple[PersonFlag, ...]:
    """Return the person flags of a run, in the order of its findings."""
    return _flags(connection, PERSON_FLAGS.c.run_id == run_id)


def settle_person(
    connection: Connection,
    flag_id: int,
    version: int,
    actor: str,
    state: PersonState,
    note: str,
    now: datetime,
    side: Side,
) -> PersonOutcome:
    """Add a note to the version of a flag that was on screen, if it still is that."""
    flag = _flag(connection, flag_id)
    _check(flag, version, actor, state, note, side)
    guard = (PERSON_FLAGS.c.id == flag_id, PERSON_FLAGS.c.version == version)
    change = update(PERSON_FLAGS).where(*guard).values(state=state, version=version + 1)
    if connection.execute(change).rowcount != 1:
        return PersonOutcome(accepted=False, flag=flag)
    number = next_number(connection, PERSON_NOTES.c.id)
    made = PersonNote(number, flag_id, version + 1, actor, side, state, note, None, now)
    _write(connection, [made], "settle-person", now, actor)
    return PersonOutcome(accepted=True, flag=_flag(connection, flag_id))


def note_of(row: RowMapping) -> PersonNote:
    """Return a note."""
    return PersonNote(**{field.name: row[field.name] for field in fields(PersonNote)})


def told_of(note: PersonNote) -> dict[str, object]:
    """Return a note as an entry of the chain tells it."""
    return {**asdict(note), "at": stamp(note.at)}


def _check(
    flag: PersonFlag, version: int, actor: str, state: PersonState, note: str, side: Side
) -> None:
    where = f"flag {flag.id} on {flag.annotator_id}"
    if side not in get_args(Side):
        raise UsageError(where, f"expected buyer or vendor, found {side!r}")
    if not actor.strip():
        raise UsageError(where, "expected who says it, found nobody")
    if not note.strip():
        raise UsageError(where, "expected a note that says why, found none")
    if len(note) > MAX_NOTE:
        raise UsageError(where, f"a note has at most {MAX_NOTE:,} characters, found {len(note):,}")
    legal = LEGAL[side][flag.state]
    if version == flag.version and state not in legal:
        raise UsageError(
            where,
            f"is {flag.state}: the {side} cannot make it {state}",
            next_step=f"the {side} may make it {' or '.join(legal)}",
        )


def _flag(connection: Connection, flag_id: int) -> PersonFlag:
    found = _flags(connection, PERSON_FLAGS.c.id == flag_id)
    if not found:
        raise UsageError(f"flag {flag_id} on a person", "is not in this store")
    return found[0]


def _flags(connection: Connection, wanted: ColumnElement[bool]) -> tuple[PersonFlag, ...]:
    of_flags = select(PERSON_NOTES).join(PERSON_FLAGS).where(wanted)
    notes: defaultdict[int, list[PersonNote]] = defaultdict(list)
    for row in connection.execute(of_flags.order_by(PERSON_NOTES.c.version)).mappings():
        notes[row["flag_id"]].append(note_of(row))
    query = select(PERSON_FLAGS).where(wanted).order_by(PERSON_FLAGS.c.id)
    rows = connection.execute(query).mappings()
    return tuple(_flag_of(row, tuple(notes[row["id"]])) for row in rows)


def _flag_of(row: RowMapping, history: tuple[PersonNote, ...]) -> PersonFlag:
    evidence = json.loads(row["evidence"])
    return PersonFlag(**{**row, "evidence": evidence, "history": history})


def _before(connection: Connection, run_id: str) -> dict[tuple[object, ...], PersonFlag]:
    """Return the flags of a run by whom and what they are about; a mask is nobody twice."""
    found = people_of(connection, run_id)
    named = (flag for flag in found if not _MASK.fullmatch(flag.annotator_id))
    return {tuple(getattr(flag, name) for name in _ABOUT): flag for flag in named}


def _about(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in _ABOUT)


def _same(row: Mapping[str, object], flag: PersonFlag) -> bool:
    """Say whether the same was seen again: then what was said of it holds."""
    said = all(row[name] == getattr(flag, name) for name in (*_SAID, "message"))
    return said and json.loads(str(row["evidence"])) == flag.evidence


def _write(
    connection: Connection, notes: Sequence[PersonNote], action: str, now: datetime, actor: str
) -> None:
    add_rows(connection, PERSON_NOTES, [asdict(note) for note in notes])
    entries = [
        chain.Entry(actor, action, f"person flag {note.flag_id}", {"note": told_of(note)})
        for note in notes
    ]
    chain.append(connection, entries, now)
