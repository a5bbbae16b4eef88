"""A world where a group of people labels some units by a consistent norm of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour import Work, work

if TYPE_CHECKING:
    from bench.worlds.people import BoolArray, IntArray

_PRIOR = (0.5, 0.3, 0.2)


@dataclass(frozen=True, slots=True)
class Views:
    """How large the group is, and on which share of the units it sees something else."""

    group: float = 0.20
    subjective: float = 0.35
    annotators: int = 60
    units: int = 800
    labels_each: int = 6


@dataclass(frozen=True, slots=True, eq=False)
class Opinions:
    """The work, the group (A,) of each annotator (1 the minority), and who answers blindly."""

    work: Work
    group: IntArray
    blind: BoolArray


def opinions(views: Views, seed: int) -> Opinions:
    """Draw one delivery: a tenth answers at random, some of the rest always the same."""
    rng = np.random.default_rng(seed)
    people, labels = views.annotators, len(_PRIOR)
    group = (rng.permutation(people) < round(views.group * people)).astype(np.int64)
    guesses = rng.random(people) < 0.10
    constant = ~guesses & (rng.random(people) < 0.06)
    truth = rng.choice(labels, views.units, p=_PRIOR)
    contested = rng.random(views.units) < views.subjective
    own_view = np.where(contested, np.minimum(truth + 1, labels - 1), truth)
    who = np.argsort(rng.random((views.units, people)), axis=1)[:, : views.labels_each].ravel()
    unit = np.repeat(np.arange(views.units), views.labels_each)
    ability, difficulty = rng.normal(2.3, 0.5, people), rng.normal(0, 1, views.units)
    sees = np.where(group[who] == 1, own_view[unit], truth[unit])
    right = rng.random(len(unit)) < 1 / (1 + np.exp(difficulty[unit] - ability[who]))
    wrong = (sees + rng.integers(1, labels, len(unit))) % labels
    label = np.where(right, sees, wrong)
    label = np.where(guesses[who], rng.integers(0, labels, len(unit)), label)
    label = np.where(constant[who], rng.choice(labels, people, p=_PRIOR)[who], label)
    return Opinions(work(unit, who, label, labels, n_annotators=people), group, guesses | constant)
