"""What one annotator does to a coefficient: its value without each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.patterns import Patterns, distinct, stack
from labelaudit.coefficients.resampling import UNITS, tally_of, value_of

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.coefficients.reading import Reading
    from labelaudit.coefficients.record import Coefficient

_CELLS = 1 << 22  # annotators x patterns held in memory at a time


def without_annotators(coefficient: Coefficient, ratings: Ratings, reading: Reading) -> FloatArray:
    """(A,) the value when all labels of one annotator are taken away; NaN if undefined.

    Annotators come in ascending order of their codes. A unit of which one label remains is
    no longer pairable.
    """
    people = ratings.annotators()
    if coefficient.tally is None:
        values = [_recomputed(coefficient, ratings, reading, int(a)) for a in people]
        return np.array(values)
    return _from_patterns(coefficient, ratings, reading)


def _recomputed(
    coefficient: Coefficient, ratings: Ratings, reading: Reading, annotator: int
) -> float:
    left = ratings.select(ratings.annotator != annotator)
    enough = len(left.annotators()) >= 2 and len(left.pairable()) > 0
    if not enough:
        return np.nan
    observed, expected = tally_of(coefficient, left, reading, UNITS).total()
    return 1 - observed / expected if expected > 0 else np.nan


def _from_patterns(coefficient: Coefficient, ratings: Ratings, reading: Reading) -> FloatArray:
    """Each annotator turns some units from one pattern into another: that is a new draw."""
    assert coefficient.tally is not None
    units, rows, reduced = _before_and_after(ratings)
    patterns, code = distinct(stack([units, reduced]))
    usable = np.ones(len(patterns), bool) if coefficient.single_rated else patterns.sizes >= 2
    people, who = np.unique(ratings.annotator, return_inverse=True)
    base = np.bincount(code[: len(units)], minlength=len(patterns))
    left = np.flatnonzero(units.sizes[rows] > 1)  # what remains of a single label is nothing
    before = who * len(patterns) + code[rows]
    after = who[left] * len(patterns) + code[len(units) :]
    tally = coefficient.tally(patterns.select(usable), reading)
    height = max(1, _CELLS // len(patterns))
    values = []
    for first in range(0, len(people), height):
        size = min(height, len(people) - first) * len(patterns)
        draws = _counted(after, first * len(patterns), size)
        draws -= _counted(before, first * len(patterns), size)
        taken = base + draws.reshape(-1, len(patterns))
        values.append(value_of(tally.resampled(taken[:, usable].astype(np.float64))))
    return np.concatenate(values)


def _counted(keys: IntArray, first: int, size: int) -> IntArray:
    here = keys[(keys >= first) & (keys < first + size)] - first
    return np.bincount(here, minlength=size)


def _before_and_after(ratings: Ratings) -> tuple[Patterns, IntArray, Patterns]:
    """Return unit patterns, the unit row of each rating, and the patterns without it."""
    units = ratings.unit_patterns()
    rows = np.unique(ratings.unit, return_inverse=True)[1]
    many = np.flatnonzero(units.sizes[rows] > 1)
    copies = units.take(rows[many])
    label = np.repeat(ratings.label[many], copies.lengths)
    counts = copies.counts - (copies.codes == label)
    kept = counts > 0
    owner = np.repeat(np.arange(len(many)), copies.lengths)[kept]
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    reduced = Patterns(starts, copies.codes[kept], counts[kept], copies.units, units.n_labels)
    return units, rows, reduced
