"""How people answer: the careful ones, and one behaviour per fault of a person.

A behaviour is a function of the dice and the turn. All faults of attention are one idea:
with some probability the person looks at the picture, else answers blindly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from labelaudit.samples.dice import Dice
from labelaudit.samples.items import MIX, QUALITIES, TWIN, Item

LABELS = tuple(MIX)
_EASY, _HARD = 0.988, 0.93
_TWIN_FRACTION = 0.5  # of the honest mistakes
_NUDGE_FRACTION = 0.14  # of the honest quality answers, one step off
_RELEVANCE_SD = 6.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person said about one picture."""

    label: str
    quality: str
    relevance: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One picture before one person.

    `done` is the share of the person's work in this batch that lies behind, and
    `overheard` the answer that another person has given to the same picture.
    """

    item: Item
    done: float
    overheard: Answer | None = None


Behaviour = Callable[[Dice, Turn], Answer]


@dataclass(frozen=True, slots=True)
class Person:
    """An annotator: how they answer, how fast, and beside whom they sit."""

    annotator_id: str
    behave: Behaviour
    seconds: float = 18.0
    quota: int = 0
    listens_to: str | None = None


def careful(dice: Dice, turn: Turn) -> Answer:
    """Look, and see what is there but for honest mistakes."""
    item = turn.item
    right = dice.chance(_HARD if item.hard else _EASY)
    step = dice.pick((-1, 1)) if dice.chance(_NUDGE_FRACTION) else 0
    quality = min(max(item.quality + step, 0), len(QUALITIES) - 1)
    relevance = min(max(item.relevance + round(dice.normal(_RELEVANCE_SD)), 0), 100)
    label = item.truth if right else mistaken(dice, item.truth)
    return Answer(label, QUALITIES[quality], relevance)


def mistaken(dice: Dice, truth: str) -> str:
    """Return a wrong label, most often the one that is easily mistaken for the truth."""
    if dice.chance(_TWIN_FRACTION):
        return TWIN[truth]
    return dice.pick([label for label in LABELS if label != truth])


def random_clicker(dice: Dice, turn: Turn) -> Answer:
    """Never look."""
    return Answer(dice.pick(LABELS), dice.pick(QUALITIES), int(dice.throw() * 101))


def constant_clicker(dice: Dice, turn: Turn) -> Answer:
    """Give the most frequent answer to everything."""
    return Answer("cat", "good", 50)


def speeder(dice: Dice, turn: Turn) -> Answer:
    """Look at every second picture."""
    return careful(dice, turn) if dice.chance(0.5) else random_clicker(dice, turn)


def degrader(dice: Dice, turn: Turn) -> Answer:
    """Look at everything at first, and at less and less after 40 % of the work."""
    attention = 1 - 0.85 * max(0.0, (turn.done - 0.4) / 0.6)
    return careful(dice, turn) if dice.chance(attention) else random_clicker(dice, turn)


def middling(dice: Dice, turn: Turn) -> Answer:
    """Be a little less sure than the others."""
    answer = careful(dice, turn)
    if dice.chance(0.05):
        return replace(answer, label=mistaken(dice, turn.item.truth))
    return answer


def copycat(dice: Dice, turn: Turn) -> Answer:
    """Repeat what was overheard, nearly always."""
    own = middling(dice, turn)
    return turn.overheard if turn.overheard is not None and dice.chance(0.9) else own


def cats_are_dogs(dice: Dice, turn: Turn) -> Answer:
    """Follow a guideline that no longer says how cats and dogs differ."""
    answer = careful(dice, turn)
    if answer.label in {"cat", "dog"} and dice.chance(0.45):
        return replace(answer, label=TWIN[answer.label])
    return answer


def names_exchanged(dice: Dice, turn: Turn) -> Answer:
    """Follow a sheet on which the names `bird` and `other` stand in each other's place."""
    answer = careful(dice, turn)
    if answer.label in {"bird", "other"}:
        return replace(answer, label=TWIN[answer.label])
    return answer
