"""The things people are shown: pictures of animals, each with its truth and a caption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.samples.dice import Dice

if TYPE_CHECKING:
    from collections.abc import Mapping

MIX = {"cat": 0.35, "dog": 0.30, "bird": 0.18, "other": 0.17}
DRIFTED_MIX = {"cat": 0.18, "dog": 0.30, "bird": 0.18, "other": 0.34}
QUALITIES = ("poor", "fair", "good", "great", "excellent")
TWIN = {"cat": "dog", "dog": "cat", "bird": "other", "other": "bird"}
"""The label that each label is most easily mistaken for."""

GOLD_FRACTION = 0.30
HARD_FRACTION = 0.20

_CREATURES = {
    "cat": ("tabby", "kitten", "siamese cat", "black cat", "ginger cat"),
    "dog": ("terrier", "puppy", "sheepdog", "spaniel", "brown dog"),
    "bird": ("sparrow", "heron", "parrot", "young gull", "owl"),
    "other": ("rabbit", "tortoise", "pony", "goat", "hedgehog"),
}
_LOOKS = (
    "muddy sleepy wet tiny old shy hungry spotted curious plump thin noisy lame fluffy lost tired"
).split()
_DOINGS = (
    "asleep waiting hiding eating drinking climbing washing staring running sitting digging resting"
).split()
_WHERES = ("beside", "under", "behind", "near", "on top of", "in front of", "across from")
_SURFACES = (
    "wooden wet stone painted broken yellow empty rusty low wide mossy frozen sunny crooked"
).split()
_PLACES = (
    "fence bridge bench gate stairs barrow pond hedge roof cart well trough wall ladder boat"
).split()
_TIMES = ("at dawn", "at noon", "at dusk", "in rain", "in fog", "in snow", "by lamplight")


@dataclass(frozen=True, slots=True)
class Item:
    """One picture: what it truly shows, and how hard that is to see."""

    item_id: str
    caption: str
    truth: str
    quality: int
    relevance: int
    hard: bool
    gold: bool


def make_item(seed: int, number: int, mix: Mapping[str, float]) -> Item:
    """Return picture `number`: the same one in each batch that asks for it."""
    dice = Dice(seed, "item", number)
    truth = dice.weighted(mix)
    return Item(
        item_id=f"img-{number:05d}",
        caption=_caption(dice, truth),
        truth=truth,
        quality=int(dice.throw() * len(QUALITIES)),
        relevance=5 + int(dice.throw() * 91),
        hard=dice.chance(HARD_FRACTION),
        gold=dice.chance(GOLD_FRACTION),
    )


def _caption(dice: Dice, truth: str) -> str:
    animal = f"{dice.pick(_LOOKS)} {dice.pick(_CREATURES[truth])} {dice.pick(_DOINGS)}"
    place = f"{dice.pick(_WHERES)} {dice.pick(_SURFACES)} {dice.pick(_PLACES)}"
    return f"{animal} {place} {dice.pick(_TIMES)}"
