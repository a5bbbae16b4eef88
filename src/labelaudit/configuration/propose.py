"""A configuration proposed from a delivery: what is known, what is guessed, what is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from labelaudit.configuration.scales import Proposal, propose_scale
from labelaudit.mapping import REQUIRED, guess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.engine.profile import Profile

_MAX_QUESTION_LABELS = 50
_SERIAL = re.compile(r"^(.*?)[ _-]?(\d+|[a-z])$", re.IGNORECASE)
_PERSON = re.compile(r"annotator|worker|rater|coder|labell?er|judge|ann", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """What `init` understood of a delivery.

    Attributes
    ----------
    roles
        Our role -> their column, where the name leaves no doubt.
    doubtful
        Role -> columns it could be.
    missing
        Required roles that no column seems to fill.
    annotators
        The columns of people, where the file has one each.
    questions
        The questions with their proposed scales.
    unused
        Columns that were given no part.

    """

    roles: dict[str, str]
    doubtful: dict[str, tuple[str, ...]]
    missing: tuple[str, ...]
    annotators: tuple[str, ...]
    questions: tuple[Proposal, ...]
    unused: tuple[str, ...]

    @property
    def unsure(self) -> tuple[str, ...]:
        """Return in words what a person must settle, most important first."""
        lines = [f"{role}: no column is named like one" for role in self.missing]
        lines += [
            f"{role}: could be any of {', '.join(columns)}"
            for role, columns in self.doubtful.items()
        ]
        lines += [
            f"question {question.name}: {question.doubt}"
            for question in self.questions
            if question.doubt
        ]
        return tuple(lines)


def propose(profiles: Sequence[Profile]) -> Draft:
    """Propose columns, questions, scales and domains from what the columns hold."""
    found = guess([profile.name for profile in profiles])
    roles, missing = dict(found.found), found.missing
    taken = {*roles.values(), *(name for names in found.doubtful.values() for name in names)}
    rest = [profile for profile in profiles if profile.name not in taken]
    annotators: tuple[str, ...] = ()
    questions: tuple[Proposal, ...] = ()
    if "annotator" in missing and (annotators := _people(rest)):
        missing = tuple(role for role in missing if role == "item")
        people = [profile for profile in rest if profile.name in annotators]
        questions = (propose_scale("label", _together(people), None),)
    elif "label" in roles:
        label = next(profile for profile in profiles if profile.name == roles["label"])
        questions = (propose_scale(_question_name(label.name), label, None),)
    if "label" in missing or (questions and not annotators and _other_questions(rest)):
        wide = _other_questions(rest)
        if wide and "label" in missing:
            missing = tuple(role for role in missing if role != "label")
        questions += tuple(
            propose_scale(_question_name(profile.name), profile, profile.name) for profile in wide
        )
    if len(questions) > 1 and "label" in roles:
        questions = (replace(questions[0], column=roles.pop("label")), *questions[1:])
    used = {*roles.values(), *annotators, *(question.column for question in questions)}
    unused = tuple(profile.name for profile in rest if profile.name not in used)
    doubtful = dict(found.doubtful)
    return Draft(roles, doubtful, missing, annotators, questions, unused)


def _people(rest: Sequence[Profile]) -> tuple[str, ...]:
    """Return the columns that look like one per annotator: same stem, shared labels."""
    groups: dict[str, list[Profile]] = {}
    for profile in rest:
        match = _SERIAL.match(profile.name)
        if match and _PERSON.search(profile.name):
            groups.setdefault(match.group(1).casefold(), []).append(profile)
    largest = max(groups.values(), key=len, default=[])
    return tuple(profile.name for profile in largest) if len(largest) >= 2 else ()


def _together(people: Sequence[Profile]) -> Profile:
    values = tuple(sorted({value for profile in people for value in profile.values}))
    return replace(
        people[0],
        name="label",
        rows=sum(profile.rows for profile in people),
        filled=sum(profile.filled for profile in people),
        distinct=max(len(values), *(profile.distinct for profile in people)),
        numbers=sum(profile.numbers for profile in people),
        lists=sum(profile.lists for profile in people),
        longest=max(profile.longest for profile in people),
        values=values,
    )


def _other_questions(rest: Sequence[Profile]) -> list[Profile]:
    """Return columns that look like answers: few distinct values, or numbers, well filled."""
    return [
        profile
        for profile in rest
        if 2 <= profile.distinct <= max(_MAX_QUESTION_LABELS, 0)
        and profile.filled >= 0.5 * profile.rows
        and not re.search(r"id$|_id|time|date|url|index|^slide$", profile.name, re.IGNORECASE)
    ] + [
        profile
        for profile in rest
        if profile.distinct > _MAX_QUESTION_LABELS
        and profile.numbers == profile.filled > 0
        and re.search(r"score|rating|relevance|quality|grade", profile.name, re.IGNORECASE)
    ]


def _question_name(column: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", column).strip("_") or "label"


__all__ = ["REQUIRED", "Draft", "propose"]
