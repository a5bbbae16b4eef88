"""From a vendor's columns to canonical columns: one view per question, casts included.

A view holds one row per annotation, in the columns `KEPT`, and beside each column that was
cast the text it came from (`..._text`). A cast that fails leaves NULL; `casts.faults` tells
such a NULL from a cell that was empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.engine.casts import TIMES, attempt, duration, time
from labelaudit.engine.source import SOURCE, as_text
from labelaudit.engine.sql import cell, names_of, text, texts

if TYPE_CHECKING:
    from collections.abc import Collection

    from labelaudit.model import Columns, Intake, Question

KEPT = (
    "file", "line", "item_id", "question_id", "annotator_id", "batch_id", "vendor",
    "annotator_kind", "attempt", "label", "gold", "duration_s", *TIMES,
)  # fmt: skip
CAST = ("duration_s", "attempt", *TIMES)
_PER_ROW = (
    "item", "batch", "vendor", "gold", "duration_s", "started_at", "submitted_at", "attempt",
    "annotator_kind", "question",
)  # fmt: skip


def text_of(column: str) -> str:
    """Return the canonical column that holds another's text as it was delivered."""
    return f"{column}_text" if column in CAST else column


def answers(
    columns: Columns,
    question: Question,
    intake: Intake,
    batch_names: tuple[str, ...],
    numbers: Collection[str] = (),
) -> str:
    """Return the query that gives one question's annotations in canonical columns.

    `batch_names` (one per file) stand in where the delivery has no batch column; `numbers`
    are the columns that are stored as numbers.
    """
    selected = {
        "file": "__file::bigint",
        "line": "__row::bigint",
        "item_id": as_text(columns.item),
        "question_id": text(question.question_id),
        "annotator_id": _annotator(columns),
        "batch_id": _batch(columns, batch_names),
        "vendor": _vendor(columns, intake),
        "annotator_kind": _kind(columns),
        "attempt": attempt(columns.attempt),
        "label": _label(columns, question),
        "gold": _optional(question.gold or columns.gold),
        "duration_s": duration(columns.duration_s, numbers),
        **{name: time(getattr(columns, name), intake) for name in TIMES},
        **{text_of(name): _optional(getattr(columns, name)) for name in CAST},
    }
    listed = ", ".join(f"{expression} as {name}" for name, expression in selected.items())
    return f"select {listed} from {_shape(columns, question)}{_only(columns, question)}"


def constants(columns: Columns, batch_names: tuple[str, ...]) -> frozenset[str]:
    """Return the canonical columns that are the same in every row of a question."""
    optional = ("vendor", "annotator_kind", *CAST)
    same = {name for name in optional if getattr(columns, name) is None}
    if columns.batch is None and len(set(batch_names)) <= 1:
        same.add("batch_id")
    return frozenset({"question_id", *same})


def _shape(columns: Columns, question: Question) -> str:
    """Return the source with one row per annotation; an empty cell of a wide file is none."""
    if not columns.annotators:
        return SOURCE
    people = ", ".join(f"{as_text(name)} as {cell(name)}" for name in columns.annotators)
    named = [getattr(columns, role) for role in _PER_ROW] + [question.gold]
    kept = ", ".join(cell(name) for name in dict.fromkeys(named) if name)
    on = ", ".join(cell(name) for name in columns.annotators)
    return (
        f"(unpivot (select __file, __row, {kept}, {people} from {SOURCE})"
        f" on {on} into name __annotator value __label)"
    )


def _annotator(columns: Columns) -> str:
    return names_of("__annotator") if columns.annotators else as_text(columns.annotator or "")


def _label(columns: Columns, question: Question) -> str:
    if columns.annotators:
        return "__label"
    return as_text(question.column or columns.label or "")


def _only(columns: Columns, question: Question) -> str:
    if not columns.question:
        return ""
    return f" where {as_text(columns.question)} = {text(question.question_id)}"


def unknown_questions(
    columns: Columns, questions: tuple[Question, ...], batch_names: tuple[str, ...]
) -> str:
    """Return the query for rows whose question is none of the project's, as rejected cells."""
    known = texts(tuple(question.question_id for question in questions))
    column = as_text(columns.question or "")
    return (
        f"select __file, __row, null, {_optional(columns.annotator)},"
        f" {_batch(columns, batch_names)}, 'question_id', {column}, 'unknown-question'"
        f" from {SOURCE} where {column} is null or {column} not in {known}"
    )


def _optional(column: str | None) -> str:
    return as_text(column) if column else "null::varchar"


def _kind(columns: Columns) -> str:
    if not columns.annotator_kind:
        return "'human'"
    return f"coalesce(lower({as_text(columns.annotator_kind)}), 'human')"


def _batch(columns: Columns, batch_names: tuple[str, ...]) -> str:
    if columns.batch:
        return as_text(columns.batch)
    if len(set(batch_names)) == 1:
        return text(batch_names[0])
    return f"[{', '.join(text(name) for name in batch_names)}][__file + 1]"


def _vendor(columns: Columns, intake: Intake) -> str:
    if columns.vendor:
        return as_text(columns.vendor)
    return text(intake.vendor) if intake.vendor else "null::varchar"
