"""Distances between labels, as the two sums over whole arrays that every formula needs.

A distance d_ck is 0 where c = k and never negative. The formulas never ask for a V x V
matrix; they ask for x'Dx of many sparse rows x (`within`) and for Dn (`against`). Nominal
and interval distances answer from moments, in time linear in the cells; every other
distance goes through pairs of labels, a block at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from labelaudit.coefficients.patterns import add_up, row_lengths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from labelaudit.coefficients.patterns import FloatArray, IntArray

BLOCK = 1 << 20
"""How many pairs of labels are held in memory at a time."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Sparse rows x_p over labels: P rows, Z cells, V labels; amounts are not negative."""

    starts: IntArray
    codes: IntArray
    amounts: FloatArray
    n_labels: int

    def __len__(self) -> int:
        """Return P."""
        return len(self.starts)

    @cached_property
    def lengths(self) -> IntArray:
        """(P,) cells of each row."""
        return row_lengths(self.starts, len(self.codes))

    @cached_property
    def row_of(self) -> IntArray:
        """(Z,) the row each cell stands in."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def per_row(self, cells: FloatArray) -> FloatArray:
        """Sum (Z,) over the cells of each row: (P,)."""
        return np.add.reduceat(cells, self.starts) if len(self) else np.zeros(0)

    def totals(self, weights: FloatArray) -> FloatArray:
        """(V,) the rows added up, row p taken `weights[p]` times."""
        taken = self.amounts * np.repeat(weights, self.lengths)
        return add_up(self.codes, taken, self.n_labels)

    def mixed(self, draws: FloatArray) -> FloatArray:
        """(B, V) the rows added up, row p taken `draws[b, p]` times."""
        from scipy.sparse import csr_array

        ends = np.append(self.starts, len(self.codes))
        matrix = csr_array((self.amounts, self.codes, ends), shape=(len(self), self.n_labels))
        return np.asarray((matrix.T @ draws.T).T)


def forms(distance: Distance, dense: FloatArray) -> FloatArray:
    """(R,) x'Dx of the rows of a dense (R, V) array."""
    height, width = dense.shape
    codes = np.tile(np.arange(width), height)
    return distance.within(Rows(np.arange(height) * width, codes, dense.ravel(), width))


class Distance(Protocol):
    """What a coefficient asks of a distance between labels (D is V x V, never built)."""

    def between(self, left: IntArray, right: IntArray) -> FloatArray:
        """Return d elementwise for two arrays of label codes that broadcast."""
        ...

    def within(self, rows: Rows) -> FloatArray:
        """(P,) x'Dx of each row: its disagreement over all ordered pairs of labels."""
        ...

    def against(self, totals: FloatArray, at: IntArray | None = None) -> FloatArray:
        """(V,) D @ totals, right for the labels `at`: those with a total when omitted."""
        ...

    def widest(self, totals: FloatArray) -> float:
        """Return the largest distance between two labels with a total above 0."""
        ...


@dataclass(frozen=True, slots=True)
class Nominal:
    """d = 1 between any two different labels."""

    def between(self, left: IntArray, right: IntArray) -> FloatArray:
        """Return 1 where the codes differ."""
        return np.asarray(left != right, dtype=np.float64)

    def within(self, rows: Rows) -> FloatArray:
        """(P,) m^2 - sum x^2."""
        return np.asarray(rows.per_row(rows.amounts) ** 2 - rows.per_row(rows.amounts**2))

    def against(self, totals: FloatArray, at: IntArray | None = None) -> FloatArray:
        """(V,) n - n_c."""
        return np.asarray(totals.sum() - totals)

    def widest(self, totals: FloatArray) -> float:
        """Return 1."""
        return 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """d = (y_c - y_k)^2 for the numbers y (V,) behind the labels.

    Sums are taken about a centre, so that 1e12 + 1 keeps its last digit.
    """

    values: FloatArray

    def between(self, left: IntArray, right: IntArray) -> FloatArray:
        """Return the squared difference."""
        return np.asarray((self.values[left] - self.values[right]) ** 2)

    def within(self, rows: Rows) -> FloatArray:
        """(P,) 2 (m q - s^2), with s and q about each row's own mean."""
        y = self.values[rows.codes]
        m = rows.per_row(rows.amounts)
        mean = rows.per_row(rows.amounts * y) / np.where(m > 0, m, 1.0)  # a row may be empty
        y = y - np.repeat(mean, rows.lengths)
        s = rows.per_row(rows.amounts * y)
        return np.asarray(2 * (m * rows.per_row(rows.amounts * y**2) - s**2))

    def against(self, totals: FloatArray, at: IntArray | None = None) -> FloatArray:
        """(V,) sum_k n_k (y_c - y_k)^2 by moments about the mean."""
        y = self._centred(totals)
        s, q = totals @ y, totals @ y**2
        return np.asarray(totals.sum() * y**2 - 2 * y * s + q)

    def widest(self, totals: FloatArray) -> float:
        """Return (largest - smallest)^2."""
        seen = self.values[totals > 0]
        return float(np.ptp(seen)) ** 2

    def _centred(self, totals: FloatArray) -> FloatArray:
        y = self.values - self.values[np.argmax(totals > 0)]
        return np.asarray(y - (totals @ y) / totals.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Pairwise:
    """Any distance, given elementwise for arrays of label codes."""

    elementwise: Callable[[IntArray, IntArray], FloatArray]

    def between(self, left: IntArray, right: IntArray) -> FloatArray:
        """Return d elementwise."""
        return self.elementwise(left, right)

    def within(self, rows: Rows) -> FloatArray:
        """(P,) twice the sum over the unordered pairs of cells of each row."""
        total = np.zeros(len(rows))
        row_of = rows.row_of
        for left, right in cell_pairs(rows.starts, len(rows.codes)):
            d = self.between(rows.codes[left], rows.codes[right])
            pair = rows.amounts[left] * rows.amounts[right] * d
            total += add_up(row_of[left], pair, len(rows))
        return 2 * total

    def against(self, totals: FloatArray, at: IntArray | None = None) -> FloatArray:
        """(V,) by blocks of rows over the labels seen."""
        seen = np.flatnonzero(totals)
        result = np.zeros(len(totals))
        for rows in _row_blocks(seen if at is None else at, len(seen)):
            result[rows] = self.between(rows[:, None], seen[None, :]) @ totals[seen]
        return result

    def widest(self, totals: FloatArray) -> float:
        """Return the largest entry, by blocks of rows."""
        seen = np.flatnonzero(totals > 0)
        blocks = _row_blocks(seen, len(seen))
        return max(float(self.between(rows[:, None], seen[None, :]).max()) for rows in blocks)


def ratio(values: FloatArray) -> Pairwise:
    """Return ((y_c - y_k) / (y_c + y_k))^2 for numbers y >= 0, 0 between two zeros."""

    def between(left: IntArray, right: IntArray) -> FloatArray:
        a, b = values[left], values[right]
        total = a + b
        return np.asarray(((a - b) / np.where(total > 0, total, 1.0)) ** 2)

    return Pairwise(between)


def cell_pairs(starts: IntArray, n_cells: int) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield every pair of cells i < j that share a row, in blocks of about `BLOCK` pairs."""
    lengths = row_lengths(starts, n_cells)
    partners = np.repeat(starts + lengths, lengths) - np.arange(n_cells) - 1
    reached = np.cumsum(partners)
    first = 0
    while first < n_cells:
        done = reached[first] - partners[first]
        last = max(int(np.searchsorted(reached, done + BLOCK, side="right")), first + 1)
        left = np.repeat(np.arange(first, last), partners[first:last])
        begin = np.cumsum(partners[first:last]) - partners[first:last]
        step = np.arange(len(left)) - np.repeat(begin, partners[first:last])
        yield left, left + 1 + step
        first = last


def _row_blocks(rows: IntArray, width: int) -> Iterator[IntArray]:
    height = max(1, BLOCK // max(width, 1))
    for first in range(0, len(rows), height):
        yield rows[first : first + height]
