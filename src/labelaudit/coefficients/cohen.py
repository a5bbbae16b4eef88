"""Cohen's kappa: two annotators, each with their own habits.

value = 1 - Do / De over the units that both labelled: Do = mean of d, De = p_1' D p_2 with
each annotator's own label shares. Weighted kappa is the same with weights or a distance.
Range [-1, 1]; undefined when both gave one and the same label throughout.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.distances import Distance, Nominal, Rows, cell_pairs
from labelaudit.coefficients.patterns import add_up
from labelaudit.coefficients.record import Coefficient
from labelaudit.coefficients.tally import FixedTally, Parts
from labelaudit.coefficients.unit_agreement import is_graded

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.coefficients.reading import Reading


@dataclass(frozen=True, slots=True, eq=False)
class TwoSides:
    """Half of d between label c of annotator 1 and label k of annotator 2, coded V + k.

    With S the counts of both, side by side, S'DS is then the sum of d over all pairs of a
    label of one and a label of the other.
    """

    distance: Distance
    n_labels: int

    def between(self, left: IntArray, right: IntArray) -> FloatArray:
        """Return d / 2 across sides and 0 within one."""
        v = self.n_labels
        across = (left < v) != (right < v)
        return np.asarray(np.where(across, self.distance.between(left % v, right % v) / 2, 0.0))

    def within(self, rows: Rows) -> FloatArray:
        """(P,) sum of d over the pairs of cells across sides."""
        total = np.zeros(len(rows))
        row_of = rows.row_of
        for left, right in cell_pairs(rows.starts, len(rows.codes)):
            d = self.between(rows.codes[left], rows.codes[right])
            total += add_up(row_of[left], rows.amounts[left] * rows.amounts[right] * d, len(rows))
        return 2 * total

    def against(self, totals: FloatArray, at: IntArray | None = None) -> FloatArray:
        """(2V,) for each label the other side's labels it is compared with."""
        one, other = totals[: self.n_labels], totals[self.n_labels :]
        sides = ((other, np.flatnonzero(one)), (one, np.flatnonzero(other)))
        return np.concatenate([self.distance.against(total, at) for total, at in sides]) / 2

    def widest(self, totals: FloatArray) -> float:
        """Return the widest distance between two labels that anybody gave."""
        return self.distance.widest(totals[: self.n_labels] + totals[self.n_labels :])


_SPARE = 4  # a table of pairs of labels may be this many times longer than the units


def pair_tally(ratings: Ratings, reading: Reading, *, by_unit: bool) -> FixedTally:
    """Return the sums over units that both of the two annotators labelled.

    Units with the same two labels are one row with their number as its weight, unless each
    unit is asked for.
    """
    (first, second), v = ratings.sides(), reading.n_labels
    distance = reading.distance or Nominal()
    if by_unit:
        return sides_tally(first, second, distance, v)
    if v**2 <= _SPARE * len(first):
        counts = np.bincount(first * v + second)
        pairs = np.flatnonzero(counts)
        units = counts[pairs]
    else:
        pairs, units = np.unique(first * v + second, return_counts=True)
    merged = sides_tally(pairs // v, pairs % v, distance, v)
    return replace(merged, weights=units.astype(np.float64))


def sides_tally(first: IntArray, second: IntArray, distance: Distance, n_labels: int) -> FixedTally:
    """Return the sums for the labels (U,) of one annotator and of the other."""
    units, sides = len(first), TwoSides(distance, n_labels)
    return FixedTally(
        sizes=np.ones(units),
        scalars=distance.between(first, second)[:, None],
        rows=Rows(
            np.arange(0, 2 * units, 2),
            np.stack([first, second + n_labels], axis=1).ravel(),
            np.ones(2 * units),
            2 * n_labels,
        ),
        weights=np.ones(units),
        chance=sides,
        parts=_parts,
        widest=sides.widest,
        graded=is_graded(distance, np.concatenate([first, second])),
    )


def _parts(n: FloatArray, scalars: FloatArray, spread: FloatArray) -> Parts:
    return scalars[..., 0] / n, spread / n**2


COHEN_KAPPA = Coefficient(
    name="cohen-kappa",
    title="How far do these two annotators agree beyond chance, each with their own habits?",
    source="Cohen (1960), Educational and Psychological Measurement 20(1), 37-46; weighted: "
    "Cohen (1968), Psychological Bulletin 70(4), 213-220",
    pair_tally=pair_tally,
    single_rated=False,
    annotators="two",
    published_se="delta-large-sample",
)
