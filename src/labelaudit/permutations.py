"""Permutation tests of a difference: what would shuffling the units have given?

They assume nothing about intervals, so they cross-check the t tests of `comparisons`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.estimating import reading_for
from labelaudit.coefficients.patterns import distinct, stack
from labelaudit.coefficients.resampling import value_of
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    import numpy.typing as npt
    from scipy.sparse import csr_array

    from labelaudit.coefficients import (
        Coefficient,
        FloatArray,
        IntArray,
        Patterns,
        Ratings,
        Spec,
    )
    from labelaudit.coefficients.tally import Tally

_CELLS = 1 << 22  # draws held in memory at a time
_ROUNDING = 1e-9


def permutation_test(
    coefficient: Coefficient,
    first: Patterns,
    second: Patterns,
    spec: Spec,
    *,
    seed: int,
    replicates: int = 1_000,
) -> float:
    """How often would dealing the units out at random differ as much? Different units.

    Returns
    -------
    float
        Two-sided p-value (1 + number of draws at least as far apart) / (1 + replicates),
        so never 0. Draws that leave a side undefined count as far apart.

    References
    ----------
    Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9(1).

    """
    parts = [_usable(coefficient, first), _usable(coefficient, second)]
    patterns, code = distinct(stack(parts))
    tally = _tally(coefficient, patterns, spec)
    own = np.bincount(code[: len(parts[0])], parts[0].units, len(patterns))[None, :]
    rng = np.random.default_rng(seed)
    draws = []
    for size in _sizes(replicates, len(patterns)):
        dealt = rng.multivariate_hypergeometric(
            patterns.units, int(own.sum()), size, method="marginals"
        )
        draws.append(_gap(tally, dealt, patterns.units - dealt))
    return _p_value(_gap(tally, own, patterns.units - own), np.concatenate(draws))


def paired_permutation_test(
    coefficient: Coefficient,
    first: Ratings,
    second: Ratings,
    spec: Spec,
    *,
    seed: int,
    replicates: int = 1_000,
) -> float:
    """How often would swapping the sides of each unit at random differ as much? Same units.

    Units that one side alone labelled stay where they are. Returns a p-value as
    `permutation_test` does.
    """
    sides = [first.unit_patterns(), second.unit_patterns()]
    patterns, code = distinct(stack(sides))
    tally = _tally(coefficient, patterns, spec)
    usable = np.ones(len(patterns), bool) if coefficient.single_rated else patterns.sizes >= 2
    one, other = code[: len(sides[0])], code[len(sides[0]) :]
    _, at_one, at_other = np.intersect1d(first.units(), second.units(), return_indices=True)
    swap = _Swaps.of(one[at_one], other[at_other], len(patterns))
    left = np.bincount(one, minlength=len(patterns))[None, :]
    right = np.bincount(other, minlength=len(patterns))[None, :]
    rng = np.random.default_rng(seed)
    draws = []
    for size in _sizes(replicates, len(patterns) + len(swap.counts)):
        moved = swap.drawn(rng, size)
        draws.append(_gap(tally, (left + moved)[:, usable], (right - moved)[:, usable]))
    return _p_value(_gap(tally, left[:, usable], right[:, usable]), np.concatenate(draws))


@dataclass(frozen=True, slots=True, eq=False)
class _Swaps:
    """Shared units by their pattern on one side and on the other (K kinds, P patterns)."""

    counts: IntArray  # (K,) units of each kind
    step: csr_array  # (K, P) what a swapped unit adds to the first side

    @classmethod
    def of(cls, one: IntArray, other: IntArray, n_patterns: int) -> _Swaps:
        from scipy.sparse import csr_array

        kinds, counts = np.unique(one * n_patterns + other, return_counts=True)
        out, into = np.divmod(kinds, n_patterns)
        rows = np.tile(np.arange(len(kinds)), 2)
        steps = np.repeat([1.0, -1.0], len(kinds))
        shape = (len(kinds), n_patterns)
        return cls(counts, csr_array((steps, (rows, np.concatenate([into, out]))), shape=shape))

    def drawn(self, rng: np.random.Generator, size: int) -> FloatArray:
        """(size, P) what the first side gains when each unit swaps with probability 1/2."""
        swapped = rng.binomial(self.counts, 0.5, (size, len(self.counts)))
        return np.asarray((self.step.T @ swapped.T.astype(np.float64)).T)


def _usable(coefficient: Coefficient, patterns: Patterns) -> Patterns:
    return patterns if coefficient.single_rated else patterns.pairable()


def _tally(coefficient: Coefficient, patterns: Patterns, spec: Spec) -> Tally:
    if coefficient.tally is None:
        problem = "can only be permuted by comparing counts of labels"
        raise UsageError(coefficient.name, problem, next_step="compare_paired")
    reading = reading_for(coefficient, patterns, spec)
    return coefficient.tally(_usable(coefficient, patterns), reading)


def _gap(tally: Tally, left: npt.NDArray[np.generic], right: npt.NDArray[np.generic]) -> FloatArray:
    sides = [value_of(tally.resampled(side.astype(np.float64))) for side in (left, right)]
    return np.asarray(np.abs(sides[0] - sides[1]))


def _sizes(replicates: int, width: int) -> list[int]:
    height = max(1, _CELLS // width)
    whole, rest = divmod(replicates, height)
    return [height] * whole + ([rest] if rest else [])


def _p_value(seen: FloatArray, draws: FloatArray) -> float:
    far = ~(draws < seen[0] * (1 - _ROUNDING))
    return float((1 + far.sum()) / (1 + len(draws)))
