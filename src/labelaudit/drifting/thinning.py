"""Every k-th content of a question, so that a long baseline is read but once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import from_ratings
from labelaudit.coefficients.patterns import distinct
from labelaudit.drifting.pooling import Pool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import IntArray
    from labelaudit.drifting.rows import Rows


@dataclass(frozen=True, slots=True, eq=False)
class Thinned:
    """The rows of every k-th content, ordered by batch.

    Attributes
    ----------
    rows
        Their positions.
    starts
        (B + 1,) where those of each batch begin.
    contents
        The patterns of the contents; None where a content goes through several batches.

    """

    rows: IntArray
    starts: IntArray
    contents: Pool | None

    def of(self, batches: Sequence[int]) -> IntArray:
        """Return the positions of the rows of some batches."""
        parts = [self.rows[self.starts[code] : self.starts[code + 1]] for code in batches]
        return np.concatenate(parts) if parts else self.rows[:0]


def thinned(rows: Rows, step: int) -> Thinned:
    """Keep the contents whose code is a multiple of `step`."""
    kept = np.arange(len(rows.item)) if step == 1 else np.flatnonzero(rows.content % step == 0)
    starts = np.searchsorted(kept, rows.starts)
    batch = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return Thinned(kept, starts, _contents(rows.content[kept], rows.label[kept], batch, rows))


def _contents(content: IntArray, label: IntArray, batch: IntArray, rows: Rows) -> Pool | None:
    home = np.full(int(content.max(initial=-1)) + 1, -1, dtype=np.int64)
    home[content] = batch
    if (home[content] != batch).any():
        return None
    units = from_ratings(content, label, max(rows.n_labels, 1), merged=False)
    patterns, place = distinct(units)
    key = home[home >= 0] * len(patterns) + place
    cells, many = np.unique(key, return_counts=True)
    where, which = np.divmod(cells, max(len(patterns), 1))
    return Pool(patterns, where, which, many)
