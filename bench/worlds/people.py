"""The people of a simulated delivery: honest ones, and eight ways of not being so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

KINDS = (
    "honest", "random", "constant", "prior", "fast", "degrading", "pattern", "gold-known",
    "leader", "follower",
)  # fmt: skip
SINGLE = KINDS[1:8]
PACED = ("random", "constant", "prior", "pattern")
HURRIED_S = 4.5


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """A people, by code.

    Attributes
    ----------
    kind
        (A,) index in `KINDS`.
    ability
        (A,) on the scale of the logistic of being right.
    pace
        (A,) usual seconds an answer.
    favourite
        (A,) the label that a constant person gives.
    leader
        (A,) whom a follower copies, -1 for everybody else.

    """

    kind: IntArray
    ability: FloatArray
    pace: FloatArray
    favourite: IntArray
    leader: IntArray

    def are(self, name: str) -> BoolArray:
        """(A,) who is of this kind."""
        return np.asarray(self.kind == KINDS.index(name))


def people(
    rng: np.random.Generator, size: int, each: int, prior: FloatArray, leader_ability: float
) -> People:
    """Draw people with `each` of every other kind; the rest are honest.

    Of those who do not look at the units, every second one hides it by taking the usual time.
    """
    kind = np.zeros(size, dtype=np.int64)
    roles = np.repeat(np.arange(1, len(KINDS)), each)
    kind[: len(roles)] = roles
    ability, pace = rng.normal(2.2, 0.7, size), 18 * np.exp(rng.normal(0, 0.25, size))
    ability[kind == KINDS.index("leader")] = leader_ability
    hurried = kind == KINDS.index("fast")
    for name in PACED:
        hurried[np.flatnonzero(kind == KINDS.index(name))[1::2]] = True
    pace[hurried] = HURRIED_S
    leader = np.full(size, -1)
    followers = np.flatnonzero(kind == KINDS.index("follower"))
    leader[followers] = np.flatnonzero(kind == KINDS.index("leader"))
    favourite = rng.choice(len(prior), size, p=prior)
    return People(kind, ability, pace, favourite, leader)
