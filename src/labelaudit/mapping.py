"""Which column of a delivery holds what: checked when named, guessed only when unmistakable."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from labelaudit.errors import SHOWN, InputError, UsageError
from labelaudit.model import Columns, Question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

NAMES: dict[str, tuple[str, ...]] = {
    "item": (
        "item", "itemid", "imageid", "image", "unitid", "taskid", "documentid", "docid",
        "exampleid", "sampleid", "hitid", "datarowid", "recordid", "textid", "utteranceid",
    ),
    "annotator": (
        "annotator", "annotatorid", "worker", "workerid", "rater", "raterid", "labeler",
        "labelerid", "labeller", "coder", "coderid", "completedby", "createdby", "userid",
    ),
    "label": (
        "label", "answer", "response", "annotation", "rating", "category", "judgment",
        "judgement", "choice", "labelvalue",
    ),
    "question": ("question", "questionid", "aspect"),
    "batch": ("batch", "batchid", "batchname", "delivery", "deliveryid"),
    "vendor": ("vendor", "vendorid", "vendorname", "supplier"),
    "gold": ("gold", "goldlabel", "golden", "truth", "groundtruth", "goldanswer"),
    "duration_s": (
        "durations", "durationseconds", "seconds", "timespents", "timespentseconds",
        "worktimeinseconds", "leadtime", "secondstolabel",
    ),
    "started_at": ("startedat", "starttime", "accepttime"),
    "submitted_at": (
        "submittedat", "submittime", "completedat", "finishedat", "finished", "createdat",
    ),
    "attempt": ("attempt",),
    "annotator_kind": ("annotatorkind",),
    "shown_label": ("shownlabel", "prelabel", "preannotation"),
    "reviewer": ("reviewer", "reviewerid", "reviewedby"),
    "reviewed_label": ("reviewedlabel",),
}  # fmt: skip
"""Column names that leave no doubt, without case, spaces and punctuation."""

_MOST_LISTED = 20
REQUIRED = ("item", "annotator", "label")
IDS = ("item", "annotator", "batch")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the column names say: one column per role, or several that could be it."""

    found: dict[str, str]
    doubtful: dict[str, tuple[str, ...]]

    @property
    def missing(self) -> tuple[str, ...]:
        """Required roles that no column name speaks for."""
        return tuple(
            role for role in REQUIRED if role not in self.found and role not in self.doubtful
        )


def guess(columns: Sequence[str]) -> Guess:
    """Match column names with roles.

    Examples
    --------
    >>> guess(["Item ID", "worker", "label", "notes"]).found
    {'item': 'Item ID', 'annotator': 'worker', 'label': 'label'}

    """
    found: dict[str, str] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    for role, names in NAMES.items():
        matches = [column for column in columns if _plain(column) in names]
        if len(matches) == 1:
            found[role] = matches[0]
        elif matches:
            doubtful[role] = tuple(matches)
    return Guess(found, doubtful)


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]", "", column.casefold())


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
            next_step="labelaudit init DATA writes a labelaudit.toml to fill in",
        )
    return replace(Columns(found.found["item"]), **found.found)  # type: ignore[arg-type]


def check(
    columns: Columns,
    questions: Sequence[Question],
    delivered: Sequence[str],
    floats: Collection[str],
    where: str,
) -> None:
    """Refuse columns that were not delivered, and ids that were stored as floating point.

    Raises
    ------
    InputError
        With every column at fault.
    UsageError
        If the columns do not say who answered, or what.

    """
    _refuse_unsaid(columns, questions)
    used = dict(_used(columns, questions))
    absent = [(role, name) for role, name in used.items() if name not in delivered]
    if absent:
        raise InputError(
            where,
            f"expected columns that are not there; found {_listed(delivered)}",
            examples=[
                f"{role} = {_shown(name)}{_nearest(name, delivered)}"
                for role, name in absent[:SHOWN]
            ],
            count=len(absent),
            next_step="mend [columns] in labelaudit.toml, or ask the vendor for the column",
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
