"""Distances that a team brings along: a matrix, or a function of two labels.

A distance must be symmetric, never negative, and 0 between a label and itself; anything
else is refused, since the formulas would return a number that means nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.distances import Pairwise
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from labelaudit.coefficients.patterns import FloatArray, IntArray

_ROUNDING = 1e-12
MAX_LABELS = 2_000
"""A function is called once per pair of labels seen: beyond this the labels are refused."""


def from_matrix(matrix: FloatArray, n_labels: int, where: str) -> Pairwise:
    """Return the distance of a (V, V) matrix.

    Raises
    ------
    UsageError
        If it is not V x V, not symmetric, negative, not finite, or its diagonal not 0.

    """
    d = np.asarray(matrix, dtype=np.float64)
    if d.shape != (n_labels, n_labels):
        problem = f"expected a {n_labels} x {n_labels} matrix, one row per label; got {d.shape}"
        raise UsageError(where, problem)
    _refuse(where, "not finite", ~np.isfinite(d))
    _refuse(where, "disagreement is negative", d < 0)
    _refuse(where, "not symmetric", np.abs(d - d.T) > _ROUNDING * np.abs(d).max(initial=1.0))
    _refuse(where, "a label disagrees with itself", np.diag(np.diag(d) != 0))
    return Pairwise(lambda left, right: d[left, right])


def from_function(
    function: Callable[[object, object], float],
    labels: Sequence[object] | FloatArray,
    seen: IntArray,
) -> Pairwise:
    """Return the distance of a function, called for every ordered pair of labels seen.

    Raises
    ------
    UsageError
        If more than `MAX_LABELS` labels were seen, or its values are no distance.

    """
    if len(seen) > MAX_LABELS:
        problem = f"a function is called for each pair of labels; {len(seen)} were given"
        raise UsageError("distance", problem, next_step=f"at most {MAX_LABELS} distinct labels")
    table = [[float(function(labels[c], labels[k])) for k in seen] for c in seen]
    among = from_matrix(np.array(table), len(seen), "distance")
    place = np.zeros(len(labels), dtype=np.int64)
    place[seen] = np.arange(len(seen))
    return Pairwise(lambda left, right: among.between(place[left], place[right]))


def _refuse(where: str, problem: str, wrong: npt.NDArray[np.bool_]) -> None:
    if wrong.any():
        cells = [f"labels {c} and {k}" for c, k in np.argwhere(wrong)[:5]]
        raise UsageError(where, problem, examples=cells, count=int(wrong.sum()))
