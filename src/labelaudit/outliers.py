"""Who stands below the rest: a robust null for scores of unequal precision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from labelaudit.medians import median

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients.patterns import FloatArray

_TO_SD = 1.4826
_HALF_TO_SD = 1.349  # a normal holds half of itself within 1.349 standard deviations
_FAR = 2.5
_DROP = -3.5
_ROUNDS = 5
_DF = 15.0
_PER_DF, _PER_DF_BY_MAD = 2.5, 4.0  # people for each degree of freedom behind their spread
_QN = 2.2219
_QN_FEW = (1.0, 1.0, 0.399, 0.994, 0.512, 0.844, 0.611, 0.857, 0.669, 0.872)
_FEW = 30  # people up to whom all pairs are held against each other


@dataclass(frozen=True, slots=True, eq=False)
class Null:
    """What people like the rest score.

    Attributes
    ----------
    centre
        The median score of those kept.
    z, df
        (A,) everybody's distance from it in standard deviations, and the degrees of freedom
        behind those, 1 to 15.
    kept
        (A,) who counts as the rest.

    """

    centre: float
    z: FloatArray
    df: FloatArray
    kept: npt.NDArray[np.bool_]

    @property
    def p(self) -> FloatArray:
        """(A,) the lower t tail of z."""
        return np.asarray(stdtr(self.df, self.z), dtype=np.float64)


def null(scores: FloatArray, variances: FloatArray) -> Null:
    """Fit what people like the rest score, leaving out those who are clearly below.

    z_j = (x_j - median) / sqrt(tau^2 + v_j), where tau^2 = max(s^2 - median v, s^2 / 4) is
    the spread between people and s the larger of two robust ones of the n kept: 1.4826 MAD
    n/(n - 0.8), which two crews apart do not deceive, and, for 30 people or fewer, Q_n = 2.2219
    d_n times the lower quartile of the distances between two, which wastes less. First those are
    kept who are not 2.5 spreads under the shortest half; then those with z > -3.5, until
    nothing changes. So even many people far below neither widen the null nor move its centre.
    df = (tau^2 + v_j)^2 / (tau^4 / m), m = n/2.5 of few and n/4 of many, at most 15: few people
    tell little of their spread.

    References
    ----------
    The shortest half and its correction for few people: Rousseeuw & Leroy (1987), Robust
    Regression and Outlier Detection; Q_n: Rousseeuw & Croux (1993), Alternatives to the median
    absolute deviation, JASA 88, 1273-1283; the corrections of both for few people: Croux &
    Rousseeuw (1992), Time-efficient algorithms for two highly robust estimators of scale,
    COMPSTAT 1; the degrees of freedom of a sum: Satterthwaite (1946), Biometrics Bulletin 2(6),
    110-114.

    Examples
    --------
    >>> fitted = null(np.array([0.0, 0.01, -0.01, 0.02, -0.02, -0.5]), np.full(6, 1e-4))
    >>> fitted.centre, fitted.kept.tolist(), fitted.df.round(1).tolist()
    (0.0, [True, True, True, True, True, False], [3.9, 3.9, 3.9, 3.9, 3.9, 3.9])

    """
    fitted = Null(0.0, np.zeros(len(scores)), np.full(len(scores), _DF), _start(scores))
    for _ in range(_ROUNDS if len(scores) else 0):
        fitted = _against(fitted.kept, scores, variances)
        again = fitted.z > _DROP
        if (again == fitted.kept).all():
            break
        fitted = replace(fitted, kept=again)
    return fitted


def _against(kept: npt.NDArray[np.bool_], scores: FloatArray, variances: FloatArray) -> Null:
    """Hold every score against those kept."""
    people = int(kept.sum())
    centre = median(scores[kept])
    spread = _scale(scores[kept]) ** 2
    between = max(spread - median(variances[kept]), spread / 4)
    total, away = between + variances, scores - centre
    certain = np.where(away == 0, 0.0, np.copysign(np.inf, away))
    z = np.divide(away, np.sqrt(total), out=certain, where=total > 0)
    share = np.divide(between, total, out=np.ones(len(scores)), where=total > 0)
    told = max(min(people, _FEW) / _PER_DF, people / _PER_DF_BY_MAD)
    df = told / np.maximum(share, 1e-6) ** 2
    return Null(centre, z, np.clip(df, 1.0, _DF), kept)


def _scale(scores: FloatArray) -> float:
    """Return a robust standard deviation that wastes little where people are few."""
    people = len(scores)
    few = people / max(people - 0.8, 0.5)
    usual = _TO_SD * few * float(np.median(np.abs(scores - np.median(scores))))
    return max(usual, _pairwise(scores)) if 2 <= people <= _FEW else usual


def _pairwise(scores: FloatArray) -> float:
    """Return Q_n, corrected for few people."""
    people = len(scores)
    first, second = np.triu_indices(people, 1)
    half = people // 2 + 1
    place = half * (half - 1) // 2 - 1
    near = float(np.partition(np.abs(scores[first] - scores[second]), place)[place])
    if people < len(_QN_FEW):
        return _QN * _QN_FEW[people] * near
    return _QN * people / (people + (1.4 if people % 2 else 3.8)) * near


def _start(scores: FloatArray) -> npt.NDArray[np.bool_]:
    """(A,) all but the scores far under the densest half of them."""
    people, half = len(scores), len(scores) // 2 + 1
    if people < half or people < 2:
        return np.ones(people, dtype=bool)
    ordered = np.sort(scores)
    width = ordered[half - 1 :] - ordered[: people - half + 1]
    begin = int(width.argmin())
    sd = width[begin] / _HALF_TO_SD * (1 + 5 / (people - 1))
    return np.asarray(scores >= ordered[begin] + width[begin] / 2 - _FAR * sd)


def lower_tail(scores: FloatArray, variances: FloatArray) -> FloatArray:
    """How unlikely is a score this low among people who are like the rest?

    p is the lower t tail of the z of `null`, at most 15 df.

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
    [0.5, 0.689, 0.311, 0.826, 0.174, 0.0]

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
