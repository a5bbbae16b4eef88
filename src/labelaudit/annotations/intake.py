"""From a loaded delivery to `Annotations`: cast -> validate -> deduplicate -> count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from labelaudit.annotations import setaside
from labelaudit.annotations.aliases import aliases
from labelaudit.annotations.annotations import Annotations
from labelaudit.annotations.batch_names import batch_names
from labelaudit.annotations.counting import count_question, list_counted
from labelaudit.annotations.privacy import People, people
from labelaudit.annotations.validate import answers_view, reject_unknown_questions, validate
from labelaudit.engine.answers import answers, constants
from labelaudit.engine.arrays import TEXT, WHOLE, array, table
from labelaudit.engine.casts import faults
from labelaudit.engine.source import stored_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.engine.session import Session
    from labelaudit.engine.tables import Tally
    from labelaudit.model import InputFile
    from labelaudit.settings import Project


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What the steps below share."""

    session: Session
    files: tuple[InputFile, ...]
    project: Project
    people: People

    @property
    def rows(self) -> int:
        """How many rows were delivered."""
        return sum(file.rows for file in self.files)

    def say(
        self,
        item: str,
        annotator: str,
        labels: Sequence[str],
        files: Sequence[int],
        lines: Sequence[int],
    ) -> str:
        """Name an annotator's answers to one item as an error shows them."""
        at = ", ".join(
            f"{self.files[file].path}:{line}" for file, line in zip(files, lines, strict=True)
        )
        gave = " and ".join(map(repr, labels))
        return f"item {item}, annotator {self.people.name(annotator)}: {gave} at {at}"


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
    values = _validate(session, files, project)
    named = _name_people(session, values, key)
    _name_files(session, files)
    delivery = _Delivery(session, files, project, named)
    tallies = tuple(
        count_question(
            session,
            number,
            question,
            values[number],
            attempts=project.columns is not None and project.columns.attempt is not None,
            policy=project.intake.duplicates,
            say=delivery.say,
        )
        for number, question in enumerate(project.questions)
    )
    list_counted(session, len(tallies))
    return _annotations(delivery, tallies, said)


def _validate(
    session: Session, files: tuple[InputFile, ...], project: Project
) -> tuple[str | None, ...]:
    """Make the views of canonical and of valid rows; return the tables of their values."""
    columns, questions, intake = project.columns, project.questions, project.intake
    assert columns is not None, "columns are settled before rows are taken in"
    names = batch_names([file.path for file in files])
    numbers = stored_numbers(session)
    for number, question in enumerate(questions):
        session.view(answers_view(number), answers(columns, question, intake, names, numbers))
    casts, rows = faults(columns, intake, numbers), sum(file.rows for file in files)
    same = constants(columns, names)
    values = validate(session, questions, casts, rows, same)
    if columns.question:
        reject_unknown_questions(session, columns, questions, names)
    return values


def _annotations(
    delivery: _Delivery, tallies: tuple[Tally, ...], said: tuple[str, ...]
) -> Annotations:
    session, project, asked = delivery.session, delivery.project, len(tallies)
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
        delivered_rows=setaside.delivered_by_batch(session, asked, long=_is_long(project)),
        repeated=setaside.aside_by_batch(session, asked, "repeated"),
        superseded=sum(setaside.aside_by_batch(session, asked, "superseded").values()),
        aliases=aliases(session, tallies, delivery.people, delivery.rows),
        people=delivery.people,
        project=project,
        said=said,
        session=session,
    )


def _is_long(project: Project) -> bool:
    """Say whether a question's answers have rows of their own."""
    return project.columns is not None and project.columns.question is not None


def _name_people(session: Session, values: Sequence[str | None], key: bytes | None) -> People:
    """Name everybody who stands in the delivery, also where all of their rows were rejected."""
    views = " union all ".join(
        f"select value as annotator_id from {kept} where column_name = 'annotator_id'"
        if kept
        else f"select annotator_id from {answers_view(number)}"
        for number, kept in enumerate(values)
    )
    found = session.rows(f"select distinct annotator_id from ({views})")
    named = people((str(name) for (name,) in found if name is not None), key)
    shown = array(list(named.shown.values()), TEXT)
    session.keep("people", table({"name": array(list(named.shown), TEXT), "shown": shown}))
    return named


def _name_files(session: Session, files: tuple[InputFile, ...]) -> None:
    paths = array([file.path for file in files], TEXT)
    numbers = array(range(len(files)), WHOLE)
    session.keep("files", table({"number": numbers, "path": paths}))
