"""Products of long vectors, a piece at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_PIECE = 1 << 13


def dot(weights: FloatArray, values: FloatArray) -> FloatArray:
    """Return weights (N,) @ values (N,) or (N, K).

    Of longer vectors than a piece, libraries share the product out among threads: it then
    waits for them where a machine is busy, and its last digit depends on how many there are.

    Examples
    --------
    >>> float(dot(np.ones(20_000), np.full(20_000, 0.5)))
    10000.0

    """
    if len(weights) <= _PIECE:
        return np.asarray(weights @ values)
    ends = range(0, len(weights), _PIECE)
    parts = [weights[end : end + _PIECE] @ values[end : end + _PIECE] for end in ends]
    return np.asarray(np.sum(parts, axis=0))
