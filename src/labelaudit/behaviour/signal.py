"""One signal over all annotators: a score, an effect, a p-value, or what it would need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.behaviour.work import BoolArray
    from labelaudit.coefficients.patterns import FloatArray, IntArray

MIN_PEOPLE = 5
"""Fewer annotators than this have no "rest" to be compared with."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a signal says of one annotator; numbers are None where it is not testable.

    `undefined` is then a reason code and `needs` says what would make it testable.
    """

    signal: str
    annotator: int
    count: int
    score: float | None = None
    effect: float | None = None
    p: float | None = None
    undefined: str | None = None
    needs: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """A signal over A annotators, by annotator code. Where `testable` is false, read nothing.

    Attributes
    ----------
    name
        Kebab-case.
    score
        (A,) what was measured, in the signal's own unit.
    effect
        (A,) how far from the others, larger is further; what the effect floor looks at.
    p
        (A,) p-values; 1 where the effect floor is not reached or nothing is testable.
    count
        (A,) how many answers the score rests on.
    testable
        (A,) whether there was enough to look at.
    reason, needs
        Reason code and words for the annotators that are not testable.

    """

    name: str
    score: FloatArray
    effect: FloatArray
    p: FloatArray
    count: IntArray
    testable: BoolArray
    reason: str
    needs: str

    def reading(self, annotator: int) -> Reading:
        """Return what the signal says of one annotator."""
        count = int(self.count[annotator])
        if not self.testable[annotator]:
            return Reading(self.name, annotator, count, undefined=self.reason, needs=self.needs)
        return Reading(
            self.name,
            annotator,
            count,
            float(self.score[annotator]),
            float(self.effect[annotator]),
            float(self.p[annotator]),
        )


def untestable(name: str, n_annotators: int, reason: str, needs: str) -> Signal:
    """Return the signal of a delivery that has nothing for it to look at."""
    zero, none = np.zeros(n_annotators), np.zeros(n_annotators, dtype=np.int64)
    nobody = np.zeros(n_annotators, dtype=bool)
    return Signal(name, zero, zero, np.ones(n_annotators), none, nobody, reason, needs)


def spread_out(values: FloatArray, testable: BoolArray, rest: float = 0.0) -> FloatArray:
    """(A,) the values of the testable annotators at their codes, `rest` elsewhere."""
    result = np.full(len(testable), rest)
    result[testable] = values
    return result


def shares(total: FloatArray | IntArray, count: FloatArray | IntArray) -> FloatArray:
    """Return total / count, 0 where the count is."""
    return np.asarray(np.divide(total, count, out=np.zeros(len(total)), where=count > 0))
