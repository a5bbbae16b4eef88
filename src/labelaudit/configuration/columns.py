"""What a column holds, by its values and name: ids, texts, structures, times, or answers."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from labelaudit.configuration.scales import MAX_DOMAIN, RATED

if TYPE_CHECKING:
    from labelaudit.engine.profile import Profile

_CODE = re.compile(r"(?i)[0-9a-f]{8}-[0-9a-f-]{9,}|[0-9a-f]{16,}|[a-z]+[_-]?\d{4,}|\d{6,}")
_NO_ANSWER = re.compile(
    r"^_|^(input|hint|golden|assignment|requester)[.:]|(^|[^a-z])(id|ids|uuid|hash|index|idx|position|slide|page|time|timestamp|date|url|uri|link"
    r"|path|file|filename|ip|country|region|city|channel|session|language|locale|source|split"
    r"|version|status)([^a-z]|$)|id$|_at$",
    re.IGNORECASE,
)
MAX_QUESTIONS = 50
_FEW_QUESTIONS = 10
_LEAST_FILLED = 0.5
_LONG_WORDS = 6
_LONG_CHARACTERS = 60


def could_answer(profile: Profile, *, least: int = 2) -> bool:
    """Say whether a column could hold answers, by what it holds and how it is called."""
    rated = profile.numbers == profile.filled and bool(RATED.search(profile.name))
    return (
        least <= profile.distinct
        and (profile.distinct <= MAX_DOMAIN or rated)
        and profile.filled >= _LEAST_FILLED * profile.rows
        and not _NO_ANSWER.search(profile.name)
        and not are_codes(profile)
        and not are_texts(profile)
        and not are_objects(profile)
    )


def are_codes(profile: Profile) -> bool:
    """Say whether a column holds ids of something: hexadecimal, or long serial numbers."""
    codes = [value for value in profile.values if _CODE.fullmatch(value)]
    return len(codes) * 2 > len(profile.values)


def are_texts(profile: Profile) -> bool:
    """Say whether a column holds texts that people read, not labels that they choose."""
    long = [value for value in profile.values if len(value.split()) >= _LONG_WORDS]
    return profile.longest > _LONG_CHARACTERS or len(long) * 2 > len(profile.values)


def are_objects(profile: Profile) -> bool:
    """Say whether a column holds structures, which are neither ids nor single answers."""
    return any(value.startswith(("{", "[")) for value in profile.values)


def time_doubt(profile: Profile) -> str | None:
    """Say why a column of times cannot be read as it stands; None where it can."""
    for value in profile.values:
        try:
            zoned = datetime.fromisoformat(value.strip()).tzinfo is not None
        except ValueError:
            return f"{value!r} is not ISO 8601: set time_format and timezone under [delivery]"
        if not zoned:
            return f"{value!r} has no zone: set timezone under [delivery]"
    return None


def question_doubt(asked: Profile, items: int) -> str | None:
    """Say why a column cannot be the list of questions that rows answer; None where it can.

    Items may show a text that is called a question: nearly each of them has its own.
    """
    if asked.distinct > MAX_QUESTIONS or (
        asked.distinct > _FEW_QUESTIONS and asked.distinct * 2 > items
    ):
        many = f"{asked.distinct:,} different values for {items:,} items"
        return f"holds {many}: a text that items show?"
    return None


def number_doubt(profile: Profile) -> str | None:
    """Say why a column of durations cannot be read; None where it can."""
    return None if profile.numbers == profile.filled else "not every value is a number of seconds"
