"""Cells: which labels each unit received and how often, counted once for all who ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import tabled

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray


@dataclass(frozen=True, eq=False)
class Cells:
    """C cells, by unit, then label, of N answers to U units that have any.

    Attributes
    ----------
    unit, label, count
        (C,) the codes, and how many answers gave this label to this unit.
    of_row
        (N,) the cell of each answer.

    """

    unit: IntArray
    label: IntArray
    count: IntArray
    of_row: IntArray

    @cached_property
    def starts(self) -> IntArray:
        """(U,) where the cells of each unit begin."""
        return np.flatnonzero(np.diff(self.unit, prepend=-1))

    @cached_property
    def lengths(self) -> IntArray:
        """(U,) how many labels each unit received."""
        return np.diff(self.starts, append=len(self.unit))

    @cached_property
    def two_best(self) -> tuple[IntArray, IntArray]:
        """(U,), (U,) the answers of the two labels given most, alike where they tie."""
        best, tied, others = self._best
        return best, np.where(tied > 1, best, others)

    @cached_property
    def _best(self) -> tuple[IntArray, IntArray, IntArray]:
        """(U,) the most answers, (U,) how many labels have so many, (U,) the next most."""
        if not len(self.starts):
            return (self.starts,) * 3
        best = np.maximum.reduceat(self.count, self.starts)
        top = self.count == np.repeat(best, self.lengths)
        tied = np.add.reduceat(top, self.starts, dtype=np.int64)
        return best, tied, np.maximum.reduceat(np.where(top, 0, self.count), self.starts)

    @cached_property
    def favourite(self) -> IntArray:
        """(C,) the label most of the others gave, to one who gave this; -1 where they tie.

        The others have one answer less in the cell. If it is not among those with the most,
        the others' favourite is the only one that is; if it is one of two, the other one; and
        if it leads alone, the same label, unless that makes it level with the next.
        """
        if not len(self.starts):
            return self.starts
        most, many, others = (np.repeat(each, self.lengths) for each in self._best)
        top = self.count == most
        leaders = np.repeat(np.add.reduceat(self.label * top, self.starts), self.lengths)
        alone = (many == 1) & ~(top & (most - 1 == others))
        of_two = top & (many == 2)
        return np.where(alone, leaders, np.where(of_two, leaders - self.label, -1))


def cells(unit: IntArray, label: IntArray, n_labels: int) -> Cells:
    """Count the labels of units (N,), (N,).

    Examples
    --------
    >>> found = cells(np.array([4, 4, 4, 7]), np.array([1, 0, 1, 0]), n_labels=2)
    >>> found.unit.tolist(), found.label.tolist(), found.count.tolist(), found.of_row.tolist()
    ([4, 4, 7], [0, 1, 0], [1, 2, 1], [1, 0, 1, 2])
    >>> found.favourite.tolist(), found.two_best[1].tolist()
    ([1, -1, -1], [1, 0])

    """
    code, of_row, count = tabled(unit * n_labels + label)
    which = code // max(n_labels, 1)
    return Cells(which, code - which * n_labels, count, of_row)
