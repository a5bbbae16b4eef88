"""The patterns of any set of batches, without going through the units again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from labelaudit.coefficients.patterns import distinct
from labelaudit.drifting.summing import per_batch

if TYPE_CHECKING:
    from collections.abc import Collection

    from labelaudit.coefficients import Patterns
    from labelaudit.drifting.summing import PerBatch
    from labelaudit.engine.tables import Tally


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The distinct patterns of a question, and how many units of each batch show each.

    Attributes
    ----------
    patterns
        Every pattern once.
    units
        The units of each batch, by pattern.

    """

    patterns: Patterns
    units: PerBatch

    def of(self, batches: Collection[int]) -> Patterns:
        """Return the patterns of some batches together."""
        units = self.units.of(batches)
        return replace(self.patterns, units=units).select(units > 0)


def pool(tally: Tally) -> Pool:
    """Gather the patterns of all batches of a question."""
    sliced, many = tally.by_batch, len(tally.names.batches)
    patterns, place = distinct(sliced.patterns)
    told = sliced.slices, place, sliced.patterns.units
    return Pool(patterns, per_batch(*told, batches=many, size=len(patterns)))


def disagreeing(patterns: Patterns) -> tuple[int, int]:
    """Return how many units have labels that differ, and how many have two labels or more."""
    compared = patterns.sizes >= 2
    apart = compared & (patterns.lengths >= 2)
    return int(patterns.units[apart].sum()), int(patterns.units[compared].sum())
