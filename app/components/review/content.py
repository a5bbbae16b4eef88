"""What a card shows of an item; until the store tells more, what its flag says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.components.review.votes import counted

if TYPE_CHECKING:
    from app.components.review.desk import Desk
    from labelaudit.review import Flag


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of an item, as text; `left_out` characters are not shown."""

    name: str
    text: str
    left_out: int
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one annotator said."""

    annotator_id: str
    kind: str
    label: str | None
    duration_s: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """An item with the labels it was given."""

    question_id: str
    scale: str
    labels: tuple[str, ...]
    shown: tuple[Shown, ...]
    pair: tuple[Shown, ...]
    image: str | None
    answers: tuple[Answer, ...]
    answers_left_out: int = 0


def card_of(flag: Flag) -> Card:
    """Return what a card shows."""
    labels = tuple(label for _, label in counted(flag.votes))
    return Card(flag.question_id, "nominal", labels, (), (), None, ())


def following(desk: Desk) -> list[str]:
    """Return the pictures of the cards that come next."""
    return []
