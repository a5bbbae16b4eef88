"""Which column of a delivery holds what: checked when named, guessed only when unmistakable."""

from __future__ import annotations

import difflib
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from labelaudit.errors import SHOWN, InputError, UsageError
from labelaudit.model import Columns, Question
from labelaudit.naming import guess

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_MOST_LISTED = 20
IDS = ("item", "annotator", "batch")


def unmistakable(columns: Sequence[str], where: str) -> Columns:
    """Return the columns when their names leave no doubt.

    Raises
    ------
    InputError
        If a required role has no column, or any role has several; says to run `init`.

    """
    found = guess(columns)
    problems = [
        f"{role}: could be any of {', '.join(map(repr, names))}"
        for role, names in found.doubtful.items()
    ]
    problems += [f"{role}: no column is named like one" for role in found.missing]
    if problems:
        raise InputError(
            where,
            "expected columns whose names say which is the item, the annotator and the label;"
            f" found {_listed(columns)}",
            examples=problems,
            next_step="labelaudit init DATA writes a labelaudit.toml to fill in, and says more",
        )
    return replace(Columns(found.found["item"]), **found.found)  # type: ignore[arg-type]


def check(
    columns: Columns,
    questions: Sequence[Question],
    delivered: Sequence[str],
    floats: Collection[str],
    where: str,
    shown: Sequence[tuple[str, str]] = (),
) -> None:
    """Refuse columns that were not delivered, and ids that were stored as floating point.

    `shown` are the columns that review cards show: (the key that names it, its name).

    Raises
    ------
    InputError
        With every column at fault.
    UsageError
        If the columns do not say who answered, or what; or cards would show who people are.

    """
    _refuse_unsaid(columns, questions)
    _refuse_people(columns, shown)
    used = dict(_used(columns, questions))
    absent = [(role, name) for role, name in (*used.items(), *shown) if name not in delivered]
    if absent:
        raise InputError(
            where,
            f"expected columns that are not there; found {_listed(delivered)}",
            examples=[
                f"{role} = {_shown(name)}{_nearest(name, delivered)}"
                for role, name in absent[:SHOWN]
            ],
            count=len(absent),
            next_step="mend labelaudit.toml there, or ask the vendor for the column",
        )
    lossy = [f"{role} = {used[role]!r}" for role in IDS if used.get(role) in floats]
    if lossy:
        raise InputError(
            where,
            "ids are stored as floating point numbers, which lose digits and leading zeros",
            examples=lossy,
            next_step="have them delivered as text or as whole numbers",
        )


def _refuse_unsaid(columns: Columns, questions: Sequence[Question]) -> None:
    """Refuse a project, perhaps made in Python, that lacks a column nothing can do without."""
    unsaid = [] if columns.annotator or columns.annotators else ["annotator or annotators"]
    unsaid += [
        f"label, or column of question {question.question_id!r}"
        for question in questions
        if not (columns.annotators or columns.label or question.column)
    ]
    if unsaid:
        raise UsageError("columns", "do not say where the answers stand", examples=unsaid)


def _refuse_people(columns: Columns, shown: Sequence[tuple[str, str]]) -> None:
    """Refuse cards that show the names of people: everywhere else those are pseudonyms."""
    people = {columns.annotator, columns.reviewer, *columns.annotators}
    if named := [f"{key} = {_shown(name)}" for key, name in shown if name in people]:
        raise UsageError(
            "[review]",
            "would show who people are; cards name them by their pseudonyms",
            examples=named,
            next_step="leave that column out",
        )


def _used(columns: Columns, questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    for field in fields(columns):
        value = getattr(columns, field.name)
        if isinstance(value, str):
            yield field.name, value
    for name in columns.annotators:
        yield f"annotators: {_shown(name)}", name
    for question in questions:
        for role in ("column", "gold"):
            name = getattr(question, role)
            if name:
                yield f"questions.{question.question_id}.{role}", name


def _nearest(name: str, delivered: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, delivered, n=1)
    return f" (did you mean {_shown(near[0])}?)" if near else ""


def _listed(columns: Sequence[str]) -> str:
    more = len(columns) - _MOST_LISTED
    shown = ", ".join(_shown(name) for name in columns[:_MOST_LISTED])
    return f"{shown} and {more:,} more" if more > 0 else shown


def _shown(column: str) -> str:
    """Return a column's name as an error shows it: a column may be a person's address."""
    return "(an address)" if "@" in column else repr(column)
