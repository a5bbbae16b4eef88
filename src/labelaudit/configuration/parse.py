"""The tables of `labelaudit.toml` that say what was delivered and asked."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, cast, get_args

from labelaudit.configuration.parse_policy import parse_policy
from labelaudit.model import SCALES, Columns, DuplicatePolicy, Intake, Nature, Question
from labelaudit.settings import Project

if TYPE_CHECKING:
    from labelaudit.configuration.tables import Table
    from labelaudit.model import Scale

_READERS = ("csv-long", "csv-wide", "jsonl", "parquet")


def parse(root: Table) -> Project:
    """Return the project that a configuration says."""
    root.known({"delivery", "columns", "questions", "policy", "gate", "privacy", "checks"})
    questions = tuple(_question(name, table) for name, table in root.tables("questions").items())
    columns = _columns(root.table("columns")) if "columns" in root.values else None
    if columns is not None:
        _fit(root, columns, questions)
    return Project(
        columns=columns,
        questions=questions,
        intake=_intake(root.table("delivery")),
        policy=parse_policy(root),
        key_env=root.table("privacy").known({"key_env"}).text("key_env"),
    )


def _columns(table: Table) -> Columns:
    table.known([column.name for column in fields(Columns)])
    named = {
        column.name: table.text(column.name)
        for column in fields(Columns)
        if column.name not in {"item", "annotators"}
    }
    item = table.text("item")
    if item is None:
        raise table.error("'item' is missing", "name the column that identifies the item")
    columns = Columns(item=item, annotators=table.texts("annotators"), **named)  # type: ignore[arg-type]
    if bool(columns.annotator) == bool(columns.annotators):
        raise table.error(
            "expected either annotator (one column of ids) or annotators (a column each)",
            'annotator = "worker", or annotators = ["ann", "ben"]',
        )
    return columns


def _question(name: str, table: Table) -> Question:
    table.known({"scale", "labels", "nature", "column", "gold"})
    scale = cast("Scale", table.choice("scale", SCALES) or "nominal")
    labels = table.texts("labels")
    if len(set(labels)) != len(labels):
        raise table.error("labels holds a label twice", "list each label once")
    if scale in {"ordinal", "nominal", "preference"} and not labels:
        order = ", lowest first" if scale == "ordinal" else ""
        raise table.error(f"a {scale} question needs its labels", f'labels = ["...", "..."]{order}')
    nature = cast("Nature", table.choice("nature", get_args(Nature)) or "objective")
    return Question(name, scale, labels, nature, table.text("column"), table.text("gold"))


def _fit(root: Table, columns: Columns, questions: tuple[Question, ...]) -> None:
    """Refuse columns and questions that do not say where each label stands."""
    table = root.table("columns")
    if not questions:
        raise root.error("no [questions.NAME]", 'add [questions.label] with scale = "nominal"')
    if columns.annotators or columns.question:
        if len(questions) > 1 and columns.annotators:
            raise table.error(
                "one column per annotator holds one question", "audit each question by itself"
            )
        if columns.question and not columns.label:
            raise table.error("question needs label", "name the column of the answers")
        return
    bare = [question.question_id for question in questions if not question.column]
    if bare and (not columns.label or len(questions) > 1):
        raise table.error(
            f"question {bare[0]!r} has no column",
            f"set column under [questions.{bare[0]}], or label under [columns] for one question",
        )


def _intake(table: Table) -> Intake:
    table.known([choice.name for choice in fields(Intake)])
    budget = table.number("max_bytes")
    given = Intake(
        reader=table.choice("reader", _READERS),
        vendor=table.text("vendor"),
        timezone=table.text("timezone"),
        time_format=table.text("time_format"),
        max_bytes=None if budget is None else int(budget),
    )
    duplicates = table.choice("duplicates", get_args(DuplicatePolicy))
    missing = tuple({"": None, **dict.fromkeys(table.texts("missing"))})
    return replace(
        given, missing=missing, duplicates=cast("DuplicatePolicy", duplicates or "error")
    )
