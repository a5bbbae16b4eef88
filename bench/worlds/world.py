"""The worlds: deliveries of known people."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bench.worlds.answering import answers, seconds, turns, units
from bench.worlds.assigning import BATCH, assigned
from bench.worlds.people import IntArray, People, people
from labelaudit.behaviour import NO_GOLD, Work, work

_FOUR = (0.50, 0.25, 0.15, 0.10)


@dataclass(frozen=True, slots=True)
class World:
    """What a delivery is like.

    `each` is how many there are of every other kind (two of nine kinds make 18 of 60).
    """

    prior: tuple[float, ...] = _FOUR
    units: int = 1500
    labels_each: int = 5
    crew: int = 12
    gold: float = 0.08
    each: int = 2
    leader_ability: float = 1.6
    annotators: int = 60


@dataclass(frozen=True, slots=True, eq=False)
class Delivery:
    """A simulated delivery: the work, the people behind it, and the gold label by unit."""

    work: Work
    people: People
    gold: IntArray


BASE = World()
WORLDS: dict[str, World] = {
    "base": BASE,
    "skewed": replace(BASE, prior=(0.85, 0.05, 0.05, 0.05)),
    "binary": replace(BASE, prior=(0.7, 0.3)),
    "three labels": replace(BASE, labels_each=3, crew=8),
    "thin": replace(BASE, units=600),
    "crowded": replace(BASE, each=4),
    "skilled leader": replace(BASE, leader_ability=2.8),
    "weak gold": replace(BASE, gold=0.03),
    "clean": replace(BASE, each=0),
    "clean thin": replace(BASE, each=0, units=600),
    "clean small": replace(BASE, each=0, annotators=14, units=350),
}


def delivered(world: World, seed: int) -> Delivery:
    """Draw one delivery of a world; the same seed gives the same delivery."""
    rng = np.random.default_rng(seed)
    prior = np.array(world.prior)
    crowd = people(rng, world.annotators, world.each, prior, world.leader_ability)
    things = units(rng, world.units, prior, world.gold)
    unit, annotator = assigned(rng, crowd, world.units, world.labels_each, world.crew)
    at = turns(rng, unit, annotator, BATCH)
    label = answers(rng, crowd, things, at, prior)
    spent = seconds(rng, crowd, things, at)
    table = work(
        at.unit,
        at.annotator,
        label,
        len(prior),
        n_annotators=world.annotators,
        duration=spent,
        end=np.cumsum(spent),
    )
    return Delivery(table, crowd, np.where(things.gold, things.truth, NO_GOLD))
