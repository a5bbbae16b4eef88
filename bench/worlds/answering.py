"""What people answer, and how long it takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bench.worlds.people import BoolArray, FloatArray, IntArray, People

_CARELESS = 0.95  # constant and pattern people do so this often, and answer as others else
_COPIES = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """(U,) truth, difficulty, the wrong label that tempts, and whether the unit is gold."""

    truth: IntArray
    difficulty: FloatArray
    distractor: IntArray
    gold: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """(N,) whose turn at which unit, the place in that person's work and the share done."""

    unit: IntArray
    annotator: IntArray
    place: IntArray
    done: FloatArray


def units(rng: np.random.Generator, size: int, prior: FloatArray, gold: float) -> Units:
    """Draw units."""
    labels = len(prior)
    truth = rng.choice(labels, size, p=prior)
    distractor = (truth + rng.integers(1, labels, size)) % labels
    return Units(truth, rng.normal(0, 1.2, size), distractor, rng.random(size) < gold)


def turns(rng: np.random.Generator, unit: IntArray, annotator: IntArray, batch: int) -> Turns:
    """Put everybody's units in order: batch by batch, shuffled within a batch."""
    order = np.lexsort((rng.random(len(unit)), unit // batch, annotator))
    unit, annotator = unit[order], annotator[order]
    count = np.bincount(annotator)
    place = np.arange(len(unit)) - (np.cumsum(count) - count)[annotator]
    return Turns(unit, annotator, place, place / np.maximum(count[annotator] - 1, 1))


def answers(
    rng: np.random.Generator, people: People, units: Units, at: Turns, prior: FloatArray
) -> IntArray:
    """(N,) the label each person gives at each turn."""
    size, labels, who = len(at.unit), len(prior), at.annotator
    truth = units.truth[at.unit]
    right = 1 / (1 + np.exp(units.difficulty[at.unit] - people.ability[who]))
    right = np.where(people.are("fast")[who], 0.62, right)
    tired = 1 - 0.65 * np.maximum(0, (at.done - 0.4) / 0.6)
    right = np.where(people.are("degrading")[who], right * tired, right)
    elsewhere = (truth + rng.integers(1, labels, size)) % labels
    wrong = np.where(rng.random(size) < 0.6, units.distractor[at.unit], elsewhere)
    label = np.where(rng.random(size) < right, truth, wrong)
    blind = rng.choice(labels, size, p=prior)
    careless = rng.random(size) < _CARELESS
    knows_gold = units.gold[at.unit] & (rng.random(size) < 0.97)
    always = np.ones(size, dtype=bool)
    overrides = {
        "random": (always, rng.integers(0, labels, size)),
        "constant": (careless, people.favourite[who]),
        "prior": (always, blind),
        "pattern": (careless, at.place % labels),
        "gold-known": (always, np.where(knows_gold, truth, blind)),
    }
    for kind, (when, instead) in overrides.items():
        label = np.where(people.are(kind)[who] & when, instead, label)
    return _copied(rng, people, at, label)


def _copied(rng: np.random.Generator, people: People, at: Turns, label: IntArray) -> IntArray:
    """Let followers take over most of what their leader answered to the same unit."""
    label = label.copy()
    for follower in np.flatnonzero(people.leader >= 0):
        own = np.flatnonzero(at.annotator == follower)
        theirs = np.flatnonzero(at.annotator == people.leader[follower])
        _, mine, other = np.intersect1d(at.unit[own], at.unit[theirs], return_indices=True)
        copies = rng.random(len(mine)) < _COPIES
        label[own[mine[copies]]] = label[theirs[other[copies]]]
    return label


def seconds(rng: np.random.Generator, people: People, units: Units, at: Turns) -> FloatArray:
    """(N,) how long each answer took: log-normal, with a few tasks left open."""
    size = len(at.unit)
    of_unit = rng.normal(0, 0.25, len(units.truth)) + 0.08 * units.difficulty
    log = np.log(people.pace[at.annotator]) + of_unit[at.unit] + rng.normal(0, 0.35, size)
    return np.exp(log) * np.where(rng.random(size) < 0.02, 20, 1)
