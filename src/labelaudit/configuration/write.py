"""The text of a proposed `labelaudit.toml`: every line that was guessed says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.configuration.propose import Draft
    from labelaudit.configuration.scales import Proposal

_ROLES = (
    "item", "annotator", "label", "question", "batch", "vendor", "gold",
    "duration_s", "started_at", "submitted_at", "attempt", "annotator_kind",
)  # fmt: skip
_WHAT = {
    "item": "the thing shown to people",
    "annotator": "who answered",
    "label": "the answer",
    "batch": "what is judged as a whole",
    "gold": "the trusted label, where there is one",
}


def toml_for(draft: Draft, reader: str) -> str:
    """Return the configuration file that a draft stands for, with comments."""
    parts = [_delivery(reader, draft), _columns(draft), *_questions(draft), _POLICY]
    return "\n".join(parts)


def _delivery(reader: str, draft: Draft) -> str:
    vendor = "" if "vendor" in draft.roles else '# vendor = "..."      # who delivered this\n'
    shape = "csv-wide" if draft.annotators and reader == "csv-long" else reader
    named = f"reader = {_quoted(shape)}\n" if "," not in shape else ""
    return (
        "# What labelaudit understood of this delivery. Lines marked GUESSED and OPEN are for\n"
        "# a person to settle; unknown keys are errors, so nothing here is ignored in silence.\n\n"
        f"[delivery]\n{named}{vendor}"
        'duplicates = "error"   # the same annotator twice on an item: error | first | last\n'
    )


def _columns(draft: Draft) -> str:
    return "[columns]               # ours = theirs\n" + "".join(
        f"{line}\n" for line in _column_lines(draft)
    )


def _column_lines(draft: Draft) -> Iterator[str]:
    for role in _ROLES:
        if role in draft.roles:
            what = f"   # {_WHAT[role]}" if role in _WHAT else ""
            yield f"{role} = {_quoted(draft.roles[role])}{what}"
        elif role in draft.doubtful:
            listed = ", ".join(draft.doubtful[role])
            yield f'# {role} = ""   # OPEN: could be any of {listed}'
        elif role in draft.missing:
            yield f'# {role} = ""   # OPEN: no column is named like one'
    if draft.annotators:
        people = ", ".join(_quoted(name) for name in draft.annotators)
        yield f"annotators = [{people}]   # GUESSED: one column per person"
    if "batch" not in draft.roles and "batch" not in draft.doubtful:
        yield "# batch: no such column, so each file is a batch under its own name"
    if draft.unused:
        yield f"# not used: {', '.join(draft.unused)}"


def _questions(draft: Draft) -> Iterator[str]:
    for question in draft.questions:
        yield _question(question)
    if not draft.questions:
        yield '# OPEN: what was asked?\n# [questions.label]\n# scale = "nominal"\n# labels = []\n'


def _question(question: Proposal) -> str:
    doubt = f"   # GUESSED: {question.doubt}" if question.doubt else ""
    lines = [f"[questions.{question.name}]", f"scale = {_quoted(question.scale)}{doubt}"]
    if question.labels:
        lines.append(f"labels = {json.dumps(list(question.labels), ensure_ascii=False)}")
    if question.column:
        lines.append(f"column = {_quoted(question.column)}")
    lines.append('nature = "objective"   # objective | mixed | subjective')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # a TOML basic string and a JSON string escape the same characters in the same way
    return json.dumps(text, ensure_ascii=False)


_POLICY = """\
[policy]
coefficient = "krippendorff-alpha"
min_agreement = 0.667        # floor: what must not be accepted
target_agreement = 0.80      # what a good vendor delivers
on_inconclusive = "review"   # review | reject | accept
max_rejected_fraction = 0.01

# [policy.gold]              # where items have a trusted label
# min_accuracy = 0.90
# target_accuracy = 0.95
"""
