"""Every k-th content of a question, so that a long baseline is read but once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import from_ratings
from labelaudit.coefficients.patterns import distinct
from labelaudit.dense import counted
from labelaudit.drifting.pooling import Pool
from labelaudit.drifting.summing import PerBatch, per_batch

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from labelaudit.coefficients import IntArray
    from labelaudit.drifting.rows import Rows

_TABLE = 100_000
"""Cells of a table of annotators and labels that is counted anew for every batch."""


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
    given
        How often each annotator gave each label (A x V codes); None where a table of them
        would be large.
    n_labels
        V.

    """

    rows: IntArray
    starts: IntArray
    contents: Pool | None
    given: PerBatch | None
    n_labels: int

    def by_annotator(self, batches: Collection[int]) -> IntArray:
        """(A, V) how often each annotator gave each label in some batches."""
        assert self.given is not None, "asked for only where there is a table"
        return self.given.of(batches).reshape(-1, self.n_labels)

    def of(self, batches: Sequence[int]) -> IntArray:
        """Return the positions of the rows of some batches."""
        parts = [self.rows[self.starts[code] : self.starts[code + 1]] for code in batches]
        return np.concatenate(parts) if parts else self.rows[:0]


def thinned(rows: Rows, step: int) -> Thinned:
    """Keep the contents whose code is a multiple of `step`."""
    kept = np.arange(len(rows.item)) if step == 1 else np.flatnonzero(rows.content % step == 0)
    starts = np.searchsorted(kept, rows.starts)
    batch = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    label, annotator = rows.label[kept], rows.annotator[kept]
    people, labels = int(rows.annotator.max(initial=-1)) + 1, max(rows.n_labels, 1)
    small = people * labels <= _TABLE
    given = PerBatch(starts, annotator * labels + label, None, people * labels) if small else None
    contents = _contents(rows.content[kept], label, batch, labels)
    return Thinned(kept, starts, contents, given, labels)


def _contents(content: IntArray, label: IntArray, batch: IntArray, labels: int) -> Pool | None:
    home = np.full(int(content.max(initial=-1)) + 1, -1, dtype=np.int64)
    home[content] = batch
    if (home[content] != batch).any():
        return None
    units = from_ratings(content, label, labels, merged=False)
    patterns, place = distinct(units)
    cells, many = counted(home[home >= 0] * len(patterns) + place)
    where, which = np.divmod(cells, max(len(patterns), 1))
    batches = 1 + int(batch.max(initial=-1))
    return Pool(patterns, per_batch(where, which, many, batches=batches, size=len(patterns)))
