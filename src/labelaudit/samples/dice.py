"""Chance that repeats: the same names give the same throws on every Python and machine.

Only `random.Random.random` is thrown, the one method whose sequence Python promises to
keep; everything else is made from it here.
"""

from __future__ import annotations

import math
import random
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_T = TypeVar("_T")
_STANDARD = NormalDist()
_TINY = 1e-12


class Dice:
    """A stream of throws named by what it is for, so that streams never disturb each other."""

    def __init__(self, *names: str | int) -> None:
        self._random = random.Random(":".join(map(str, names)))  # noqa: S311  made-up data

    def throw(self) -> float:
        """Return a number in [0, 1)."""
        return self._random.random()

    def chance(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self.throw() < probability

    def pick(self, options: Sequence[_T]) -> _T:
        """Return one of the options, all equally likely."""
        return options[int(self.throw() * len(options))]

    def weighted(self, weights: Mapping[str, float]) -> str:
        """Return one of the keys with the probability that is its value."""
        left = self.throw()
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return next(reversed(list(weights)))

    def normal(self, sd: float) -> float:
        """Return a normal deviate with mean 0."""
        return sd * _STANDARD.inv_cdf(max(self.throw(), _TINY))

    def exponential(self, mean: float) -> float:
        """Return an exponential waiting time."""
        return -mean * math.log(1 - self.throw())

    def shuffled(self, things: Sequence[_T]) -> list[_T]:
        """Return the things in a new order."""
        return sorted(things, key=lambda _: self.throw())
