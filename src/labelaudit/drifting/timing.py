"""How long everybody took in any set of batches, without sorting their times again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.durations import pace_of_ordered, usable
from labelaudit.medians import by_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.drift.durations import Pace


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Usable durations of A people, ordered by annotator, then length.

    Attributes
    ----------
    batch, person, took
        (M,) each.
    unusable
        (B,) how many of each batch were left out.
    people
        A.

    """

    batch: IntArray
    person: IntArray
    took: FloatArray
    unusable: IntArray
    people: int

    def of(self, batches: Sequence[int]) -> Pace:
        """Return the pace of everybody in some batches."""
        chosen = np.zeros(len(self.unusable), dtype=bool)
        chosen[[*batches]] = True
        kept = np.flatnonzero(chosen[self.batch])
        left_out = int(self.unusable[chosen].sum())
        return pace_of_ordered(self.person[kept], self.took[kept], self.people, left_out)


def times(
    batch: IntArray, person: IntArray, duration: FloatArray, *, batches: int, people: int
) -> Times:
    """Put durations (N,) in order, once."""
    kept = np.flatnonzero(usable(duration))
    order = kept[by_group(person[kept], duration[kept], people)]
    told = np.bincount(batch, minlength=batches) - np.bincount(batch[kept], minlength=batches)
    return Times(batch[order], person[order], duration[order], told, people)
