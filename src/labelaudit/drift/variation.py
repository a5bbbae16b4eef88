"""How far apart do batches lie when nothing is wrong, and does one stand out from that?

Contents, hours and moods differ from batch to batch, so that honest batches differ by more
than counting explains. A test that knows of counting alone names half of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.tails import f_above

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray

LEAST_BATCHES = 4
"""With fewer, how much batches vary is as good as unknown."""
_LEAST_ALIKE = 3
_LEAST_IN_ORDER, _ORDERED = 6, -2.326
ENDLESS = 1e9
"""Degrees of freedom of a variance that is as good as known."""
_TINY = 1e-12
_TO_SD, _FEW = 1.4826, 0.8  # a median absolute deviation as a standard deviation, of few
_FAR, _BY_COUNTING = 4.2, 0.42  # three standard deviations of a half-normal; that of counting


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A batch beside its baseline, before it is known how much batches vary.

    Attributes
    ----------
    at
        (V,) where the batch lies: its accuracy, a logarithm, or its label shares, each
        divided by the root of what is usual for the label.
    own
        The variance of counting within the batch, summed over V.
    total
        The same of the difference from the baseline.
    squared
        The squared difference from the baseline, summed over V.
    df1, df2
        Degrees of freedom of `squared / total`.

    """

    at: FloatArray
    own: float
    total: float
    squared: float
    df1: float = 1.0
    df2: float = ENDLESS


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """How much batches vary where nothing is wrong.

    Attributes
    ----------
    seen
        Their variance as it was seen, summed over V; it holds that of counting.
    between
        tau^2: what is left of it without counting.
    sd
        (V,) the standard deviations between batches that tau^2 is made of.
    df1, df
        Over how many directions it is spread, and how well it is known.
    batches
        How many batches tell it.

    """

    seen: float
    between: float
    sd: FloatArray
    df1: float
    df: float
    batches: int


def usual(batches: Sequence[Measured], group: IntArray) -> Usual | None:
    """How much do these batches vary around the mean of their group, beyond counting?

    tau^2 = max(0, (Q - sum a f v) / sum a f) with Q = sum a |y - m_g|^2, a = 1 / (v + t),
    f = 1 - a / sum_g a, and t the same tau^2 from equal weights. Batches about three standard
    deviations or more from the median of their group do not count: what stands out is no part
    of the usual. Where batches that follow each other are more alike than batches at large, the
    steps between them tell it instead, so that a change in mid-course does not hide itself.

    Parameters
    ----------
    batches
        n batches in which nothing is known to be wrong, in their order.
    group
        (n,) codes: each group (a vendor) has a mean of its own.

    Returns
    -------
    Usual or None
        None with fewer than three batches that are alike, or two once groups have their means.

    References
    ----------
    DerSimonian & Kacker (2007), Random-effects model for meta-analysis of clinical trials: an
    update, Contemporary Clinical Trials 28, 105-114 (the two-step estimate); Croux & Rousseeuw
    (1992), Time-efficient algorithms for two highly robust estimators of scale, COMPSTAT 1;
    von Neumann (1941), Distribution of the ratio of the mean square successive difference to
    the variance, Annals of Mathematical Statistics 12, 367-395.

    Examples
    --------
    >>> seen = [Measured(np.array([y]), 0.01, 0.012, 0.0) for y in (0.1, 0.5, -0.4, 0.2, -0.3)]
    >>> found = usual(seen, np.zeros(5, dtype=int))
    >>> round(found.seen, 3), round(found.between, 3), found.df1, round(found.df)
    (0.137, 0.127, 1.0, 4)

    """
    if len(batches) < _LEAST_ALIKE:
        return None
    y, v = np.array([one.at for one in batches]), np.array([one.own for one in batches])
    kept = _alike(y, v, group)
    y, v, group = y[kept], v[kept], np.unique(group[kept], return_inverse=True)[1]
    if len(y) - int(group.max()) < _LEAST_ALIKE:
        return None
    order = np.argsort(group, kind="stable")
    y, v, group = y[order], v[order], group[order]
    if _moved(y, group):
        return _by_steps(y, v, group)
    first = _moments(y, v, group, np.ones(len(y)))
    return _moments(y, v, group, 1 / np.maximum(v + first.between, _TINY))


def _alike(y: FloatArray, v: FloatArray, group: IntArray) -> npt.NDArray[np.bool_]:
    """(n,) which batches lie no farther from the median of their group than the others do."""
    apart = np.empty(len(y))
    for code in np.unique(group).tolist():
        own = group == code
        apart[own] = np.linalg.norm(y[own] - np.median(y[own], axis=0), axis=1)
    return _near(apart / np.sqrt(v + max(float(np.median(v)), _TINY)))


def _near(scaled: FloatArray) -> npt.NDArray[np.bool_]:
    """(n,) which distances are no longer than the others, or than counting makes them."""
    middle = float(np.median(scaled))
    few = len(scaled) / (len(scaled) - _FEW)
    spread = _TO_SD * few * float(np.median(np.abs(scaled - middle)))
    return np.asarray(scaled <= middle + _FAR * max(spread, _BY_COUNTING))


def _moments(y: FloatArray, v: FloatArray, group: IntArray, weight: FloatArray) -> Usual:
    """Return the spread around the weighted means of groups, by the method of moments."""
    whole = np.bincount(group, weight)
    mean = np.array([np.bincount(group, weight * each) for each in y.T]).T / whole[:, None]
    root = np.sqrt(weight)[:, None] * (y - mean[group])
    free = weight * (1 - weight / whole[group])
    many = float((whole**2 / np.bincount(group, weight**2)).sum()) - len(whole)
    counted = float(free @ v) / float(free.sum())
    return _told(root.T @ root / free.sum(), counted, max(many, 1.0), len(y))


def _told(scatter: FloatArray, counted: float, many: float, batches: int) -> Usual:
    """Return the spread of `many` free differences, and what is left of it without counting."""
    seen = float(np.trace(scatter))
    between = max(0.0, seen - counted)
    squares = float((scatter**2).sum())
    df1 = seen**2 / squares if squares > 0 else 1.0
    sd = np.sqrt(np.diag(scatter) * (between / seen if seen > 0 else 0.0))
    return Usual(seen, between, sd, df1, many * df1, batches)


def _moved(y: FloatArray, group: IntArray) -> bool:
    """Say whether batches that follow each other are more alike than batches at large.

    The ratio of von Neumann, sum |y_t - y_(t-1)|^2 / sum |y_t - m|^2, is 2 where order means
    nothing, with variance 4 (n - 2) / (n^2 - 1), and small after a step or along a trend.
    """
    next_to = np.flatnonzero(group[1:] == group[:-1])
    means = np.array([np.bincount(group, each) for each in y.T]).T
    means /= np.bincount(group)[:, None]
    whole = float(((y - means[group]) ** 2).sum())
    many = len(next_to) + 1
    if many < _LEAST_IN_ORDER or whole <= 0:
        return False
    ratio = float(((y[next_to + 1] - y[next_to]) ** 2).sum()) / whole
    return (ratio - 2) / float(np.sqrt(4 * (many - 2) / (many**2 - 1))) < _ORDERED


def _by_steps(y: FloatArray, v: FloatArray, group: IntArray) -> Usual:
    """Return the spread by the steps from batch to batch, which one change hardly widens."""
    next_to = np.flatnonzero(group[1:] == group[:-1])
    steps, counted = y[next_to + 1] - y[next_to], v[next_to + 1] + v[next_to]
    scale = np.sqrt(counted + max(float(np.median(counted)), _TINY))
    kept = _near(np.linalg.norm(steps, axis=1) / scale)
    steps, many = steps[kept], int(kept.sum())
    scatter = steps.T @ steps / (2 * many)
    return _told(scatter, float(counted[kept].mean()) / 2, max(many * 2 / 3, 1.0), len(y))


@dataclass(frozen=True, slots=True)
class Judged:
    """The test of one batch against what is usual: F, its degrees of freedom, its tail."""

    statistic: float
    df1: float
    df2: float
    p: float


def judged(one: Measured, known: Usual, baseline: Sequence[int]) -> Judged:
    """Does a batch differ from its baseline by more than counting and the usual explain?

    F = squared / (total + tau^2 (1 + h)), with h = sum n^2 / (sum n)^2 over the batches of the
    baseline, which differ as well. Both degrees of freedom by Satterthwaite, those below as if
    all that was seen between batches were tau^2, so that few batches are never too sure, and
    at least those of what was seen.

    References
    ----------
    Satterthwaite (1946), An approximate distribution of estimates of variance components,
    Biometrics Bulletin 2(6), 110-114; Higgins, Thompson & Spiegelhalter (2009), A
    re-evaluation of random-effects meta-analysis, JRSS A 172, 137-159 (a further batch).

    Examples
    --------
    >>> one = Measured(np.array([1.0]), 0.01, 0.012, 1.0)
    >>> steady = Usual(0.01, 0.0, np.zeros(1), 1.0, 4.0, 5)
    >>> moody = Usual(0.137, 0.127, np.full(1, 0.36), 1.0, 4.0, 5)
    >>> [round(judged(one, known, [100] * 5).p, 3) for known in (steady, moody)]
    [0.001, 0.069]

    """
    sizes = np.asarray(baseline, dtype=np.float64)
    several = 1 + float((sizes**2).sum()) / float(sizes.sum()) ** 2
    within, between = one.total, known.between * several
    whole = within + between
    spread = within / np.sqrt(one.df1) + between / np.sqrt(known.df1)
    below = within**2 / one.df2 + (known.seen * several) ** 2 / known.df
    df1, df2 = float((whole / spread) ** 2), max(whole**2 / below, min(known.df, one.df2))
    statistic = one.squared / whole
    return Judged(statistic, df1, df2, f_above(statistic, df1, df2))
