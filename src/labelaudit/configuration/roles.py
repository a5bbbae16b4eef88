"""Which column plays which part: by its name where that leaves no doubt, else left open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from labelaudit.configuration.columns import (
    are_objects,
    could_answer,
    number_doubt,
    question_doubt,
    time_doubt,
)
from labelaudit.naming import REQUIRED, WHOLES, guess, plain, starts_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.configuration.facts import Facts
    from labelaudit.engine.profile import Profile

_SERIAL = re.compile(r"^(.*?)[ _-]?(\d+|[a-z])$", re.IGNORECASE)
_PERSON = re.compile(r"annotator|worker|rater|coder|labell?er|judge|^ann", re.IGNORECASE)
_PLACE = re.compile(r"index|idx|position|slide|page|order|number|time|date", re.IGNORECASE)
_CANDIDATES = 5
_SHARED = 1.5
_MOST_LABELS = 50
_ONCE = 0.9
_DOUBTS = {"duration_s": number_doubt, "started_at": time_doubt, "submitted_at": time_doubt}


@dataclass(frozen=True, slots=True)
class Roles:
    """Columns by role, what is open and why, and the columns of people in a wide file.

    `doubtful` are the open roles for which several columns have the right name, `unread`
    those whose column has the right name and values that cannot be read yet.
    """

    found: dict[str, str]
    open: dict[str, str]
    unread: dict[str, str]
    doubtful: tuple[str, ...]
    annotators: tuple[str, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """The open roles without which nothing can be audited."""
        return tuple(role for role in REQUIRED if role in self.open)


def roles_of(facts: Facts) -> Roles:
    """Give the columns their parts."""
    guessed = guess([profile.name for profile in facts.profiles])
    found = dict(guessed.found)
    doubtful = {
        role: names
        for role, names in guessed.doubtful.items()
        if role != "label" or not all(starts_as(role, name) for name in names)
    }  # several columns of answers are several questions
    open_ = {role: f"could be {_either(names)}" for role, names in doubtful.items()}
    if "item" in doubtful:
        open_["item"] += _parts(doubtful["item"], facts)
    unread: dict[str, str] = {}
    for role, doubt in _DOUBTS.items():
        if role in found and (why := doubt(facts.of(found[role]))):
            open_[role] = why
            unread[role] = found.pop(role)
    if asked := found.get("question"):
        items = facts.of(found["item"]).distinct if "item" in found else facts.rows
        if why := question_doubt(facts.of(asked), items):
            open_["question"] = f"{found.pop('question')} {why}"
    people: tuple[str, ...] = ()
    missing = list(guessed.missing)
    if "annotator" in missing and (people := _people(facts.profiles, set(found.values()))):
        missing = [role for role in missing if role == "item"]
    for role in missing:
        open_[role] = _candidates(role, facts, found)
    return Roles(found, open_, unread, tuple(doubtful), people)


def _parts(names: Sequence[str], facts: Facts) -> str:
    """Say how the columns go together of which one names the parts of another."""
    wholes = [name for name in names if plain(name) in WHOLES]
    parts = [name for name in names if name not in wholes]
    said = ""
    for whole, part in product(wholes, parts):
        _, together = facts.combined([whole, part])
        _, alone = facts.combined([part])
        if together == alone:
            said += f"; {part} is what was labeled, and no {part} stands in two {whole}"
        else:
            said += f"; {part} starts again in each {whole}: join the two into one column"
    return said


def _people(profiles: Sequence[Profile], taken: set[str]) -> tuple[str, ...]:
    """Return the columns that look like one per annotator: a word for people, and a number."""
    groups: dict[str, list[str]] = {}
    for profile in profiles:
        match = _SERIAL.match(profile.name)
        if match and profile.name not in taken and _PERSON.search(profile.name):
            groups.setdefault(match.group(1).casefold(), []).append(profile.name)
    largest = max(groups.values(), key=len, default=[])
    return tuple(largest) if len(largest) >= 2 else ()


def _candidates(role: str, facts: Facts, found: dict[str, str]) -> str:
    """Say which columns could play a part that no name speaks for."""
    if role == "label":
        free = (profile for profile in facts.profiles if profile.name not in found.values())
        named = [profile.name for profile in free if could_answer(profile, least=1)]
    else:
        named = [profile.name for profile in _shared(role, facts, found)]
    listed = f"; could be {_either(named[:_CANDIDATES])}" if named else ""
    return f"no column is named like one{listed}"


def _shared(role: str, facts: Facts, found: dict[str, str]) -> list[Profile]:
    """Return columns whose values come several times: items and people do.

    Where the annotators are known, an item is met by each of them once at most.
    """
    least = facts.rows / _MOST_LABELS if role == "item" else 2
    likely = [
        profile
        for profile in facts.profiles
        if profile.name not in found.values()
        and not _PLACE.search(profile.name)
        and not are_objects(profile)
        and max(least, 2) <= profile.distinct <= facts.rows / _SHARED
        and profile.filled == facts.rows
    ]
    if who := found.get("annotator"):
        few = (1 - _ONCE) * facts.rows
        likely = [profile for profile in likely if facts.repeats([who, profile.name]) <= few]
    return sorted(likely, key=lambda profile: -profile.distinct)


def _either(names: Sequence[str]) -> str:
    return " or ".join(names)
