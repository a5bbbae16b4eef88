"""`read`: files and a project in, canonical annotations out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.annotations import take_in
from labelaudit.configuration.columns import question_doubt
from labelaudit.engine.profile import profile_of, unreadable
from labelaudit.engine.session import Session
from labelaudit.engine.source import load
from labelaudit.errors import SHOWN, InputError, UsageError
from labelaudit.mapping import check, unmistakable
from labelaudit.model import InputFile, Question
from labelaudit.naming import guess
from labelaudit.project import load_project, pseudonym_key
from labelaudit.readers import DEFAULT_BUDGET, open_delivery, say_skipped
from labelaudit.readers.manifest import read_manifest
from labelaudit.safe import visible
from labelaudit.settings import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.annotations import Annotations
    from labelaudit.model import Intake, Manifest, Scale
    from labelaudit.readers import Delivery

_LABEL = Question("label", "nominal")


def read(
    paths: str | Path | Sequence[str | Path],
    project: str | Path | Project | None = None,
    *,
    scale: Scale | None = None,
) -> Annotations:
    """Read a delivery into canonical, validated annotations.

    Parameters
    ----------
    paths
        A file, a folder, a glob, or several of them.
    project
        `labelaudit.toml` (or its content). Without one, unmistakable column names are
        mapped, and `Annotations.said` tells how.
    scale
        Read every question on this scale instead of its own.

    Raises
    ------
    InputError
        If a file cannot be read, columns are missing or ambiguous, or an annotator
        answered a unit twice and the duplicate policy is "error".
    UsageError
        If the project is wrong.

    """
    chosen = load_project(Path(project)) if isinstance(project, str | Path) else project
    delivery = open_for(paths, chosen or Project())
    settled, said = settle(delivery, chosen or Project(), scale)
    key = pseudonym_key(settled)
    session = Session()
    try:
        files = load_files(session, delivery, settled.intake)
        if (chosen or Project()).columns is None:
            settled, said = _without_unreadable(session, settled, said)
        if not settled.questions:
            settled, said = _with_questions(session, settled, said, scale)
        taken = take_in(session, files, settled, key=key, said=said)
        return replace(taken, sent=_sent(settled))
    except BaseException:
        session.close()
        raise


def _sent(project: Project) -> Manifest | None:
    """Return the manifest that the project names."""
    columns, path = project.columns, project.intake.manifest
    if path is None or columns is None:
        return None
    return read_manifest(Path(path), columns.item, columns.batch)


def open_for(paths: str | Path | Sequence[str | Path], project: Project) -> Delivery:
    """Look at the files of a delivery in the way a project asks for."""
    intake = project.intake
    return open_delivery(
        [paths] if isinstance(paths, str | Path) else list(paths),
        reader=intake.reader,
        missing=intake.missing,
        max_bytes=intake.max_bytes or DEFAULT_BUDGET,
    )


def load_files(session: Session, delivery: Delivery, intake: Intake) -> tuple[InputFile, ...]:
    """Load a delivery's cells into the engine; return its files with their row counts."""
    rows = load(
        session,
        delivery.columns,
        intake.missing,
        parquet=delivery.parquet_paths,
        batches=delivery.chunks,
        files=len(delivery.files),
        max_bytes=intake.max_bytes or DEFAULT_BUDGET,
    )
    return tuple(
        InputFile(file.name, file.sha256, file.reader, count)
        for file, count in zip(delivery.files, rows, strict=True)
    )


def settle(
    delivery: Delivery, project: Project, scale: Scale | None = None
) -> tuple[Project, tuple[str, ...]]:
    """Return the project with all columns and questions named, and what was guessed, in words.

    Without questions where rows say which they answer: those are known when rows are loaded.
    """
    where = delivery.files[0].name if len(delivery.files) == 1 else "the delivery"
    said = [f"{file.name}: {file.reader}, {', '.join(file.said)}" for file in delivery.files]
    said += say_skipped(delivery)
    columns, questions, shown = project.columns, project.questions, project.review.columns
    if columns is None:
        columns = unmistakable(delivery.columns, where)
        named = ((role, getattr(columns, role)) for role in columns.__slots__)
        mapped = ", ".join(f"{role} = {name}" for role, name in named if name)
        said.append(f"columns by their names: {mapped}")
        said += (
            f"not read: {mark}; answers that it marks as void or rejected are counted"
            for mark in guess(delivery.columns).marks
        )
    if columns.question and not questions:
        check(columns, (_LABEL,), delivery.columns, delivery.float_columns, where, shown)
        return replace(project, columns=columns), tuple(said)
    if not questions:
        questions = (Question(columns.label or "label", "nominal"),)
        said.append(f"question {questions[0].question_id}: nominal, labels as observed")
    if scale is not None:
        questions = tuple(_on_scale(question, scale) for question in questions)
    check(columns, questions, delivery.columns, delivery.float_columns, where, shown)
    return replace(project, columns=columns, questions=questions), tuple(said)


def _with_questions(
    session: Session, project: Project, said: tuple[str, ...], scale: Scale | None
) -> tuple[Project, tuple[str, ...]]:
    """Name the questions that rows say they answer."""
    assert project.columns is not None, "columns are settled before rows are loaded"
    column = project.columns.question or ""
    asked = profile_of(session, column)
    doubt = question_doubt(asked, profile_of(session, project.columns.item).distinct)
    if doubt:
        raise InputError(
            f"column {column!r}",
            f"expected the few questions that rows answer; it {doubt}",
            examples=[visible(value) for value in asked.values[:SHOWN]],
            count=asked.distinct,
            next_step="labelaudit init DATA writes a labelaudit.toml that leaves it out",
        )
    questions = tuple(Question(name, "nominal") for name in asked.values) or (_LABEL,)
    if scale is not None:
        questions = tuple(_on_scale(question, scale) for question in questions)
    listed = ", ".join(question.question_id for question in questions)
    word = f"questions by column {column}: {listed}; nominal, labels as observed"
    return replace(project, questions=questions), (*said, word)


def _without_unreadable(
    session: Session, project: Project, said: tuple[str, ...]
) -> tuple[Project, tuple[str, ...]]:
    """Leave out columns that were taken by their name and hold nothing of that kind."""
    assert project.columns is not None, "columns are settled before rows are loaded"
    roles = unreadable(session, project.columns, project.intake)
    left_out = (
        f"left out: {role} = {getattr(project.columns, role)}, where no value can be read;"
        " labelaudit init DATA says what to set"
        for role in roles
    )
    columns = replace(project.columns, **dict.fromkeys(roles))  # type: ignore[arg-type]
    return replace(project, columns=columns), (*said, *left_out)


def _on_scale(question: Question, scale: Scale) -> Question:
    if scale == "ordinal" and not question.labels:
        raise UsageError(
            f"question {question.question_id!r}",
            "an ordinal scale needs the order of its labels",
            next_step="list them, lowest first, as labels in labelaudit.toml",
        )
    labels = question.labels if scale in {"nominal", "ordinal", "preference"} else ()
    return replace(question, scale=scale, labels=labels)
