"""Bounds of an estimate at any level, from the estimate's own fields.

Reports ask for both ends, gates for one end at the level of their look. Both come from
here, so a report and a gate can never disagree about an estimate.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from labelaudit.coefficients.patterns import FloatArray
    from labelaudit.model import Estimate, Side

    Bound = FloatArray | float | None

JACKKNIFE_LOG = "jackknife-log"
EXACT = "exact-no-disagreement"
ALIKE = "exact-all-alike"
KORN_GRAUBARD = "korn-graubard"
CLOPPER_PEARSON = "clopper-pearson"
T_LOGIT = "t-logit"
FISHER_Z = "jackknife-fisher-z"
LINEARISED = "linearised"
_ROUNDING = 1e-9
"""A design effect of one is squared from a root, and may come back a little above one."""


def one_sided(estimate: Estimate, side: Side, level: float) -> float | None:
    """Return the bound that holds with confidence `level`, or None where there is none.

    Parameters
    ----------
    estimate
        An estimate made by this package; its `method` says how the bound is made.
    side
        "lower" for a bound from below, "upper" for one from above.
    level
        Confidence of this one bound, above 0.5 and below 1.

    Returns
    -------
    float or None
        - `jackknife-log`: 1 - (1 - value) exp(+/- t se / (1 - value)), t with `df` degrees.
        - `exact-no-disagreement`: from below 1 - r (1 - (1 - level)^(1/df)), with df units
          of which none disagreed and r the widest distance over the expected one; above 1.
        - `exact-all-alike`: from above 1 - r (1 - level)^(1/df), with df units of the same
          disagreement and r that over the largest expected one; below the least value.
        - `korn-graubard`: Clopper-Pearson on `annotations` / design effect, with df + 1
          clusters. `clopper-pearson`: on df trials. `t-logit`: t on the logit scale.
        - `jackknife-fisher-z`: t on artanh(value). `linearised`: value -/+ t se.
        - None for `bootstrap-percentile`, which has no bound at other levels.

    Notes
    -----
    A coefficient whose two-sided interval is withheld (`interval_undefined`) for want of
    units or disagreement keeps its bound from below, which stays valid there and is what
    lets a nearly perfect batch pass; it gives no bound from above, so it cannot fail.

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> sure = Estimate("gold-accuracy", "nominal", value=1.0, df=20.0, method="clopper-pearson")
    >>> one_sided(sure, "lower", 0.95)
    0.860...

    """
    (bound,) = bounds_at(estimate, side, (level,))
    return bound


def bounds_at(estimate: Estimate, side: Side, levels: Sequence[float]) -> tuple[float | None, ...]:
    """Return the bound of `one_sided` at each of several levels: one call costs as much as one.

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> sure = Estimate("gold-accuracy", "nominal", value=1.0, df=20.0, method="clopper-pearson")
    >>> [round(bound, 3) for bound in bounds_at(sure, "lower", (0.95, 0.995))]
    [0.861, 0.767]

    """
    none = (None,) * len(levels)
    if estimate.value is None or estimate.method is None:
        return none
    if estimate.interval_undefined is not None and side == "upper":
        return none
    name = next((name for name in _MAKERS if estimate.method.startswith(name)), None)
    error = 1 - np.array(levels, dtype=np.float64)
    made = None if name is None else _MAKERS[name](estimate, side, error)
    if made is None:
        return none
    found = np.broadcast_to(made, error.shape).tolist()
    return tuple(bound if math.isfinite(bound) else None for bound in found)


def with_interval(estimate: Estimate) -> Estimate:
    """Return the estimate with both ends filled in at its own confidence."""
    level = (1 + estimate.confidence) / 2
    low, high = one_sided(estimate, "lower", level), one_sided(estimate, "upper", level)
    return replace(estimate, low=low, high=high)


def _jackknife_log(estimate: Estimate, side: Side, error: FloatArray) -> Bound:
    if estimate.value is None or estimate.se is None or estimate.df is None:
        return None
    apart = 1 - estimate.value
    step = special.stdtrit(estimate.df, 1 - error) * estimate.se / apart
    bound = 1 - apart * np.exp(step if side == "lower" else -step)
    least = 0.0 if estimate.coefficient == "percent-agreement" else -np.inf
    return np.asarray(np.maximum(least, bound))


def _fisher_z(estimate: Estimate, side: Side, error: FloatArray) -> Bound:
    value = estimate.value
    if value is None or estimate.se is None or estimate.df is None or value <= -1:
        return None
    step = special.stdtrit(estimate.df, 1 - error) * estimate.se / (1 - value**2)
    return np.asarray(np.tanh(np.arctanh(value) + (-step if side == "lower" else step)))


def _linearised(estimate: Estimate, side: Side, error: FloatArray) -> Bound:
    if estimate.value is None or estimate.se is None or estimate.df is None:
        return None
    step = special.stdtrit(estimate.df, 1 - error) * estimate.se
    return np.asarray(np.minimum(1.0, estimate.value + (-step if side == "lower" else step)))


def _exact(estimate: Estimate, side: Side, error: FloatArray) -> Bound:
    if estimate.low is None or estimate.df is None:
        return None
    shown = 1 - _tail(estimate) ** (1 / estimate.df)
    reach = (1 - estimate.low) / shown
    return 1.0 if side == "upper" else 1 - reach * (1 - error ** (1 / estimate.df))


def _alike(estimate: Estimate, side: Side, error: FloatArray) -> Bound:
    if estimate.high is None or estimate.df is None or side == "lower":
        return estimate.low
    share, shown = (e ** (1 / estimate.df) for e in (error, _tail(estimate)))
    return 1 - (1 - estimate.high) / shown * share


def _tail(estimate: Estimate) -> float:
    return (1 - estimate.confidence) / 2


def exact_gap(reach: float, units: float, error: float) -> float:
    """Return the largest 1 - value still possible when `units` units showed no disagreement."""
    return reach * float(1 - error ** (1 / units))


def _korn_graubard(estimate: Estimate, side: Side, error: FloatArray) -> Bound:
    if estimate.value is None or estimate.df is None:
        return None
    return _binomial(estimate.value, effective_answers(estimate, error), side, error)


def effective_answers(estimate: Estimate, error: FloatArray) -> FloatArray:
    """Return how many independent answers the gold answers of several people are worth."""
    n, p, se = float(estimate.annotations), estimate.value or 0.0, estimate.se or 0.0
    plain = p * (1 - p) / n
    effect = se**2 / plain if plain > 0 else 1.0
    if estimate.df is None or estimate.method != KORN_GRAUBARD or effect <= 1 + _ROUNDING:
        return np.full_like(error, n)
    wider = special.stdtrit(estimate.df, 1 - error) / special.ndtri(1 - error)
    return np.asarray(n / (effect * wider**2))


def _clopper_pearson(estimate: Estimate, side: Side, error: FloatArray) -> Bound:
    if estimate.value is None or estimate.df is None:
        return None
    return _binomial(estimate.value, estimate.df, side, error)


def _t_logit(estimate: Estimate, side: Side, error: FloatArray) -> Bound:
    if estimate.value is None or estimate.se is None or estimate.df is None:
        return None
    p, se, df = (np.array(number) for number in (estimate.value, estimate.se, estimate.df))
    low, high = logit_ends(p, se, df, error)
    return low if side == "lower" else high


def logit_ends(
    p: FloatArray, se: FloatArray, df: FloatArray, error: FloatArray | float
) -> tuple[FloatArray, FloatArray]:
    """Return the bounds from below and above of shares p, each with its own error and df."""
    step = special.stdtrit(df, 1 - error) * se / (p * (1 - p))
    centre = special.logit(p)
    low, high = (np.asarray(special.expit(end)) for end in (centre - step, centre + step))
    return low, high


def binomial_bound(p: float, n: float, side: Side, error: float) -> float:
    """Return the Clopper-Pearson bound for p n successes in n trials (n may be a fraction)."""
    return float(_binomial(p, n, side, np.array(error)))


def _binomial(p: float, n: FloatArray | float, side: Side, error: FloatArray) -> FloatArray | float:
    k = p * n
    if side == "lower":
        return np.asarray(special.betaincinv(k, n - k + 1, error)) if p > 0 else 0.0
    return np.asarray(special.betaincinv(k + 1, n - k, 1 - error)) if p < 1 else 1.0


_MAKERS: dict[str, Callable[[Estimate, Side, FloatArray], Bound]] = {
    JACKKNIFE_LOG: _jackknife_log,
    FISHER_Z: _fisher_z,
    LINEARISED: _linearised,
    EXACT: _exact,
    ALIKE: _alike,
    KORN_GRAUBARD: _korn_graubard,
    CLOPPER_PEARSON: _clopper_pearson,
    T_LOGIT: _t_logit,
}
"""Method -> its bound. A method's name may be followed by its resampling units."""
