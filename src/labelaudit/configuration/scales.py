"""Which scale a column of answers seems to have, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labelaudit.engine.profile import Profile
    from labelaudit.model import Scale

MAX_DOMAIN = 50
_MANY_NUMBERS = 20

_ORDERS: tuple[tuple[str, ...], ...] = (
    ("very low", "low", "medium", "high", "very high"),
    ("very bad", "bad", "ok", "good", "very good"),
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


def propose_scale(name: str, profile: Profile, column: str | None) -> Proposal:
    """Propose a scale and domain for the answers in a column.

    Examples
    --------
    >>> from labelaudit.engine.profile import Profile
    >>> words = Profile("q", 9, 9, 3, 0, 0, 4, ("good", "fair", "poor"))
    >>> propose_scale("q", words, None).labels
    ('poor', 'fair', 'good')

    """
    if profile.filled and profile.lists == profile.filled:
        return Proposal(name, "set", (), column, "lists: taken as sets of labels")
    if profile.filled and profile.numbers == profile.filled:
        return _of_numbers(name, profile, column)
    if profile.distinct > MAX_DOMAIN:
        return Proposal(
            name, "text", (), column, f"{profile.distinct:,} different answers: free text?"
        )
    if order := _known_order(profile.values):
        return Proposal(
            name, "ordinal", order, column, "words of an ordered scale: check the order"
        )
    return Proposal(name, "nominal", profile.values, column)


def _of_numbers(name: str, profile: Profile, column: str | None) -> Proposal:
    ordered = tuple(sorted(profile.values, key=float))
    whole = all(float(value).is_integer() for value in ordered)
    if profile.distinct > _MANY_NUMBERS or not whole:
        return Proposal(name, "interval", (), column, "numbers: interval, or ratio with a true 0?")
    return Proposal(
        name,
        "nominal",
        ordered,
        column,
        f"{profile.distinct} whole numbers: codes of classes, or an ordered rating"
        ' (scale = "ordinal")?',
    )


def _known_order(values: tuple[str, ...]) -> tuple[str, ...] | None:
    by_word = {value.strip().casefold().replace("_", " "): value for value in values}
    for order in _ORDERS:
        if len(by_word) >= 2 and set(by_word) <= set(order):
            return tuple(by_word[word] for word in order if word in by_word)
    return None
