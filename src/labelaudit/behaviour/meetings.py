"""Meetings: which two people answered the same unit, never as an annotators x annotators table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import IntArray

MAX_LABELS = 64
"""Units with more answers are left out: their pairs would grow with the square."""
_ROWS = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """P pairs of people who share enough units, `first` < `second`, ascending.

    Attributes
    ----------
    first, second
        (P,) annotator codes.
    shared
        (P,) how many units both answered.

    """

    first: IntArray
    second: IntArray
    shared: IntArray

    def __len__(self) -> int:
        """Return P."""
        return len(self.first)


def meetings(work: Work, min_shared: int, *, least: int = 2) -> Meetings:
    """Find the pairs of people who share at least `min_shared` units of `least` answers or more.

    Examples
    --------
    >>> from labelaudit.behaviour.work import work
    >>> found = meetings(work([0, 0, 0, 1, 1], [0, 1, 2, 0, 2], [0] * 5, n_labels=2), 2)
    >>> found.first.tolist(), found.second.tolist(), found.shared.tolist()
    ([0], [2], [2])

    """
    codes, counts = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    for one, other in encounters(work, least=least):
        fresh, met = counted(_code(work, one, other))
        merged, place = np.unique(np.concatenate([codes, fresh]), return_inverse=True)
        total = np.bincount(place, np.concatenate([counts, met]), len(merged))
        codes, counts = merged, total.astype(np.int64)
    enough = counts >= min_shared
    first, second = np.divmod(codes[enough], max(work.n_annotators, 1))
    return Meetings(first, second, counts[enough])


def encounters(work: Work, *, least: int = 2) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield, in bounded pieces, the rows of two people who answered the same unit.

    Only units with `least` answers or more: three where somebody else must have a say.
    """
    size = np.bincount(work.unit, minlength=1)
    rows = np.flatnonzero((size[work.unit] >= least) & (size[work.unit] <= MAX_LABELS))
    apart = 1
    while len(rows):
        rows = rows[rows + apart < len(work)]
        rows = rows[work.unit[rows] == work.unit[rows + apart]]
        for begin in range(0, len(rows), _ROWS):
            part = rows[begin : begin + _ROWS]
            yield part, part + apart
        apart += 1


def places(work: Work, pairs: Meetings, one: IntArray, other: IntArray) -> IntArray:
    """(R,) which of the pairs two rows belong to, -1 where to none."""
    if len(pairs) == 0:
        return np.full(len(one), -1)
    known = pairs.first * work.n_annotators + pairs.second
    code = _code(work, one, other)
    place = np.minimum(np.searchsorted(known, code), len(known) - 1)
    return np.where(known[place] == code, place, -1)


def _code(work: Work, one: IntArray, other: IntArray) -> IntArray:
    return np.asarray(work.annotator[one] * work.n_annotators + work.annotator[other])
