"""Verdicts, findings and settings of two runs beside each other, from their documents alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from labelaudit.comparing.record import BatchChange, FindingChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.comparing.opening import Opened
    from labelaudit.model import Question


def batch_changes(first: Opened, second: Opened) -> Iterator[BatchChange]:
    """Yield every batch's verdicts, with the reasons against it."""
    sides = [
        {str(one["batch_id"]): one for one in run.records("batches")} for run in (first, second)
    ]
    for name in sorted({*sides[0], *sides[1]}):
        before, after = (side.get(name, {}) for side in sides)
        yield BatchChange(
            name,
            cast("str | None", before.get("verdict")),
            cast("str | None", after.get("verdict")),
            tuple(cast("Sequence[str]", before.get("reasons", ()))),
            tuple(cast("Sequence[str]", after.get("reasons", ()))),
        )


def finding_changes(first: Opened, second: Opened) -> Iterator[FindingChange]:
    """Yield the findings by what became of them: new, still there, gone; breaches first."""
    before, after = (
        {str(one["id"]): one for one in run.records("findings")} for run in (first, second)
    )
    for name, one in after.items():
        yield _finding("still-there" if name in before else "new", one)
    for name, one in before.items():
        if name not in after:
            yield _finding("gone", one)


def _finding(state: str, one: Mapping[str, object]) -> FindingChange:
    names = (
        "id",
        "check",
        "outcome",
        "severity",
        "question_id",
        "batch_id",
        "annotator_id",
        "message",
    )
    return FindingChange(state, *(one.get(name) for name in names))  # type: ignore[arg-type]


def notes(first: Opened, second: Opened) -> Iterator[str]:
    """Yield what makes the two runs less than comparable."""
    one, other = first.side, second.side
    if one.config_sha256 != other.config_sha256:
        yield (
            f"the configuration differs ({one.config_sha256[:12]}, then"
            f" {other.config_sha256[:12]}): verdicts and findings may differ for that alone"
        )
    if one.labelaudit_version != other.labelaudit_version:
        yield f"labelaudit {one.labelaudit_version}, then {other.labelaudit_version}"
    if one.seed != other.seed:
        yield f"seed {one.seed}, then {other.seed}: what is drawn differs"
    yield from _of_questions(first.questions, second.questions)
    for run in (first, second):
        if left := run.document.get("findings_left_out"):
            yield f"{run.place}: {left:,} findings are not in audit.json and not compared"


def _of_questions(first: Sequence[Question], second: Sequence[Question]) -> Iterator[str]:
    before, after = ({one.question_id: one for one in side} for side in (first, second))
    for name in sorted({*before} ^ {*after}):
        yield f"question {name} is in the {'first' if name in before else 'second'} run only"
    for name in sorted({*before} & {*after}):
        one, other = before[name], after[name]
        if one.scale != other.scale:
            yield f"question {name}: scale {one.scale}, then {other.scale}"
        if one.labels != other.labels:
            yield (
                f"question {name}: another label set, {_listed(one)}, then {_listed(other)};"
                " agreement is compared on the second"
            )


def _listed(question: Question) -> str:
    return (
        "[" + ", ".join(question.labels[:10]) + (", ..." if len(question.labels) > 10 else "") + "]"
    )


def shared_questions(first: Opened, second: Opened) -> tuple[Question, ...]:
    """Return the questions of both runs on the same scale, as the second run has them."""
    scales = {one.question_id: one.scale for one in first.questions}
    return tuple(one for one in second.questions if scales.get(one.question_id) == one.scale)
