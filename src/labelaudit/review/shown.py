"""A card, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of the delivery as a card shows it.

    Attributes
    ----------
    name
        The delivery's column.
    left_out
        How many characters were cut from its end.
    differs
        Whether other rows of the item hold another text: this is the first by file and line.

    """

    name: str
    text: str
    left_out: int
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a unit; `kind` says whose: human, gold, model ..."""

    annotator_id: str
    kind: str
    label: str | None
    duration_s: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """What a reviewer is shown of a unit.

    Attributes
    ----------
    labels
        What the question allows; empty where its answers are free.
    shown
        Texts in the order of `[review] show`.
    pair
        The two texts of `[review] pair`, or none.
    image
        A path under the media root, as it was delivered: nobody has looked whether it is there,
        or leads elsewhere.
    answers
        People's first, then gold and models; `answers_left_out` is how many more there are.

    """

    question_id: str
    scale: str
    labels: tuple[str, ...]
    shown: tuple[Shown, ...]
    pair: tuple[Shown, ...]
    image: str | None
    answers: tuple[Answer, ...]
    answers_left_out: int = 0
