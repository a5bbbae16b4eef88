"""The tables of `labelaudit.toml` that say what was delivered and asked."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from labelaudit.configuration.keys import (
    COLUMNS,
    DELIVERY,
    DRIFT,
    GATE,
    GATE_FILES,
    PRIVACY,
    QUESTION,
    REVIEW,
)
from labelaudit.configuration.parse_policy import parse_policy
from labelaudit.configuration.parse_queue import parse_queue, parse_relabel
from labelaudit.configuration.times import format_problem, zone_problem
from labelaudit.model import Columns, Intake, Question
from labelaudit.settings import Drift, Gate, Project, Review

if TYPE_CHECKING:
    from labelaudit.configuration.tables import Table

ROOT = (
    "delivery",
    "columns",
    "questions",
    "policy",
    "gate",
    "drift",
    "privacy",
    "checks",
    "queue",
    "relabel",
    "review",
)
_NEED_LABELS = ("nominal", "ordinal", "preference")


def parse(root: Table) -> Project:
    """Return the project that a configuration says."""
    root.known(ROOT)
    questions = tuple(_question(name, table) for name, table in root.tables("questions").items())
    columns = _columns(root.table("columns")) if "columns" in root.values else None
    intake = _intake(root.table("delivery"))
    if columns is None:
        _fit_guessed(root, questions)
    else:
        _fit(root, columns, questions, intake)
    return Project(
        columns=columns,
        questions=questions,
        intake=intake,
        policy=parse_policy(root, tuple(question.question_id for question in questions)),
        queue=parse_queue(root.table("queue")),
        relabel=parse_relabel(root.table("relabel")),
        drift=_drift(root.table("drift")),
        gate=Gate(**root.table("gate").read(GATE_FILES, beside=GATE)),  # type: ignore[arg-type]
        review=_review(root.table("review")),
        **root.table("privacy").read(PRIVACY),  # type: ignore[arg-type]
    )


def _columns(table: Table) -> Columns:
    given = table.read(COLUMNS)
    if "item" not in given:
        raise table.error("'item' is missing", "name the column that identifies the item")
    columns = Columns(**given)  # type: ignore[arg-type]
    if bool(columns.annotator) == bool(columns.annotators):
        raise table.error(
            "expected either annotator (one column of ids) or annotators (a column each)",
            'annotator = "worker", or annotators = ["ann", "ben"]',
        )
    for one, other in combinations(("item", "annotator", "label"), 2):
        if given.get(one) is not None and given.get(one) == given.get(other):
            raise table.error(
                f"{one} and {other} name the same column {given[one]!r}", "name each by its own"
            )
    return columns


def _question(name: str, table: Table) -> Question:
    question = Question(name, **{"scale": "nominal", **table.read(QUESTION)})  # type: ignore[arg-type]
    if len(set(question.labels)) != len(question.labels):
        raise table.error("labels holds a label twice", "list each label once")
    if question.scale in _NEED_LABELS and not question.labels:
        order = ", lowest first" if question.scale == "ordinal" else ""
        raise table.error(
            f"{question.scale} questions need their labels", f'labels = ["...", "..."]{order}'
        )
    return question


def _intake(table: Table) -> Intake:
    given = table.read(DELIVERY)
    if missing := given.pop("missing", ()):
        given["missing"] = tuple(dict.fromkeys(["", *missing]))  # type: ignore[misc]
    if given.get("max_bytes") == 0:
        raise table.error("max_bytes = 0 lets nothing be read", "omit it, or raise it")
    intake = Intake(**given)  # type: ignore[arg-type]
    if problem := zone_problem(intake.timezone) or format_problem(intake.time_format):
        raise table.error(*problem)
    return intake


def _drift(table: Table) -> Drift:
    drift = Drift(**table.read(DRIFT))  # type: ignore[arg-type]
    if drift.baseline_batches and drift.first_batches_count is not None:
        raise table.error(
            "baseline_batches and first_batches_count exclude each other", "keep one of them"
        )
    if drift.first_batches_count == 0:
        raise table.error("first_batches_count = 0 is no baseline", "omit it, or write 1 or more")
    return drift


def _review(table: Table) -> Review:
    review = Review(**table.read(REVIEW))  # type: ignore[arg-type]
    if len(review.pair) not in {0, 2}:
        raise table.error(
            f"pair names {len(review.pair)} columns, not two", 'pair = ["answer_a", "answer_b"]'
        )
    if review.image and not review.media:
        raise table.error("image needs media", 'name the folder of the pictures: media = "images/"')
    return review


def _fit_guessed(root: Table, questions: tuple[Question, ...]) -> None:
    """Refuse questions that need columns where none are named."""
    if len(questions) > 1 or any(question.column for question in questions):
        raise root.error(
            "[questions] without [columns]", "say under [columns] which is the item and annotator"
        )


def _fit(root: Table, columns: Columns, questions: tuple[Question, ...], intake: Intake) -> None:
    """Refuse columns and questions that do not say where each label stands."""
    table = root.table("columns")
    if not questions:
        raise root.error("no [questions.NAME]", 'add [questions.label] with scale = "nominal"')
    if intake.vendor and columns.vendor:
        raise table.error("vendor is given twice", "keep it here or under [delivery]")
    if columns.annotators and len(questions) > 1:
        raise table.error(
            "one column per annotator holds one question", "audit each question by itself"
        )
    if columns.annotators and columns.label:
        raise table.error("annotators and label exclude each other", "the columns hold the labels")
    if columns.question and not columns.label:
        raise table.error("question needs label", "name the column of the answers")
    if not columns.annotators and not columns.question:
        _each_has_a_column(table, columns, questions)


def _each_has_a_column(table: Table, columns: Columns, questions: tuple[Question, ...]) -> None:
    bare = [question.question_id for question in questions if not question.column]
    if bare and (not columns.label or len(questions) > 1):
        raise table.error(
            f"question {bare[0]!r} has no column",
            f"set column under [questions.{bare[0]}], or label under [columns] for one question",
        )
