"""What a row of canonical annotations must fulfil, as plain data.

The pandera schema is built from these rules (`schema`), and so are the predicates that run
inside the engine (`rules`), where importing pandera would cost more than the check.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from labelaudit.engine.reading_labels import LIST_SCALES, lowest_of
from labelaudit.model import NUMERIC_SCALES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.model import Question

MAX_LABEL_CHARACTERS = 100_000
KINDS = ("human", "model", "reviewer", "adjudicator", "gold", "consensus", "unknown")
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_LARGEST = 1.7976931348623157e308

RuleName = Literal[
    "str_length",
    "isin",
    "greater_than_or_equal_to",
    "less_than_or_equal_to",
    "in_range",
    "label_in_domain",
    "members_in_domain",
    "label_is_number",
    "label_is_list",
]
"""The name of a pandera check, which takes `Rule.given`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check, what it is given, and the reason code of a cell that breaks it."""

    name: RuleName
    reason: str
    given: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ColumnRules:
    """The type of a column (None: not held to one), its rules, and whether it may be empty."""

    kind: type | str | None
    rules: tuple[Rule, ...]
    nullable: bool = False
    required: bool = True


def column_rules(questions: Sequence[str]) -> dict[str, ColumnRules]:
    """Return the rules of each column, for questions with these ids."""
    too_long = Rule("str_length", "label-too-long", {"max_value": MAX_LABEL_CHARACTERS})
    durations = (
        Rule("greater_than_or_equal_to", "negative-duration", {"min_value": 0.0}),
        Rule("less_than_or_equal_to", "duration-not-finite", {"max_value": _LARGEST}),
    )
    range_of_times = {"min_value": EARLIEST, "max_value": LATEST}
    in_range = Rule("in_range", "time-out-of-range", range_of_times)
    time = ColumnRules(None, (in_range,), nullable=True, required=False)
    asked = Rule("isin", "unknown-question", {"allowed_values": list(questions)})
    kinds = Rule("isin", "unknown-annotator-kind", {"allowed_values": list(KINDS)})
    return {
        "item_id": _identifier("missing-item"),
        "question_id": ColumnRules(str, (asked,)),
        "annotator_id": _identifier("missing-annotator"),
        "batch_id": _identifier("missing-batch"),
        "label": ColumnRules(str, (too_long,), nullable=True),
        "annotator_kind": ColumnRules(str, (kinds,), required=False),
        "attempt": ColumnRules(
            "int64",
            (Rule("greater_than_or_equal_to", "negative-attempt", {"min_value": 0}),),
            required=False,
        ),
        "duration_s": ColumnRules(float, durations, nullable=True, required=False),
        "started_at": time,
        "submitted_at": time,
    }


def label_rules(questions: Sequence[Question]) -> Iterator[Rule]:
    """Yield the rules of labels that depend on their question."""
    domains = {
        question.question_id: question.labels
        for question in questions
        if question.labels and question.scale not in {*NUMERIC_SCALES, *LIST_SCALES}
    }
    if domains:
        yield Rule("label_in_domain", "label-not-in-domain", {"domains": domains})
    sets = {
        question.question_id: json.dumps(question.labels)
        for question in questions
        if question.labels and question.scale == "set"
    }
    if sets:
        yield Rule("members_in_domain", "label-not-in-domain", {"domains": sets})
    for scale in NUMERIC_SCALES:
        if names := _asked(questions, (scale,)):
            given = {"questions": names, "lowest": lowest_of(scale)}
            yield Rule("label_is_number", "label-not-on-scale", given)
    if names := _asked(questions, LIST_SCALES):
        yield Rule("label_is_list", "label-not-on-scale", {"questions": names})


def missing_reasons(columns: Mapping[str, ColumnRules]) -> dict[str, str]:
    """Return by column the reason of a cell that is empty and must not be."""
    return {
        name: column.rules[0].reason
        for name, column in columns.items()
        if column.required and not column.nullable
    }


def _identifier(reason: str) -> ColumnRules:
    return ColumnRules(str, (Rule("str_length", reason, {"min_value": 1}),))


def _asked(questions: Sequence[Question], scales: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(question.question_id for question in questions if question.scale in scales)
