"""Work: who gave which label to which unit, when, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from labelaudit.behaviour.cells import Cells, cells
from labelaudit.coefficients.patterns import add_up
from labelaudit.coefficients.ratings import Ratings, ratings

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Work:
    """N answers of one question, sorted by unit, then annotator.

    Attributes
    ----------
    unit, annotator, label
        (N,) codes, from 0; codes that no row bears are allowed.
    n_annotators, n_labels
        A and V: results about people have A entries, in the order of the codes.
    duration
        (N,) seconds on the unit, NaN where unknown; None where nobody measured.
    start, end
        (N,) seconds since any one moment, NaN where unknown; None where not recorded.

    """

    unit: IntArray
    annotator: IntArray
    label: IntArray
    n_annotators: int
    n_labels: int
    duration: FloatArray | None = None
    start: FloatArray | None = None
    end: FloatArray | None = None

    def __len__(self) -> int:
        """Return N."""
        return len(self.unit)

    @property
    def n_units(self) -> int:
        """One more than the largest unit code."""
        return int(self.unit[-1]) + 1 if len(self.unit) else 0

    @property
    def counts(self) -> IntArray:
        """(A,) how many answers each annotator gave."""
        return np.bincount(self.annotator, minlength=self.n_annotators)

    @cached_property
    def cells(self) -> Cells:
        """The labels of each unit."""
        return cells(self.unit, self.label, self.n_labels)

    @property
    def moment(self) -> FloatArray | None:
        """(N,) what puts a person's answers in order: the end, else the start."""
        return self.start if self.end is None else self.end

    def ratings(self) -> Ratings:
        """Return the labels alone, as truth methods and coefficients take them."""
        return Ratings(self.unit, self.annotator, self.label, self.n_labels)

    def per_annotator(self, amounts: FloatArray | BoolArray) -> FloatArray:
        """(A,) the amounts (N,) summed by annotator."""
        return add_up(self.annotator, amounts.astype(np.float64, copy=False), self.n_annotators)


def work(
    unit: npt.ArrayLike,
    annotator: npt.ArrayLike,
    label: npt.ArrayLike,
    n_labels: int,
    *,
    n_annotators: int | None = None,
    duration: npt.ArrayLike | None = None,
    start: npt.ArrayLike | None = None,
    end: npt.ArrayLike | None = None,
) -> Work:
    """Make a table of work from rows in any order.

    Parameters
    ----------
    unit, annotator, label
        (N,) codes, from 0; labels in 0..V-1. Human, current answers only.
    n_labels
        V, the size of the declared domain.
    n_annotators
        A, where more people exist than answered; else the largest code and one.
    duration, start, end
        (N,) seconds; NaN where unknown. Durations that are not positive and finite count as
        unknown, and so do moments that are not finite. A missing duration is end - start.

    Raises
    ------
    UsageError
        If an annotator answered a unit twice, or a label is outside the domain.

    Examples
    --------
    >>> table = work([1, 0, 0], [0, 1, 0], [1, 1, 0], n_labels=2, duration=[9, 8, -1])
    >>> table.unit.tolist(), table.annotator.tolist(), table.duration.tolist()
    ([0, 0, 1], [0, 1, 0], [nan, 8.0, 9.0])

    """
    units, people = np.asarray(unit, np.int64), np.asarray(annotator, np.int64)
    order = _order(units, people)
    table = ratings(units[order], people[order], np.asarray(label)[order], n_labels)
    starts, ends, spent = (_seconds(given, order) for given in (start, end, duration))
    if spent is None and starts is not None and ends is not None:
        spent = ends - starts
    if spent is not None:
        spent = np.where(spent > 0, spent, np.nan)
    known = int(people.max(initial=-1)) + 1
    size = known if n_annotators is None else n_annotators
    return Work(table.unit, table.annotator, table.label, size, n_labels, spent, starts, ends)


def _order(units: IntArray, people: IntArray) -> IntArray | slice:
    """Return what sorts the rows; rows that are sorted stay where they are."""
    later = units[1:] - units[:-1]
    if ((later > 0) | ((later == 0) & (people[1:] > people[:-1]))).all():
        return slice(None)
    return np.lexsort((people, units))


def _seconds(given: npt.ArrayLike | None, order: IntArray | slice) -> FloatArray | None:
    if given is None:
        return None
    values = np.asarray(given, dtype=np.float64)[order]
    return np.where(np.isfinite(values), values, np.nan)
