"""Two worlds whose truth is known: items that are clear or not, and annotators on gold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.intervals import gold_accuracy

if TYPE_CHECKING:
    from labelaudit.coefficients import IntArray
    from labelaudit.model import Estimate

BALANCED = (0.4, 0.3, 0.2, 0.1)
SKEWED = (0.9, 0.1)


@dataclass(frozen=True, slots=True)
class Items:
    """An item is clear with probability alpha, and then all give one label drawn from the prior.

    Otherwise each annotator draws for himself. The true alpha is `alpha`.
    """

    prior: tuple[float, ...]
    ratings: int
    alpha: float

    def drawn(self, rng: np.random.Generator, units: int) -> IntArray:
        """(U, V) counts of the labels of one batch."""
        labels, size = len(self.prior), (units, self.ratings)
        shared = rng.choice(labels, units, p=self.prior)[:, None]
        own = rng.choice(labels, size, p=self.prior)
        given = np.where(rng.random((units, 1)) < self.alpha, shared, own)
        return np.stack([(given == label).sum(axis=1) for label in range(labels)], axis=1)

    @property
    def name(self) -> str:
        """How tables call the design."""
        prior = "balanced" if self.prior == BALANCED else "90/10"
        return f"{prior}, {self.ratings} ratings"


@dataclass(frozen=True, slots=True)
class Gold:
    """A annotators share the gold answers equally; each has an accuracy of his own.

    Accuracies are Beta with mean `accuracy` and intraclass correlation `rho`.
    """

    annotators: int
    rho: float
    accuracy: float

    def skills(self, rng: np.random.Generator) -> np.ndarray:
        """(A,) how often each annotator is right."""
        if self.rho == 0:
            return np.full(self.annotators, self.accuracy)
        more = 1 / self.rho - 1
        return rng.beta(self.accuracy * more, (1 - self.accuracy) * more, self.annotators)

    def drawn(self, rng: np.random.Generator, *sizes: int) -> list[Estimate]:
        """Return the accuracy of one batch as it grows to each of these sizes."""
        skills, found = self.skills(rng), []
        right, given = (np.zeros(self.annotators, dtype=np.int64) for _ in range(2))
        for size in sizes:
            share = np.full(self.annotators, size // self.annotators)
            share[: size % self.annotators] += 1
            right = right + rng.binomial(share - given, skills)
            given = share
            found.append(gold_accuracy(right, given))
        return found
