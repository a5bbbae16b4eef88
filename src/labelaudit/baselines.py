"""A baseline from its path: the run folder of an earlier audit, or an earlier delivery."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.drifting import Baseline
from labelaudit.errors import InputError
from labelaudit.model import Columns, Intake
from labelaudit.reading import read
from labelaudit.runs import AUDIT, read_audit
from labelaudit.settings import Review

if TYPE_CHECKING:
    from labelaudit.model import Question
    from labelaudit.settings import Project

_TABLE = "annotations.parquet"
_CANONICAL = Columns(
    item="item_id",
    annotator="annotator_id",
    label="label",
    question="question_id",
    batch="batch_id",
    vendor="vendor",
    duration_s="duration_s",
    started_at="started_at",
    submitted_at="submitted_at",
    attempt="attempt",
    annotator_kind="annotator_kind",
)


def open_baseline(path: str | Path, project: Project) -> Baseline:
    """Read what batches are compared with.

    Parameters
    ----------
    path
        A run folder, whose people bear the names of its outputs; or a delivery, which is read
        as the project reads its own.
    project
        The project of the delivery that is audited, its columns and questions settled.

    Raises
    ------
    InputError
        If it cannot be read, is a run of another version, or none of its labels is of the
        project's questions.
    UsageError
        If the project does not fit the earlier delivery.

    """
    place = Path(path)
    if (place / AUDIT).is_file():
        return Baseline(read(_table(place), _of_run(project)), pseudonymous=True)
    intake = replace(project.intake, manifest=None)
    return Baseline(read(place, replace(project, intake=intake, review=Review())))


def _table(run: Path) -> Path:
    read_audit(run)
    table = run / _TABLE
    if not table.is_file():
        raise InputError(
            str(run),
            f"expected {_TABLE} in a run folder that is a baseline",
            next_step="audit the earlier delivery again, or name it instead of its run",
        )
    return table


def _of_run(project: Project) -> Project:
    """Return how a run's own table is read, for the questions of a project."""
    return replace(
        project,
        columns=_CANONICAL,
        questions=tuple(map(_question, project.questions)),
        intake=Intake(duplicates="first"),
        key_env=None,
        review=Review(),
    )


def _question(question: Question) -> Question:
    return replace(question, column=None, gold=None)
