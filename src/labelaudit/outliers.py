"""Who stands below the rest: a robust null for scores of unequal precision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients.patterns import FloatArray

_TO_SD = 1.4826
_HALF_TO_SD = 1.349  # a normal holds half of itself within 1.349 standard deviations
_FAR = 2.5
_DROP = -3.5
_ROUNDS = 5
_DF = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Null:
    """What people like the rest score: `centre`, everybody's `z`, and who was `kept` (A,)."""

    centre: float
    z: FloatArray
    kept: npt.NDArray[np.bool_]

    @property
    def p(self) -> FloatArray:
        """(A,) the lower tail of z, t with 15 df."""
        return np.asarray(stdtr(_DF, self.z), dtype=np.float64)


def null(scores: FloatArray, variances: FloatArray) -> Null:
    """Fit what people like the rest score, leaving out those who are clearly below.

    z_j = (x_j - median) / sqrt(tau^2 + v_j), where tau^2 = max(s^2 - median v, s^2 / 4) is
    the spread between people and s = 1.4826 MAD of the kept. First those are kept who are
    not 2.5 spreads under the shortest half; then those with z > -3.5, until nothing changes.
    So even a large share of people far below neither widens the null nor moves its centre.

    References
    ----------
    The shortest half: Rousseeuw & Leroy (1988), A robust scale estimator based on the
    shortest half, Statistica Neerlandica 42, 103-116.

    Examples
    --------
    >>> fitted = null(np.array([0.0, 0.01, -0.01, 0.02, -0.02, -0.5]), np.full(6, 1e-4))
    >>> fitted.centre, fitted.kept.tolist()
    (0.0, [True, True, True, True, True, False])

    """
    centre, z = 0.0, np.zeros(len(scores))
    kept = _near_the_shortest_half(scores)
    for _ in range(_ROUNDS if len(scores) else 0):
        centre = float(np.median(scores[kept]))
        spread = (_TO_SD * float(np.median(np.abs(scores[kept] - centre)))) ** 2
        between = max(spread - float(np.median(variances[kept])), spread / 4)
        scale = np.sqrt(between + variances)
        away = scores - centre
        certain = np.where(away == 0, 0.0, np.copysign(np.inf, away))
        z = np.divide(away, scale, out=certain, where=scale > 0)
        again = z > _DROP
        if (again == kept).all():
            break
        kept = again
    return Null(centre, z, kept)


def _near_the_shortest_half(scores: FloatArray) -> npt.NDArray[np.bool_]:
    """(A,) all but the scores far under the densest half of them."""
    ordered, half = np.sort(scores), len(scores) // 2 + 1
    if len(scores) < half:
        return np.ones(len(scores), dtype=bool)
    width = ordered[half - 1 :] - ordered[: len(scores) - half + 1]
    begin = int(width.argmin())
    middle, sd = ordered[begin] + width[begin] / 2, width[begin] / _HALF_TO_SD
    return np.asarray(scores >= middle - _FAR * sd)


def lower_tail(scores: FloatArray, variances: FloatArray) -> FloatArray:
    """How unlikely is a score this low among people who are like the rest?

    p is the lower t tail, 15 df, of the z of `null`.

    Parameters
    ----------
    scores
        (A,) one score a person, higher is better.
    variances
        (A,) sampling variance of each score.

    Returns
    -------
    FloatArray
        (A,) p-values in 0..1. Where there is no spread and no variance at all, a score at the
        centre has 1/2 and one below it 0.

    Examples
    --------
    >>> scores = np.array([0.0, 0.01, -0.01, 0.02, -0.02, -0.5])
    >>> lower_tail(scores, np.full(6, 1e-4)).round(3).tolist()
    [0.5, 0.745, 0.255, 0.901, 0.099, 0.0]

    """
    return null(scores, variances).p


def adjusted_p(p_values: FloatArray) -> FloatArray:
    """Return Benjamini-Hochberg adjusted p-values: at most q where the share of false ones is.

    Benjamini & Hochberg (1995), Controlling the false discovery rate, JRSS B 57(1).

    Examples
    --------
    >>> adjusted_p(np.array([0.01, 0.04, 0.03])).round(2).tolist()
    [0.03, 0.04, 0.04]

    """
    count = len(p_values)
    order = np.argsort(p_values)
    scaled = p_values[order] * count / np.arange(1, count + 1)
    adjusted = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    result = np.empty(count)
    result[order] = adjusted
    return result
