"""The bootstrap over resampling units, drawn pattern by pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.resampling import value_of
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.coefficients.tally import Tally

_CELLS = 1 << 22  # draws x patterns held in memory at a time
_RARE = 5  # patterns of at most so many units are cheaper to draw unit by unit


def bootstrap(tally: Tally, replicates: int, seed: int | None) -> FloatArray:
    """(B,) values of draws of the resampling units with replacement; NaN where undefined.

    Units of one pattern are drawn together: counts ~ Multinomial(U, weights / U), which is
    the ordinary bootstrap over units, not an approximation of it.

    Raises
    ------
    UsageError
        Without a seed.

    """
    if seed is None:
        raise UsageError("seed", "the bootstrap needs one, so that its result can be repeated")
    urn = _Urn.of(tally.weights)
    rng = np.random.default_rng(seed)
    height = max(1, _CELLS // len(tally.weights))
    sizes = [min(height, replicates - first) for first in range(0, replicates, height)]
    return np.concatenate([value_of(tally.resampled(urn.drawn(rng, size))) for size in sizes])


@dataclass(frozen=True, slots=True, eq=False)
class _Urn:
    """Frequent patterns, drawn by their counts, and the single units of the rare ones."""

    n_patterns: int
    frequent: IntArray  # codes of patterns
    shares: FloatArray  # of each frequent pattern, and of all rare units together
    rare: npt.NDArray[np.int32]  # the pattern of each rare unit
    total: int

    @classmethod
    def of(cls, weights: FloatArray) -> _Urn:
        units = np.rint(weights).astype(np.int64)
        frequent = np.flatnonzero(units > _RARE)
        few = np.flatnonzero(units <= _RARE)
        rare = np.repeat(few.astype(np.int32), units[few])
        counts = np.append(units[frequent], len(rare)).astype(np.float64)
        return cls(len(units), frequent, counts / counts.sum(), rare, int(units.sum()))

    def drawn(self, rng: np.random.Generator, size: int) -> FloatArray:
        """(size, G) how often each pattern is drawn."""
        counts = rng.multinomial(self.total, self.shares, size=size)
        draws = np.zeros((size, self.n_patterns))
        draws[:, self.frequent] = counts[:, :-1]
        for row, number in enumerate(counts[:, -1].tolist()):
            if number:
                at = rng.integers(0, len(self.rare), number, dtype=np.int32)
                draws[row] += np.bincount(self.rare[at], minlength=self.n_patterns)
        return draws
