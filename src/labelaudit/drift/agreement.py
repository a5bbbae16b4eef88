"""Has agreement dropped, and is it the work or the prevalence of the labels?

A coefficient corrected for chance falls when one label takes over, though everybody works
as well as before. So a drop is always read beside the raw disagreement: the change of
log(1 - coefficient) is the change of log observed disagreement (the work) less the change
of log expected disagreement (the prevalence).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.tails import normal_above, z_quantile
from labelaudit.drift.variation import ENDLESS, Usual
from labelaudit.outliers import null

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import IntArray
    from labelaudit.drift.variation import Measured
    from labelaudit.model import Estimate

Cause = Literal["quality-drop", "prevalence-effect", "unclear"]
MIN_UNITS = 50
MIN_DISAGREEMENTS = 5
LEVEL = 0.05
_WIDEST, _LEAST_ALIKE = 0.35, 3


@dataclass(frozen=True, slots=True)
class AgreementArm:
    """The agreement of one arm.

    Attributes
    ----------
    coefficient
        A coefficient that is 1 - observed / expected, with its standard error.
    raw
        `percent-agreement` on the same units, with its standard error.
    disagreeing_units
        How many units have two labels that differ.

    """

    coefficient: Estimate
    raw: Estimate
    disagreeing_units: int


@dataclass(frozen=True, slots=True)
class AgreementDrift:
    """How agreement changed between a baseline and a batch.

    Attributes
    ----------
    drop
        The deviation: `effect` is the batch's coefficient less the baseline's (negative is
        worse), `statistic` the z on log(1 - coefficient), `p` one-sided, small for a drop.
    ratio
        (1 - batch) / (1 - baseline): 2 is twice the disagreement, relative to chance.
    log_error
        The standard error of the logarithm of the ratio.
    raw_change
        Percent agreement of the batch less that of the baseline; not corrected for chance.
    raw_p
        One-sided p of a rise in raw disagreement; None where that cannot be told.
    from_prevalence
        Share of the change of log(1 - coefficient) that comes from the prevalence of the
        labels (expected disagreement); over 1 where raw disagreement even fell.
    cause
        "quality-drop", "prevalence-effect" or "unclear" where the drop has p below 0.05, else
        None.

    """

    drop: Deviation
    ratio: float | None = None
    log_error: float | None = None
    raw_change: float | None = None
    raw_p: float | None = None
    from_prevalence: float | None = None
    cause: Cause | None = None


def agreement_drift(baseline: AgreementArm, batch: AgreementArm) -> AgreementDrift:
    """Is agreement in the batch below that of the baseline, and why?

    z = (log(1 - a1) - log(1 - a0)) / sqrt(h1^2 + h0^2), h = se / (1 - a). Where the
    baseline has more units than the batch (n0 > n1) h1^2 is at least the mean of the batch's own
    and of h0^2 n0 / n1: a batch that drew few
    of a rare label has a low a and a small se at once. A drop with p < 0.05
    is a *quality-drop* when raw disagreement rose as well (one-sided p of its own log ratio <
    0.05). Otherwise it is a *prevalence-effect* when at least half of the change of log(1 - a)
    comes from expected disagreement, and *unclear* when less does.

    Parameters
    ----------
    baseline, batch
        The agreement of both.

    Returns
    -------
    AgreementDrift
        Not testable: `no-estimate` (a coefficient or its standard error is undefined),
        `too-few-units` (under 50 in an arm), `too-little-disagreement` (under 5 disagreeing
        units in an arm). The effect is given wherever both coefficients are defined.

    References
    ----------
    Feinstein & Cicchetti (1990), High agreement but low kappa, J. Clin. Epidemiol. 43, 543-549
    (the prevalence effect).

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> def arm(alpha, observed, expected):
    ...     made = Estimate(
    ...         "krippendorff-alpha",
    ...         "nominal",
    ...         alpha,
    ...         se=0.04,
    ...         observed=observed,
    ...         expected=expected,
    ...         units=300,
    ...     )
    ...     raw = Estimate("percent-agreement", "nominal", 1 - observed, se=0.02)
    ...     return AgreementArm(made, raw, disagreeing_units=40)
    >>> rare = agreement_drift(arm(0.74, 0.13, 0.50), arm(0.505, 0.13, 0.263))
    >>> rare.cause, round(rare.drop.p, 4), round(rare.from_prevalence, 2)
    ('prevalence-effect', 0.0001, 1.0)

    """
    old, new = baseline.coefficient, batch.coefficient
    if old.value is None or new.value is None:
        needs = "a defined coefficient in the baseline and in the batch"
        return AgreementDrift(not_testable("no-estimate", needs))
    fault = _fault(baseline, batch)
    effect, raw_change = new.value - old.value, _change(baseline.raw, batch.raw)
    if fault is not None:
        return AgreementDrift(not_testable(*fault, effect), raw_change=raw_change)
    _, ratio = log_ratio(old, new)
    error = math.hypot(log_error(old), _as_usual(old, new))
    z = ratio / error
    drop = Deviation(effect, *_ends(effect, old, new), z, None, normal_above(z))
    raw_p = _raw_p(baseline.raw, batch.raw)
    share = _from_prevalence(old, new, ratio)
    cause = _cause(drop, raw_p, share)
    return AgreementDrift(drop, math.exp(ratio), error, raw_change, raw_p, share, cause)


def _fault(baseline: AgreementArm, batch: AgreementArm) -> tuple[str, str] | None:
    if min(baseline.coefficient.units, batch.coefficient.units) < MIN_UNITS:
        needs = f"{MIN_UNITS} units with two labels or more in the baseline and in the batch"
        return "too-few-units", needs
    if min(baseline.disagreeing_units, batch.disagreeing_units) < MIN_DISAGREEMENTS:
        needs = f"{MIN_DISAGREEMENTS} units in disagreement in the baseline and in the batch"
        return "too-little-disagreement", needs
    if not (baseline.coefficient.se and batch.coefficient.se):
        return "no-estimate", "a standard error in the baseline and in the batch"
    return None


WIDEST = Usual(_WIDEST**2, _WIDEST**2, np.full(1, _WIDEST), 1.0, ENDLESS, 0)
"""The widest variation between batches that a drop of agreement is ever excused by."""


def usual_agreement(batches: Sequence[Measured], group: IntArray) -> Usual | None:
    """How much does log(1 - a) vary from batch to batch, beyond counting?

    tau^2 = max(0, s^2 - mean h^2), where s^2 is the variance of log(1 - a) around the medians
    of groups, over the batches that `outliers.null` keeps: those far below the others do not
    widen it. tau is at most 0.35: batches of which one in three lies 40% off are not alike,
    and no excuse for a further one. So it is as good as known, unlike that of `usual`.

    Returns
    -------
    Usual or None
        None with fewer than three batches.

    Examples
    --------
    >>> from labelaudit.drift.variation import Measured
    >>> def of(*values):
    ...     logs = [(np.log([1 - a]), (0.02 / (1 - a)) ** 2) for a in values]
    ...     seen = [Measured(at, own, 1.1 * own, 0.0) for at, own in logs]
    ...     return usual_agreement(seen, np.zeros(len(values), dtype=int)).between
    >>> round(of(0.8, 0.8, 0.79, 0.81, 0.8), 3), round(of(0.8, 0.6, 0.7, 0.75, 0.85), 4)
    (0.0, 0.1225)

    """
    if len(batches) < _LEAST_ALIKE:
        return None
    logs = np.array([one.at[0] for one in batches])
    counting = np.array([one.own for one in batches])
    for code in np.unique(group).tolist():
        logs[group == code] -= np.median(logs[group == code])
    kept = null(-logs, counting).kept
    seen = float(np.var(logs[kept], ddof=1)) if kept.sum() > 1 else 0.0
    tau2 = min(max(seen - float(counting[kept].mean()), 0.0), _WIDEST**2)
    return Usual(seen, tau2, np.full(1, math.sqrt(tau2)), 1.0, ENDLESS, int(kept.sum()))


def log_ratio(old: Estimate, new: Estimate) -> tuple[float, float]:
    """Return z and the log ratio of the two gaps 1 - value."""
    assert old.value is not None
    assert new.value is not None
    ratio = math.log((1 - new.value) / (1 - old.value))
    return ratio / math.hypot(log_error(old), log_error(new)), ratio


def log_error(of: Estimate) -> float:
    """Return h, the standard error of log(1 - value)."""
    return (of.se or 0.0) / (1 - (of.value or 0.0))


def _as_usual(old: Estimate, new: Estimate) -> float:
    """Return h of the batch, halfway to that of a batch of its size in a larger baseline."""
    share = old.units / new.units
    own, usual = log_error(new) ** 2, log_error(old) ** 2 * share
    return math.sqrt((own + max(own, usual)) / 2 if share > 1 else own)


def _ends(effect: float, old: Estimate, new: Estimate) -> tuple[float, float]:
    reach = z_quantile() * math.hypot(old.se or 0, new.se or 0)
    return effect - reach, effect + reach


def _change(old: Estimate, new: Estimate) -> float | None:
    return None if old.value is None or new.value is None else new.value - old.value


def _raw_p(old: Estimate, new: Estimate) -> float | None:
    if old.value is None or new.value is None or not (old.se and new.se):
        return None
    if max(old.value, new.value) >= 1:
        return None
    return normal_above(log_ratio(old, new)[0])


def _from_prevalence(old: Estimate, new: Estimate, ratio: float) -> float | None:
    if not (old.expected and new.expected) or ratio == 0:
        return None
    return -math.log(new.expected / old.expected) / ratio


def _cause(drop: Deviation, raw_p: float | None, share: float | None) -> Cause | None:
    if drop.p is None or drop.p >= LEVEL:
        return None
    if raw_p is None:
        return "unclear"
    if raw_p < LEVEL:
        return "quality-drop"
    return "prevalence-effect" if (share or 0.0) >= 1 / 2 else "unclear"
