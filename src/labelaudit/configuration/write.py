"""The text of a proposed `labelaudit.toml`: every line that was guessed or is open says so."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from labelaudit.configuration.keys import COLUMNS
from labelaudit.configuration.write_policy import policy_for
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.configuration.draft import Draft
    from labelaudit.configuration.scales import Proposal
    from labelaudit.model import Nature
    from labelaudit.starting.start import Starting

_HEAD = """\
# What labelaudit understood of this delivery. Lines marked GUESSED and OPEN are for a
# person to settle; unknown keys are errors, so nothing here is ignored in silence.

"""
_POLICY = """\
[policy]
coefficient = "krippendorff-alpha"
min_agreement = 0.667        # floor: what must not be accepted
target_agreement = 0.80      # what a good vendor delivers
on_inconclusive = "review"   # review | reject | accept
max_rejected_fraction = 0.01
"""
_GOLD = """\

[policy.gold]
min_accuracy = 0.90          # floor
target_accuracy = 0.95
"""


def toml_for(draft: Draft, reader: str, starting: Starting | None = None) -> str:
    """Return the configuration file that a draft stands for, with comments.

    `starting` is the policy to start from; without one its usual numbers are written alone.
    """
    nature = starting.START.nature if starting else "objective"
    asked = [_question(question, nature) for question in draft.questions] or [_NOTHING_ASKED]
    gold = "gold" in draft.roles or any(question.gold for question in draft.questions)
    tables = [_delivery(reader, draft), _columns(draft), *asked]
    usual = _POLICY + (_GOLD if gold else _as_comment(_GOLD))
    limits = policy_for(starting, has_gold=gold) if starting else usual
    return _HEAD + "\n".join(tables) + "\n" + limits


def _as_comment(text: str) -> str:
    return "".join(f"# {line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _delivery(reader: str, draft: Draft) -> str:
    lines = ["[delivery]"]
    if "," not in reader:  # several readers: each file is sniffed by itself
        wide = draft.annotators and reader == "csv-long"
        lines.append(f"reader = {_quoted('csv-wide' if wide else reader)}")
    if "vendor" not in draft.roles:
        lines.append('# vendor = "..."             # who delivered this')
    if draft.repeated:
        lines += [f"# OPEN: {draft.repeats}:", '# "first" or "last" keeps one of each']
    lines.append(
        'duplicates = "error"         # the same annotator twice on an item: error|first|last'
    )
    return "\n".join(lines) + "\n"


def _columns(draft: Draft) -> str:
    return "\n".join(["[columns]                    # ours = theirs", *_column_lines(draft)]) + "\n"


def _column_lines(draft: Draft) -> Iterator[str]:
    for role in COLUMNS:
        if role in draft.roles:
            yield _noted(f"{role} = {_quoted(draft.roles[role])}", COLUMNS[role].what)
        elif role in draft.open:
            column = visible(_quoted(draft.unread.get(role, "...")))
            yield f"# {role} = {column}   # OPEN: {visible(draft.open[role], 400)}"
    if draft.annotators:
        yield f"annotators = {_quoted(draft.annotators)}   # GUESSED: one column per person"
    if "batch" not in draft.roles and "batch" not in draft.open:
        yield "# no batch column: each file is a batch under its own name"
    if draft.unused:
        yield f"# not used: {visible(', '.join(draft.unused), 400)}"


_NOTHING_ASKED = """\
# OPEN: what was asked?
# [questions.label]
# scale = "nominal"
# labels = ["...", "..."]
"""


def _question(question: Proposal, nature: Nature) -> str:
    bare = re.fullmatch(r"[A-Za-z0-9_-]+", question.name)
    lines = [f"[questions.{question.name if bare else _quoted(question.name)}]"]
    if question.doubt:
        lines.append(f"# GUESSED: {visible(question.doubt, 400)}")
    lines.append(f"scale = {_quoted(question.scale)}")
    if question.labels:
        lines.append("# as observed: take away what was not offered, add what nobody chose")
        lines.append(f"labels = {_quoted(question.labels)}")
    if question.column:
        lines.append(f"column = {_quoted(question.column)}")
    if question.gold:
        lines.append(f"gold = {_quoted(question.gold)}")
    lines.append(_noted(f"nature = {_quoted(nature)}", "objective | mixed | subjective"))
    return "\n".join(lines) + "\n"


def _noted(line: str, note: str) -> str:
    return f"{line:28} # {note.rstrip('.')}"


def _quoted(value: str | Sequence[str]) -> str:
    # basic strings of TOML and JSON escape the same characters in the same way, but for DEL
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
