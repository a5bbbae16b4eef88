"""Distances between two label mixes. Total variation is the one to read; the rest are known.

Every function takes two (V,) vectors of shares that sum to 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray

_FLOOR = 1e-4


def total_variation(p: FloatArray, q: FloatArray) -> float:
    """What share of the labels would have to change for one mix to become the other?

    TV = 1/2 sum |p - q|, in 0..1.

    Examples
    --------
    >>> round(total_variation(np.array([0.5, 0.5]), np.array([0.8, 0.2])), 3)
    0.3

    """
    return float(np.abs(p - q).sum()) / 2


def hellinger(p: FloatArray, q: FloatArray) -> float:
    """sqrt(1 - sum sqrt(p q)), in 0..1.

    Examples
    --------
    >>> round(hellinger(np.array([0.5, 0.5]), np.array([0.8, 0.2])), 3)
    0.227

    """
    return float(np.sqrt(max(0.0, 1 - float(np.sqrt(p * q).sum()))))


def jensen_shannon(p: FloatArray, q: FloatArray) -> float:
    """Return the square root of the base-2 Jensen-Shannon divergence, in 0..1.

    Lin (1991), Divergence measures based on the Shannon entropy, IEEE Trans. Inf. Theory 37.

    Examples
    --------
    >>> round(jensen_shannon(np.array([0.5, 0.5]), np.array([0.8, 0.2])), 3)
    0.27

    """
    middle = (p + q) / 2
    return float(np.sqrt(max(0.0, (_relative_bits(p, middle) + _relative_bits(q, middle)) / 2)))


def _relative_bits(p: FloatArray, q: FloatArray) -> float:
    some = p > 0
    return float((p[some] * np.log2(p[some] / q[some])).sum())


def psi(p: FloatArray, q: FloatArray) -> float:
    """Return the population stability index, for comparison with other tools only.

    PSI = sum (q - p) ln(q / p), shares floored at 1e-4; 0 and up, unbounded. Its customary
    limits (.1, .2) are loud for small batches and deaf for large ones.

    Examples
    --------
    >>> round(psi(np.array([0.5, 0.5]), np.array([0.8, 0.2])), 3)
    0.416

    """
    first, second = np.maximum(p, _FLOOR), np.maximum(q, _FLOOR)
    return float(((second - first) * np.log(second / first)).sum())
