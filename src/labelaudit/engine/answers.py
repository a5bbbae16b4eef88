"""From a vendor's columns to canonical columns: one view per question, casts included.

A view holds one row per annotation: `file, line, item_id, question_id, annotator_id,
batch_id, vendor, annotator_kind, attempt, label, gold, duration_s, started_at,
submitted_at`, and beside each cast column the text it came from (`..._text`). A cast that
fails leaves NULL; `FAULTS` tells such a NULL from a cell that was empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.engine.sql import ident, text, texts

if TYPE_CHECKING:
    from labelaudit.model import Columns, Intake, Question

SOURCE = "source"
TIMES = ("started_at", "submitted_at")
KEPT = (
    "file", "line", "item_id", "question_id", "annotator_id", "batch_id", "vendor",
    "annotator_kind", "attempt", "label", "gold", "duration_s", "started_at", "submitted_at",
)  # fmt: skip
_ZONED = text(r"(Z|z|[+-][0-9]{2}(:?[0-9]{2})?)\s*$")


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that could not be cast: its column, the reason, and the rows it is true of."""

    column: str
    reason: str
    predicate: str


def faults(columns: Columns, intake: Intake) -> tuple[Fault, ...]:
    """Return the cast faults that a delivery with these columns can have."""
    found = []
    if columns.duration_s:
        given = "duration_s_text is not null"
        number = "try_cast(duration_s_text as double)"
        found += [
            Fault("duration_s", "duration-not-a-number", f"{given} and {number} is null"),
            Fault("duration_s", "duration-not-finite", f"{given} and not isfinite({number})"),
        ]
    if columns.attempt:
        given = "attempt_text is not null and attempt is null"
        found.append(Fault("attempt", "attempt-not-a-number", given))
    for name in TIMES:
        if getattr(columns, name):
            found += _time_faults(name, intake)
    return tuple(found)


def _time_faults(name: str, intake: Intake) -> list[Fault]:
    unread = f"{name}_text is not null and {name} is null"
    if intake.timezone or intake.time_format:
        return [Fault(name, "time-not-readable", unread)]
    naive = f"not regexp_matches({name}_text, {_ZONED})"
    readable = f"try_cast({name}_text as timestamp) is not null"
    bare = f"{unread} and {naive} and {readable}"
    return [
        Fault(name, "time-without-zone", bare),
        Fault(name, "time-not-readable", f"{unread} and not ({naive} and {readable})"),
    ]


def answers(
    columns: Columns, question: Question, intake: Intake, batch_names: tuple[str, ...]
) -> str:
    """Return the query that gives one question's annotations in canonical columns.

    `batch_names` (one per file) stand in where the delivery has no batch column.
    """
    kind = "'human'"
    if columns.annotator_kind:
        kind = f"coalesce(lower({ident(columns.annotator_kind)}), 'human')"
    selected = {
        "file": "__file",
        "line": "__row",
        "item_id": ident(columns.item),
        "question_id": text(question.question_id),
        "annotator_id": ident(columns.annotator or "__annotator"),
        "batch_id": _batch(columns, batch_names),
        "vendor": _vendor(columns, intake),
        "annotator_kind": kind,
        "attempt": _attempt(columns),
        "label": ident(_label(columns, question)),
        "gold": _optional(question.gold or columns.gold),
        "duration_s": f"try_cast({_optional(columns.duration_s)} as double)",
        **{name: _time(getattr(columns, name), intake) for name in TIMES},
        **{
            f"{name}_text": _optional(getattr(columns, name))
            for name in ("duration_s", "attempt", *TIMES)
        },
    }
    listed = ", ".join(f"{expression} as {name}" for name, expression in selected.items())
    return f"select {listed} from {_shape(columns)}{_only(columns, question)}"


def _shape(columns: Columns) -> str:
    """Return the source with one row per annotation (unpivoted where it is wide)."""
    if not columns.annotators:
        return SOURCE
    people = ", ".join(ident(name) for name in columns.annotators)
    return f"(unpivot {SOURCE} on {people} into name __annotator value __label)"


def _label(columns: Columns, question: Question) -> str:
    if columns.annotators:
        return "__label"
    return question.column or columns.label or ""


def _only(columns: Columns, question: Question) -> str:
    if not columns.question:
        return ""
    return f" where {ident(columns.question)} = {text(question.question_id)}"


def unknown_questions(
    columns: Columns, questions: tuple[Question, ...], batch_names: tuple[str, ...]
) -> str:
    """Return the query for rows whose question is none of the project's, as rejected cells."""
    known = texts(tuple(question.question_id for question in questions))
    column = ident(columns.question or "")
    return (
        f"select __file, __row, null, {ident(columns.annotator or '')},"
        f" {_batch(columns, batch_names)}, 'question_id', {column}, 'unknown-question'"
        f" from {SOURCE} where {column} is null or {column} not in {known}"
    )


def _optional(column: str | None) -> str:
    return ident(column) if column else "null::varchar"


def _attempt(columns: Columns) -> str:
    if not columns.attempt:
        return "0"
    given = ident(columns.attempt)
    return f"case when {given} is null then 0 else try_cast({given} as integer) end"


def _batch(columns: Columns, batch_names: tuple[str, ...]) -> str:
    if columns.batch:
        return ident(columns.batch)
    if len(set(batch_names)) == 1:
        return text(batch_names[0])
    return f"[{', '.join(text(name) for name in batch_names)}][__file + 1]"


def _vendor(columns: Columns, intake: Intake) -> str:
    if columns.vendor:
        return ident(columns.vendor)
    return text(intake.vendor) if intake.vendor else "null::varchar"


def _time(column: str | None, intake: Intake) -> str:
    if not column:
        return "null::timestamptz"
    given = ident(column)
    if intake.time_format in {"epoch-s", "epoch-ms"}:
        scale = "" if intake.time_format == "epoch-s" else " / 1000"
        return f"to_timestamp(try_cast({given} as double){scale})"
    zone = text(intake.timezone or "UTC")
    if intake.time_format:
        return f"try_strptime({given}, {text(intake.time_format)}) at time zone {zone}"
    zoned = f"regexp_matches({given}, {_ZONED})"
    naive = f"try_cast({given} as timestamp) at time zone {zone}" if intake.timezone else "null"
    return f"case when {zoned} then try_cast({given} as timestamptz) else {naive} end"
