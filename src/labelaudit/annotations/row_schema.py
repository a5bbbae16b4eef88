"""The schema of canonical annotations: one pandera object, the source of every row rule.

Each check carries its reason code as its error text and its parameters as statistics, so
that the same rules can be read back and run inside the engine (see `rules`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

import labelaudit.annotations.label_rules  # noqa: F401  registers the checks
from labelaudit.engine.reading_labels import LIST_SCALES, lowest_of
from labelaudit.model import NUMERIC_SCALES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.model import Question

MAX_LABEL_CHARACTERS = 100_000
KINDS = ("human", "model", "reviewer", "adjudicator", "gold", "consensus", "unknown")
EARLIEST = pd.Timestamp("2000-01-01T00:00:00Z")
LATEST = pd.Timestamp("2100-01-01T00:00:00Z")
_LARGEST = 1.7976931348623157e308


def schema(questions: Sequence[Question]) -> pa.DataFrameSchema:
    """Return the pandera schema that canonical annotations of these questions fulfil.

    Frames must be cast already (text ids and labels, float seconds, UTC times): coercion is
    off, because a failed cast would hide which cell was at fault.

    Examples
    --------
    >>> from labelaudit.model import Question
    >>> sorted(schema([Question("q", "nominal", ("a", "b"))]).columns)[:3]
    ['annotator_id', 'annotator_kind', 'attempt']

    """
    asked = [question.question_id for question in questions]
    return pa.DataFrameSchema(
        {
            "item_id": _identifier("missing-item"),
            "question_id": pa.Column(str, pa.Check.isin(asked, error="unknown-question")),
            "annotator_id": _identifier("missing-annotator"),
            "batch_id": _identifier("missing-batch"),
            "label": pa.Column(str, _label_length(), nullable=True),
            "annotator_kind": pa.Column(
                str, pa.Check.isin(KINDS, error="unknown-annotator-kind"), required=False
            ),
            "attempt": pa.Column("int64", pa.Check.ge(0, error="negative-attempt"), required=False),
            "duration_s": pa.Column(float, _duration(), nullable=True, required=False),
            "started_at": _time(),
            "submitted_at": _time(),
        },
        checks=[*_label_checks(questions)],
        name="annotations",
        coerce=False,
    )


def _identifier(reason: str) -> pa.Column:
    return pa.Column(str, pa.Check.str_length(min_value=1, error=reason), nullable=False)


def _label_length() -> pa.Check:
    return pa.Check.str_length(max_value=MAX_LABEL_CHARACTERS, error="label-too-long")


def _duration() -> list[pa.Check]:
    return [
        pa.Check.ge(0.0, error="negative-duration"),
        pa.Check.le(_LARGEST, error="duration-not-finite"),
    ]


def _time() -> pa.Column:
    check = pa.Check.in_range(EARLIEST, LATEST, error="time-out-of-range")
    return pa.Column(None, check, nullable=True, required=False)


def _label_checks(questions: Sequence[Question]) -> Iterator[pa.Check]:
    domains = {
        question.question_id: question.labels
        for question in questions
        if question.labels and question.scale not in {*NUMERIC_SCALES, *LIST_SCALES}
    }
    if domains:
        yield pa.Check.label_in_domain(domains=domains, error="label-not-in-domain")
    sets = {
        question.question_id: json.dumps(question.labels)
        for question in questions
        if question.labels and question.scale == "set"
    }
    if sets:
        yield pa.Check.members_in_domain(domains=sets, error="label-not-in-domain")
    for scale in NUMERIC_SCALES:
        if names := _asked(questions, (scale,)):
            yield pa.Check.label_is_number(
                questions=names, lowest=lowest_of(scale), error="label-not-on-scale"
            )
    if names := _asked(questions, LIST_SCALES):
        yield pa.Check.label_is_list(questions=names, error="label-not-on-scale")


def _asked(questions: Sequence[Question], scales: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(question.question_id for question in questions if question.scale in scales)
