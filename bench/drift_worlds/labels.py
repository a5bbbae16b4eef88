"""World W1: does the mix of labels drift? Items, documents and annotators that vary.

Four labels, three annotators an item, a baseline of 1000 items and a batch of n. An item
draws its own label probabilities around the prior, or around those of its document; an
annotator shifts them by an offset per label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit.drift.arms import Arms

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray

Staff = Literal["none", "same", "new", "wander"]
PRIOR = np.array([0.4, 0.3, 0.2, 0.1])
DRIFTED = np.array([0.3, 0.3, 0.2, 0.2])
BASELINE_ITEMS = 1_000
PER_ITEM = 3
PER_DOCUMENT = 10
ITEM_ICC, DOCUMENT_ICC = 0.70, 0.10
OFFSET_SD, WANDER_SD = 0.6, 0.4


@dataclass(frozen=True, slots=True)
class World:
    """A scenario: who labels, in what content, with how many people.

    `staff` is "none" (nobody has habits), "same" (the same people in both arms), "new" (the
    batch is labelled by others) or "wander" (the same people, whose habits shift between
    the arms). `uneven` makes some people work far more than others.
    """

    name: str
    staff: Staff = "none"
    documents: bool = False
    people: int = 12
    newcomers: int = 6
    uneven: bool = False


WORLDS = (
    World("items only"),
    World("same 12 annotators", staff="same"),
    World("6 NEW annotators", staff="new"),
    World("same, day-to-day wander", staff="wander"),
    World("documents of 10 items", documents=True),
)
FEW = (
    World("same 3 annotators", staff="same", people=3),
    World("same 5 annotators", staff="same", people=5),
    World("same 5, day-to-day wander", staff="wander", people=5),
    World("3 NEW annotators", staff="new", newcomers=3),
    World("4 NEW annotators", staff="new", newcomers=4),
    World("5 NEW annotators", staff="new", newcomers=5),
    World("same 12, uneven work", staff="same", uneven=True),
    World("6 NEW, uneven work", staff="new", uneven=True),
    World("same 12, uneven, wander", staff="wander", uneven=True),
)


def deliver(world: World, items: int, batch_prior: FloatArray, rng: np.random.Generator) -> Arms:
    """Return a baseline of 1000 items and a batch of `items` items drawn from a prior."""
    offsets = {arm: _offsets(world, rng) for arm in ("habits", "newcomers")}
    parts = []
    for in_batch, count, prior in ((False, BASELINE_ITEMS, PRIOR), (True, items, batch_prior)):
        new = in_batch and world.staff == "new"
        people = world.newcomers if new else world.people
        habits = offsets["newcomers" if new else "habits"][:people]
        if world.staff == "wander":
            habits = habits + rng.normal(0, WANDER_SD, habits.shape)
        person = _crews(people, count, uneven=world.uneven, rng=rng)
        label = _answers(_items(world, count, prior, rng), habits[person], rng)
        content = np.arange(count) // (PER_DOCUMENT if world.documents else 1)
        parts.append((in_batch, label, content, person + (world.people if new else 0)))
    return _joined(parts)


def _offsets(world: World, rng: np.random.Generator) -> FloatArray:
    sd = 0.0 if world.staff == "none" else OFFSET_SD
    return rng.normal(0, sd, (max(world.people, world.newcomers), len(PRIOR)))


def _items(world: World, count: int, prior: FloatArray, rng: np.random.Generator) -> FloatArray:
    """(count, V) the label probabilities of each item."""
    base = np.tile(prior, (count, 1))
    if world.documents:
        documents = -(-count // PER_DOCUMENT)
        base = np.repeat(
            _dirichlet(np.tile(prior, (documents, 1)), DOCUMENT_ICC, rng), PER_DOCUMENT, 0
        )
        base = base[:count]
    return _dirichlet(base, ITEM_ICC, rng)


def _dirichlet(base: FloatArray, icc: float, rng: np.random.Generator) -> FloatArray:
    draws = rng.standard_gamma((1 / icc - 1) * base) + 1e-300
    return draws / draws.sum(axis=1, keepdims=True)


def _crews(people: int, items: int, *, uneven: bool, rng: np.random.Generator) -> IntArray:
    """(items, 3) distinct annotators; uneven work weighs person k by 1 / k."""
    weight = 1 / np.arange(1, people + 1) if uneven else np.ones(people)
    keys = rng.exponential(size=(items, people)) / weight
    return np.argsort(keys, axis=1)[:, :PER_ITEM]


def _answers(items: FloatArray, habits: FloatArray, rng: np.random.Generator) -> IntArray:
    """(items, 3) the label each annotator gives: item probabilities bent by their habits."""
    bent = items[:, None, :] * np.exp(habits)
    reach = np.cumsum(bent, axis=2)
    drawn = rng.random(reach.shape[:2]) * reach[:, :, -1]
    return (drawn[:, :, None] > reach).sum(axis=2)


def _joined(parts: list[tuple[bool, IntArray, IntArray, IntArray]]) -> Arms:
    in_batch = np.concatenate([np.full(label.size, arm) for arm, label, _, _ in parts])
    label = np.concatenate([label.ravel() for _, label, _, _ in parts])
    person = np.concatenate([person.ravel() for *_, person in parts])
    content = np.concatenate(
        [np.repeat(content + BASELINE_ITEMS * arm, PER_ITEM) for arm, _, content, _ in parts]
    )
    return Arms(in_batch, label, content, person, len(PRIOR))
