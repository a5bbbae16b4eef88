"""How often two labels meet on one unit, for every pair of labels that meet at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray, Patterns


_REACH = 64


@dataclass(frozen=True, slots=True)
class PairSums:
    """Sums over units for one pair of labels; x, s and t are a unit's own shares.

    x is the share of the unit's pairs of answers that differ between the two labels, s and t
    the shares that are both the first and both the second.
    """

    differing: float
    total: float
    squares: dict[str, float]
    units: int
    both: int
    of: int

    def variance(self, rate: float) -> float:
        """Return the linearised variance of differing / total over units, at this rate."""
        sums = self.squares
        squared = (
            (1 - rate) ** 2 * sums["xx"]
            + rate**2 * (sums["ss"] + sums["tt"] + 2 * sums["st"])
            - 2 * rate * (1 - rate) * (sums["xs"] + sums["xt"])
        )
        return self.of / max(self.of - 1, 1) * max(squared, 0.0) / self.total**2


@dataclass(frozen=True, slots=True, eq=False)
class LabelPairs:
    """Within-unit meetings of labels.

    Attributes
    ----------
    keys
        (K,) first label * V + second label of the pairs that meet on a unit, ascending.
    meetings
        (K, 5) sums over their units of x, xx, xs, xt, st.
    both
        (K,) units that show both labels.
    single
        (3, V) sums over units of s, of ss, and the units with s > 0.
    alike
        (K,) how many of `both` have s > 0, plus how many have t > 0.
    n_labels, units
        V, and the units with two labels or more.

    """

    keys: IntArray
    meetings: FloatArray
    both: IntArray
    single: FloatArray
    alike: IntArray
    n_labels: int
    units: int

    def sums(self, first: int, second: int) -> PairSums:
        """Return the sums of one pair of labels."""
        at = int(np.searchsorted(self.keys, first * self.n_labels + second))
        met = at < len(self.keys) and self.keys[at] == first * self.n_labels + second
        x, xx, xs, xt, st = self.meetings[at].tolist() if met else [0.0] * 5
        s, ss, with_s = self.single[:, first].tolist()
        t, tt, with_t = self.single[:, second].tolist()
        both = int(self.both[at]) if met else 0
        # A unit tells if it has a pair of answers among the two labels: s, t or x above 0.
        units = with_s + with_t + both - (int(self.alike[at]) if met else 0)
        squares = {"xx": xx, "ss": ss, "tt": tt, "st": st, "xs": xs, "xt": xt}
        return PairSums(x, x + s + t, squares, int(units), both, self.units)


def label_pairs(patterns: Patterns) -> LabelPairs:
    """Add up the meetings of labels over the units of these patterns."""
    usable = patterns.pairable()
    v, sizes = usable.n_labels, usable.sizes
    row = np.repeat(np.arange(len(usable)), usable.lengths)
    share = 2 / (sizes * (sizes - 1)).astype(np.float64)
    same = share[row] * usable.counts * (usable.counts - 1) / 2
    weight = usable.cell_units.astype(np.float64)
    single = np.stack(
        [np.bincount(usable.codes, weight * each, v) for each in (same, same**2, same > 0)]
    )
    left, right = _cells(row)
    key, slot = np.unique(usable.codes[left] * v + usable.codes[right], return_inverse=True)
    x = share[row[left]] * usable.counts[left] * usable.counts[right]
    s, t, w = same[left], same[right], weight[left]
    columns = (x, x * x, x * s, x * t, s * t)
    meetings = np.column_stack([np.bincount(slot, w * each, len(key)) for each in columns])
    both = np.bincount(slot, w, len(key)).astype(np.int64)
    alike = np.bincount(slot, w * ((s > 0).astype(float) + (t > 0)), len(key)).astype(np.int64)
    return LabelPairs(
        key,
        meetings.astype(np.float64),
        both,
        single.astype(np.float64),
        alike,
        v,
        int(usable.units.sum()),
    )


def _cells(row: IntArray) -> tuple[IntArray, IntArray]:
    """(Q,), (Q,) positions of pairs of cells of one pattern, the smaller code first.

    Of a unit with more than 64 different labels, only pairs less than 64 labels apart.
    """
    first, second = [row[:0]], [row[:0]]
    for lag in range(1, min(_REACH, len(row))):
        together = np.flatnonzero(row[:-lag] == row[lag:])
        if len(together) == 0:
            break
        first.append(together)
        second.append(together + lag)
    return np.concatenate(first), np.concatenate(second)
