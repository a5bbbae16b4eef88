"""What a scan leaves behind: integer tables, a sufficient statistic for every measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray, Patterns
    from labelaudit.engine.names import Names
    from labelaudit.engine.shapes import Sliced
    from labelaudit.model import Question


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Annotations counted by batch, vendor, annotator and label: columns of equal length.

    A vendor of -1 is "no vendor"; a label of -1 is a missing answer.
    """

    batch: IntArray
    vendor: IntArray
    annotator: IntArray
    label: IntArray
    count: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class PairCounts:
    """Annotator pairs: units both answered, and units where both gave the same label."""

    first: IntArray
    second: IntArray
    together: IntArray
    agreeing: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class PeerCounts:
    """Annotations by annotator, m, n_uc of the label given and sum of n_uc^2 of the unit."""

    annotator: IntArray
    size: IntArray
    same: IntArray
    squares: IntArray
    count: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class GoldCounts:
    """Gold answers by annotator, batch and vendor: how many were given, how many right."""

    annotator: IntArray
    batch: IntArray
    vendor: IntArray
    answered: IntArray
    correct: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """All counts of one question; slices are codes into `names.batches`, `names.vendors`.

    `by_vendor` of a unit that two vendors labeled holds one pattern for each of them, and
    `every` the pattern of all its labels: each slicing is counted by itself.
    """

    question: Question
    names: Names
    cube: Cube
    every: Patterns
    by_batch: Sliced
    by_vendor: Sliced
    pairs: PairCounts
    peers: PeerCounts
    gold: GoldCounts
    gold_units: int
    gold_conflicts: int
    gold_strange: tuple[str, ...]
    duplicates: int

    @property
    def gold_outside(self) -> int:
        """How many different gold labels lie outside the domain."""
        return len(self.gold_strange)
