"""Who answers which unit: batches with crews, and followers who sit beside their leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bench.worlds.people import IntArray, People

BATCH = 75
_JOINS = 0.7
_ELSEWHERE = 0.2  # brings a follower to about the usual number of units


def assigned(
    rng: np.random.Generator, people: People, units: int, labels_each: int, crew_size: int
) -> tuple[IntArray, IntArray]:
    """Return (N,) the unit and (N,) the annotator of every answer, batch by batch."""
    followers = np.flatnonzero(people.leader >= 0)
    pool = np.flatnonzero(people.leader < 0)
    load = np.zeros(len(pool))
    unit: list[IntArray] = []
    annotator: list[IntArray] = []
    for begin in range(0, units, BATCH):
        size = min(BATCH, units - begin)
        taken = np.lexsort((rng.random(len(pool)), load))[:crew_size]
        load[taken] += 1
        crew = pool[taken]
        rows = crew[np.argsort(rng.random((size, len(crew))), axis=1)[:, :labels_each]]
        for follower in followers[np.isin(people.leader[followers], crew)]:
            _join(rng, rows, follower, people.leader[follower])
        unit.append(np.repeat(np.arange(begin, begin + size), labels_each))
        annotator.append(rows.ravel())
    return np.concatenate(unit), np.concatenate(annotator)


def _join(rng: np.random.Generator, rows: IntArray, follower: int, leader: int) -> None:
    """Put a follower in the place of somebody, mostly where the leader is."""
    beside = (rows == leader).any(axis=1)
    joins = rng.random(len(rows)) < np.where(beside, _JOINS, _ELSEWHERE)
    place = rng.integers(0, rows.shape[1], len(rows))
    clash = rows[np.arange(len(rows)), place] == leader
    place[clash] = (place[clash] + 1) % rows.shape[1]
    rows[joins, place[joins]] = follower
