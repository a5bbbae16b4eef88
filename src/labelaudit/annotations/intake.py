"""From a loaded delivery to `Annotations`: cast -> validate -> deduplicate -> count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow as pa

from labelaudit.annotations import setaside
from labelaudit.annotations.aliases import near_aliases
from labelaudit.annotations.annotations import COUNTED, Annotations
from labelaudit.annotations.duplicates import repeated, superseded
from labelaudit.annotations.privacy import People, people
from labelaudit.annotations.schema import schema
from labelaudit.annotations.validate import (
    FRAME_ROWS,
    answers_view,
    reject_unknown_questions,
    valid_view,
    validate,
)
from labelaudit.engine.answers import KEPT, answers
from labelaudit.engine.casts import faults
from labelaudit.engine.source import stored_numbers
from labelaudit.engine.tally import tally

if TYPE_CHECKING:
    from labelaudit.engine.session import Session
    from labelaudit.engine.tables import Tally
    from labelaudit.model import Columns, InputFile
    from labelaudit.settings import Project

_ALIAS_ROWS = FRAME_ROWS
"""Up to this many rows item ids are searched for look-alikes too."""


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What the steps below share."""

    session: Session
    files: tuple[InputFile, ...]
    project: Project
    columns: Columns
    people: People

    def place(self, file: int, line: int) -> str:
        """Name a row as an error shows it."""
        return f"{self.files[file].path}:{line}"


def take_in(
    session: Session,
    files: tuple[InputFile, ...],
    project: Project,
    *,
    key: bytes | None = None,
    said: tuple[str, ...] = (),
) -> Annotations:
    """Turn the loaded table `source` into canonical annotations.

    Parameters
    ----------
    session
        The engine, holding the delivery's cells as the table `source`.
    files
        The files it came from, in the order of `source.__file`.
    project
        What the delivery's columns mean, what was asked, and how it is read.
    key
        Secret for annotator pseudonyms; without it only personal ids are masked.
    said
        What was sniffed and guessed before, in words.

    Raises
    ------
    InputError
        If an annotator answered a unit twice and the duplicate policy is "error", or a
        categorical question holds more labels than a domain can have.

    """
    columns, questions, intake = project.columns, project.questions, project.intake
    assert columns is not None, "columns are settled before rows are taken in"
    stems = tuple(_stem(file.path) for file in files)
    numbers = stored_numbers(session)
    for number, question in enumerate(questions):
        session.view(answers_view(number), answers(columns, question, intake, stems, numbers))
    rows = sum(file.rows for file in files)
    validate(session, schema(questions), len(questions), faults(columns, intake), rows)
    if columns.question:
        reject_unknown_questions(session, columns, questions, stems)
    named = _name_people(session, len(questions), key)
    _name_files(session, files)
    delivery = _Delivery(session, files, project, columns, named)
    tallies = tuple(_count(delivery, number) for number in range(len(questions)))
    session.view(COUNTED, " union all ".join(_counted(number) for number in range(len(questions))))
    return _annotations(delivery, tallies, rows, said)


def _annotations(
    delivery: _Delivery, tallies: tuple[Tally, ...], rows: int, said: tuple[str, ...]
) -> Annotations:
    session, asked = delivery.session, len(delivery.project.questions)
    setaside.name_rejected(session)
    by_file = setaside.rejected_by_file(session)
    return Annotations(
        files=tuple(
            replace(file, rejected_rows=by_file.get(str(number), 0))
            for number, file in enumerate(delivery.files)
        ),
        tallies=tallies,
        rejections=setaside.rejections(session),
        rejected_rows=setaside.rejected_by_batch(session),
        delivered_rows=setaside.delivered_by_batch(session, asked, delivery.columns),
        repeated=setaside.aside_by_batch(session, asked, "repeated"),
        superseded=sum(setaside.aside_by_batch(session, asked, "superseded").values()),
        aliases=_aliases(delivery, tallies, rows),
        people=delivery.people,
        project=delivery.project,
        said=said,
        session=session,
    )


def _count(delivery: _Delivery, number: int) -> Tally:
    """Count one question; a unit answered twice by one annotator is settled first."""
    session, question = delivery.session, delivery.project.questions[number]
    valid, current, aside = valid_view(number), f"current_{number}", f"aside_{number}"
    session.do(
        f"create or replace table {aside} (file bigint, line bigint, annotator_id varchar,"
        " batch_id varchar, why varchar)"
    )
    if delivery.columns.attempt:
        superseded(session, valid, aside)
    _view_current(session, number)
    counts = tally(session, current, question)
    if counts.duplicates:
        policy, shown = delivery.project.intake.duplicates, delivery.people.name
        repeated(session, current, aside, policy, delivery.place, shown)
        _view_current(session, number)
        counts = tally(session, current, question)
    return counts


def _view_current(session: Session, number: int) -> None:
    """Make the view of valid annotations that were not set aside."""
    aside, valid = f"aside_{number}", valid_view(number)
    where = ""
    if session.integers(f"select count(*) from {aside}") != (0,):
        where = (
            f" x where not exists (select 1 from {aside} a where a.file = x.file"
            " and a.line = x.line and a.annotator_id = x.annotator_id)"
        )
    session.view(f"current_{number}", f"select * from {valid}{where}")


def _name_people(session: Session, questions: int, key: bytes | None) -> People:
    views = " union ".join(
        f"select annotator_id from {answers_view(number)}" for number in range(questions)
    )
    found = session.rows(f"select distinct annotator_id from ({views})")
    named = people((str(name) for (name,) in found if name is not None), key)
    columns = [pa.array(list(names), pa.string()) for names in (named.shown, named.shown.values())]
    session.keep("people", pa.table(columns, names=["name", "shown"]))
    return named


def _name_files(session: Session, files: tuple[InputFile, ...]) -> None:
    numbers = pa.array(range(len(files)), pa.int64())
    paths = pa.array([file.path for file in files], pa.string())
    session.keep("files", pa.table([numbers, paths], names=["number", "path"]))


def _counted(number: int) -> str:
    """Return one question's annotations that count, gold as rows of its own."""
    columns = [name for name in KEPT if name not in {"gold", "annotator_id"}]
    people_rows = ", ".join(columns)
    gold_values = {
        "file": "min(file)",
        "line": "min(line)",
        "batch_id": "min(batch_id)",
        "vendor": "null",
        "annotator_kind": "'gold'",
        "attempt": "0",
        "label": "gold",
        "duration_s": "null",
        "started_at": "null",
        "submitted_at": "null",
    }
    gold_rows = ", ".join(gold_values.get(name, name) for name in columns)
    return (
        f"select coalesce(p.shown, x.annotator_id) as annotator_id, {people_rows}"
        f" from current_{number} x left join people p on p.name = x.annotator_id"
        f" union all select 'gold', {gold_rows} from current_{number}"
        " where gold is not null and annotator_kind <> 'gold' group by item_id, question_id, gold"
    )


def _aliases(
    delivery: _Delivery, tallies: tuple[Tally, ...], rows: int
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: set[tuple[str, tuple[str, ...]]] = set()
    for counts in tallies:
        names = counts.names
        for what, listed in (
            (f"labels of {counts.question.question_id}", names.labels.texts),
            ("batches", names.batches),
            ("vendors", names.vendors),
        ):
            found |= {(what, group) for group in near_aliases(listed)}
        shown = delivery.people.name
        for group in near_aliases(names.annotators):
            found.add(("annotators", tuple(shown(name) for name in group)))
    if rows <= _ALIAS_ROWS:
        items = delivery.session.rows(f"select distinct item_id from {COUNTED}")
        found |= {("items", group) for group in near_aliases(str(item) for (item,) in items)}
    return tuple(sorted(found))


def _stem(path: str) -> str:
    """Return a file's name without folder and without any of its endings."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    return name.split(".", 1)[0] or name
