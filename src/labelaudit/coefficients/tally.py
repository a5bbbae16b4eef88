"""Tallies: the sums over units that a coefficient is a function of.

Every coefficient is `1 - observed / expected`, and both parts depend on the data only
through sums over units. Knowing the sums of each row (a pattern, a unit or a cluster of
units), the coefficient without that row costs one subtraction: that is the closed-form
jackknife, and the bootstrap is one matrix product.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from labelaudit.coefficients.distances import Rows, forms
from labelaudit.coefficients.patterns import add_up
from labelaudit.dots import dot

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.coefficients.distances import Distance
    from labelaudit.coefficients.patterns import FloatArray, IntArray

_STEP = 1e-30j
Parts = tuple["FloatArray", "FloatArray"]
"""(observed, expected) disagreement, as numbers or as arrays of one shape."""


class Tally(Protocol):
    """Sums per row (G rows), and the parts of the coefficient that follow from them."""

    @property
    def weights(self) -> FloatArray:
        """(G,) how many equal resampling units (units or clusters) a row stands for."""
        ...

    @property
    def graded(self) -> bool:
        """Whether some disagreements count more than others."""
        ...

    @property
    def disagreement(self) -> tuple[FloatArray, FloatArray]:
        """(G,), (G,) per row: its weight in the observed part, and its sum of disagreement."""
        ...

    def total(self) -> tuple[float, float]:
        """Return observed and expected disagreement of the whole data."""
        ...

    def without(self) -> Parts:
        """(G,), (G,) the parts after deleting one resampling unit of each row."""
        ...

    def resampled(self, draws: FloatArray) -> Parts:
        """(B,), (B,) the parts when row g is taken `draws[b, g]` times."""
        ...

    def influence(self) -> Parts | None:
        """(G,), (G,) derivatives of the parts toward one more unit; None if unknown."""
        ...

    def grouped(self, group: IntArray) -> Tally:
        """Return the tally of whole clusters, given the cluster (G,) of each row."""
        ...

    def reach(self) -> float:
        """Return how far 1 - value would go if every unit disagreed as widely as possible."""
        ...


@dataclass(frozen=True, eq=False)
class FixedTally:
    """A tally for distances that do not depend on the data.

    Attributes
    ----------
    sizes
        (G,) what a row weighs in the denominator of the observed disagreement.
    scalars
        (G, K) further sums per row.
    rows
        (G rows) sparse vectors v over the labels; their chance sum is S'DS, S = sum v.
    weights
        (G,) resampling units per row.
    chance
        D of the chance term, or None where the data does not enter it.
    parts
        (total sizes, total scalars (..., K), S'DS) -> (observed, expected).
    widest
        D of the observed part; tells the largest disagreement that could have been seen.
    correction
        The factor that takes a small-sample correction out of the expected part.
    graded
        Whether some disagreements count more than others.

    """

    sizes: FloatArray
    scalars: FloatArray
    rows: Rows
    weights: FloatArray
    chance: Distance | None
    parts: Callable[[FloatArray, FloatArray, FloatArray], Parts]
    widest: Callable[[FloatArray], float]
    correction: float = 1.0
    graded: bool = False

    @property
    def disagreement(self) -> tuple[FloatArray, FloatArray]:
        """(G,), (G,) sizes, and the first of the scalars."""
        return self.sizes, self.scalars[:, 0]

    def total(self) -> tuple[float, float]:
        """Return observed and expected disagreement of the whole data."""
        size, scalars, vector = self._sums
        spread = np.asarray(vector @ self.chance.against(vector) if self.chance else 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            observed, expected = self.parts(size, scalars, spread)
        return float(observed), float(expected)

    def without(self) -> Parts:
        """(G,), (G,) by E' = E - 2 x.DS + x'Dx."""
        size, scalars, vector = self._sums
        spread = np.zeros(len(self.sizes))
        if self.chance:
            toward = self.chance.against(vector)
            loss = 2 * self.rows.per_row(self.rows.amounts * toward[self.rows.codes])
            spread = vector @ toward - loss + self.chance.within(self.rows)
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.parts(size - self.sizes, scalars - self.scalars, spread)

    def resampled(self, draws: FloatArray) -> Parts:
        """(B,), (B,) from draws (B, G)."""
        spread = np.zeros(len(draws))
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.chance:
                spread = forms(self.chance, self.rows.mixed(draws))
            return self.parts(draws @ self.sizes, draws @ self.scalars, spread)

    def influence(self) -> Parts:
        """(G,), (G,) exact derivatives: the parts' answer to a tiny imaginary step."""
        size, scalars, vector = self._sums
        spread, toward = np.zeros(len(self.sizes)), np.zeros(len(vector))
        if self.chance:
            toward = self.chance.against(vector)
            spread = 2 * self.rows.per_row(self.rows.amounts * toward[self.rows.codes])
        observed, expected = self.parts(
            size + _STEP * self.sizes,
            scalars + _STEP * self.scalars,
            vector @ toward + _STEP * spread,
        )
        return observed.imag / _STEP.imag, expected.imag / _STEP.imag

    def grouped(self, group: IntArray) -> FixedTally:
        """Add the rows of each cluster up; each cluster then stands for itself."""
        n_groups = int(group.max()) + 1
        columns = [self.sizes, *self.scalars.T]
        sums = [add_up(group, column * self.weights, n_groups) for column in columns]
        scalars = np.stack(sums[1:], axis=1) if len(sums) > 1 else np.zeros((n_groups, 0))
        rows = group_rows(self.rows, self.weights, group)
        ones = np.ones(n_groups)
        return replace(self, sizes=sums[0], scalars=scalars, rows=rows, weights=ones)

    def reach(self) -> float:
        """Return the widest distance over the expected part, uncorrected."""
        _, expected = self.total()
        return self.widest(self._sums[2]) / (expected * self.correction)

    @cached_property
    def _sums(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        weights = self.weights
        return dot(weights, self.sizes), dot(weights, self.scalars), self.rows.totals(weights)


def kish(sizes: FloatArray, weights: FloatArray) -> float:
    """Return how many equal units tell as much as these: (sum s)^2 / sum s^2."""
    return float(dot(weights, sizes) ** 2 / dot(weights, sizes**2))


def group_rows(rows: Rows, weights: FloatArray, group: IntArray) -> Rows:
    """Add sparse rows up by group; every group 0..max must own at least one cell."""
    cell_group = group[rows.row_of]
    key, inverse = np.unique(cell_group * rows.n_labels + rows.codes, return_inverse=True)
    amounts = add_up(inverse, rows.amounts * weights[rows.row_of], len(key))
    owner = key // rows.n_labels
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    return Rows(starts, key - owner * rows.n_labels, amounts, rows.n_labels)
