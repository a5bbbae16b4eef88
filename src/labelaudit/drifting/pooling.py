"""The patterns of any set of batches, without going through the units again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.patterns import distinct

if TYPE_CHECKING:
    from collections.abc import Collection

    from labelaudit.coefficients import IntArray, Patterns
    from labelaudit.engine.tables import Tally


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The distinct patterns of a question, and how many units of each batch show each.

    Attributes
    ----------
    patterns
        Every pattern once.
    batch, pattern, units
        (R,) for each batch and pattern that occurs: its codes, and its units.

    """

    patterns: Patterns
    batch: IntArray
    pattern: IntArray
    units: IntArray

    def of(self, batches: Collection[int]) -> Patterns:
        """Return the patterns of some batches together."""
        chosen = np.zeros(1 + int(self.batch.max(initial=-1)), dtype=bool)
        chosen[[code for code in batches if code < len(chosen)]] = True
        kept = chosen[self.batch]
        units = np.bincount(self.pattern[kept], self.units[kept], len(self.patterns))
        whole = replace(self.patterns, units=units.astype(np.int64))
        return whole.select(units > 0)


def pool(tally: Tally) -> Pool:
    """Gather the patterns of all batches of a question."""
    sliced = tally.by_batch
    patterns, place = distinct(sliced.patterns)
    return Pool(patterns, sliced.slices, place, sliced.patterns.units)


def disagreeing(patterns: Patterns) -> tuple[int, int]:
    """Return how many units have labels that differ, and how many have two labels or more."""
    compared = patterns.sizes >= 2
    apart = compared & (patterns.lengths >= 2)
    return int(patterns.units[apart].sum()), int(patterns.units[compared].sum())
