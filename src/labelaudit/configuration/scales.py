"""Which scale a column of answers seems to have, and how sure that is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labelaudit.engine.profile import Profile
    from labelaudit.model import Scale

MAX_DOMAIN = 50
MAX_CHARACTERS = 200
_MANY_NUMBERS = 20
RATED = re.compile(r"rating|score|stars|likert|quality|grade|severity|relevance", re.IGNORECASE)

_ORDERS: tuple[tuple[str, ...], ...] = (
    ("very low", "low", "medium", "high", "very high"),
    ("very bad", "bad", "ok", "good", "very good"),
    ("poor", "fair", "good", "great", "excellent"),
    ("poor", "fair", "good", "very good", "excellent"),
    ("terrible", "poor", "fair", "good", "excellent"),
    ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
    ("strongly disagree", "disagree", "neither", "agree", "strongly agree"),
    ("never", "rarely", "sometimes", "often", "always"),
    ("none", "mild", "moderate", "severe"),
    ("negative", "neutral", "positive"),
    ("very negative", "negative", "neutral", "positive", "very positive"),
    ("small", "medium", "large"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed question; `doubt` says what a person should look at, None when clear."""

    name: str
    scale: Scale
    labels: tuple[str, ...]
    column: str | None
    doubt: str | None = None
    gold: str | None = None


def propose_scale(name: str, profile: Profile, column: str | None) -> Proposal:
    """Propose a scale and domain for the answers in a column.

    Examples
    --------
    >>> from labelaudit.engine.profile import Profile
    >>> words = Profile("q", 9, 9, 3, 0, 0, 4, ("good", "fair", "poor"))
    >>> propose_scale("q", words, None).labels
    ('poor', 'fair', 'good')

    """
    if profile.filled and profile.lists == profile.filled and _are_lists(profile.values):
        return Proposal(name, "set", (), column, "lists: taken as sets of labels")
    if profile.filled and profile.numbers == profile.filled:
        return _of_numbers(name, profile, column)
    if profile.distinct > MAX_DOMAIN or profile.longest > MAX_CHARACTERS:
        doubt = (
            f"{profile.distinct:,} different answers, the longest of {profile.longest:,} letters:"
        )
        return Proposal(name, "text", (), column, f"{doubt} free text, which is not measured yet?")
    if order := _known_order(profile.values):
        return Proposal(name, "ordinal", order, column, "words of a scale: lowest first?")
    alone = "one answer only: what else could be chosen?" if profile.distinct == 1 else None
    return Proposal(name, "nominal", profile.values, column, alone)


def _are_lists(values: tuple[str, ...]) -> bool:
    try:
        return all(isinstance(json.loads(value), list) for value in values)
    except (ValueError, RecursionError):
        return False


def _of_numbers(name: str, profile: Profile, column: str | None) -> Proposal:
    ordered = tuple(sorted(profile.values, key=float))
    whole = all(re.fullmatch(r"-?\d{1,3}", value) for value in ordered)
    if profile.distinct > _MANY_NUMBERS or not whole:
        return Proposal(name, "interval", (), column, "numbers: interval, or ratio with a true 0?")
    if RATED.search(name):
        labels = _without_gaps(ordered)
        doubt = "a rating by its name: ordinal, lowest first? are these all the steps?"
        return Proposal(name, "ordinal", labels, column, doubt)
    doubt = (
        f"{profile.distinct} whole numbers: codes of classes, or an ordered rating"
        ' (scale = "ordinal")?'
    )
    return Proposal(name, "nominal", ordered, column, doubt)


def _without_gaps(ordered: tuple[str, ...]) -> tuple[str, ...]:
    """Return every step from the lowest to the highest, given by somebody or not."""
    steps = tuple(str(step) for step in range(int(ordered[0]), int(ordered[-1]) + 1))
    return steps if set(ordered) <= set(steps) and len(steps) <= _MANY_NUMBERS else ordered


def _known_order(values: tuple[str, ...]) -> tuple[str, ...] | None:
    by_word = {value.strip().casefold().replace("_", " "): value for value in values}
    for order in _ORDERS:
        if len(by_word) == len(values) >= 2 and set(by_word) <= set(order):
            return tuple(by_word[word] for word in order if word in by_word)
    return None
