"""Every annotator's answers in the order in which they were given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.patterns import add_up

if TYPE_CHECKING:
    from labelaudit.behaviour.work import BoolArray, Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

NO_ORDER = "no-order"
NEEDS_ORDER = "the time of most answers, and times that differ"
_DISTINCT = 0.5  # below this share of distinct times, a bulk upload set them and not the work


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """M answers with a known moment, sorted by annotator, then moment.

    Attributes
    ----------
    row
        (M,) the row of each answer in the table of work.
    person, place
        (M,) whose answer it is, and which of that person's answers, from 0.
    count
        (A,) how many answers each annotator has here.
    ordered
        (A,) whether the moments order the work: at least half of them differ.

    """

    row: IntArray
    person: IntArray
    place: IntArray
    count: IntArray
    ordered: BoolArray

    @property
    def starts(self) -> IntArray:
        """(S,) where each person's answers begin, for those who have any."""
        return np.flatnonzero(self.place == 0)

    @property
    def people(self) -> IntArray:
        """(S,) whose answers begin there."""
        return self.person[self.starts]

    def totals(self, amounts: FloatArray) -> FloatArray:
        """(A,) the amounts (M,) summed by person."""
        return add_up(self.person, amounts, len(self.count))

    def select(self, keep: BoolArray) -> Sequences:
        """Return only the answers where `keep` (M,) is true, with places counted anew."""
        return _numbered(self.row[keep], self.person[keep], self.ordered)


def sequences(work: Work, keep: BoolArray | None = None) -> Sequences | None:
    """Put every annotator's answers in order, or None where no moment is known.

    Parameters
    ----------
    work
        The table of work.
    keep
        (N,) which answers count; all when omitted.

    Examples
    --------
    >>> from labelaudit.behaviour.work import work
    >>> table = work([0, 1, 2], [0, 0, 0], [1, 1, 0], n_labels=2, end=[30.0, 10.0, 20.0])
    >>> sequences(table).row.tolist()
    [1, 2, 0]

    """
    moment = work.moment
    if moment is None or not np.isfinite(moment).any():
        return None
    usable = np.isfinite(moment) if keep is None else np.isfinite(moment) & keep
    row = np.flatnonzero(usable)
    row = row[np.lexsort((moment[row], work.annotator[row]))]
    person, at = work.annotator[row], moment[row]
    fresh = np.diff(person, prepend=-1) != 0
    fresh[1:] |= np.diff(at) > 0
    distinct = np.bincount(person[fresh], minlength=work.n_annotators)
    counted = np.bincount(person, minlength=work.n_annotators)
    return _numbered(row, person, distinct >= np.maximum(_DISTINCT * counted, 2))


def _numbered(row: IntArray, person: IntArray, ordered: BoolArray) -> Sequences:
    count = np.bincount(person, minlength=len(ordered))
    begins = np.cumsum(count) - count
    return Sequences(row, person, np.arange(len(row)) - begins[person], count, ordered)
