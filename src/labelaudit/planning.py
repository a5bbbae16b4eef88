"""How many labels a decision needs: from a pilot's own variance to "label N more items"."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from scipy.special import ndtri, stdtrit

if TYPE_CHECKING:
    from labelaudit.model import Estimate


def units_needed(
    estimate: Estimate, floor: float, target: float, consumer_risk: float, producer_risk: float
) -> int | None:
    """How many units does a batch at the target need to clear the floor?

    n* = V ((z_a + z_b) / ln((1 - floor) / (1 - target)))^2 with V = n se^2 / (1 - value)^2,
    the variance that one unit adds on the scale log(1 - coefficient). None where the
    estimate has no standard error or the target does not lie above the floor.

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> pilot = Estimate("krippendorff-alpha", "nominal", value=0.8, se=0.04, units=100)
    >>> units_needed(pilot, 0.667, 0.8, 0.05, 0.10)
    132

    """
    per_unit = unit_variance(estimate)
    if per_unit is None or not floor < target < 1:
        return None
    return units_at(per_unit, floor, target, consumer_risk, producer_risk)


def unit_variance(estimate: Estimate) -> float | None:
    """How much variance does one unit add on the scale log(1 - coefficient)? V = n h^2.

    None where the estimate has no standard error, or saw no disagreement.
    """
    if estimate.value is None or estimate.se is None or estimate.value >= 1:
        return None
    return estimate.units * (estimate.se / (1 - estimate.value)) ** 2


def units_at(
    per_unit: float, floor: float, target: float, consumer_risk: float, producer_risk: float
) -> int:
    """Return n* for units that add the variance `per_unit`; the target lies above the floor."""
    reach = math.log((1 - floor) / (1 - target))
    z = _quantile(consumer_risk) + _quantile(producer_risk)
    return math.ceil(per_unit * (z / reach) ** 2)


def flawless_units_needed(estimate: Estimate, floor: float, consumer_risk: float) -> int | None:
    """How many units without any disagreement clear the floor?

    n = ln(a) / ln(1 - (1 - floor) / r), from the exact bound 1 - r (1 - a^(1/n)), where r is
    the widest distance over the expected one. None where the estimate saw disagreement.

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> seen = Estimate("krippendorff-alpha", "nominal", 1.0, low=0.38, df=10, units=10)
    >>> flawless_units_needed(seen, 0.667, 0.05)
    17

    """
    if estimate.value != 1 or estimate.low is None or not estimate.df:
        return None
    shown = 1 - ((1 - estimate.confidence) / 2) ** (1 / estimate.df)
    room = (1 - floor) * shown / (1 - estimate.low)
    return math.ceil(math.log(consumer_risk) / math.log1p(-room)) if 0 < room < 1 else 1


def gold_needed(
    floor: float,
    target: float,
    consumer_risk: float,
    producer_risk: float,
    *,
    rho: float = 0.0,
    annotators: int = 1,
) -> int | None:
    """How many gold answers tell the target from the floor, when people err alike?

    n = f (1 - rho) / (1 - f rho / A) for A annotators with intraclass correlation rho, where
    f = ((z_a sqrt(p0 q0) + z_b sqrt(p1 q1)) / (p1 - p0))^2 independent answers would do (the
    normal approximation). None where no number is enough: where f rho / A >= 1, or where the
    target does not lie above the floor.

    Examples
    --------
    >>> gold_needed(0.90, 0.95, 0.05, 0.10)
    239
    >>> gold_needed(0.90, 0.95, 0.05, 0.10, rho=0.03, annotators=12)
    576
    >>> gold_needed(0.90, 0.95, 0.05, 0.10, rho=0.10, annotators=12) is None
    True

    """
    if not floor < target <= 1:
        return None
    independent = _independent(floor, target, consumer_risk, producer_risk)
    left = 1 - independent * rho / annotators
    return math.ceil(independent * (1 - rho) / left) if left > 0 else None


def annotators_needed(
    floor: float, target: float, consumer_risk: float, producer_risk: float, rho: float
) -> int | None:
    """How many annotators must give gold answers, at the very least? More than f rho.

    Examples
    --------
    >>> annotators_needed(0.90, 0.95, 0.05, 0.10, rho=0.10)
    24

    """
    if not floor < target <= 1:
        return None
    return math.floor(_independent(floor, target, consumer_risk, producer_risk) * rho) + 1


def gold_planned(
    floor: float,
    target: float,
    consumer_risk: float,
    producer_risk: float,
    *,
    rho: float = 0.0,
    annotators: int = 1,
) -> int | None:
    """How many gold answers does the gate's own bound need, of these annotators?

    As `gold_needed`, with f first corrected for continuity, f (1 + sqrt(1 + 2 / (f (p1 -
    p0))))^2 / 4 (Casagrande, Pike & Smith 1978), then times (t / z)^2 with A - 1 degrees,
    as Korn-Graubard takes a t quantile. Simulated power .86 to .91 where .90 is asked for.

    Examples
    --------
    >>> gold_planned(0.90, 0.95, 0.05, 0.10, rho=0.03, annotators=24)
    420
    >>> gold_planned(0.90, 0.95, 0.05, 0.10, rho=0.10, annotators=24) is None
    True

    """
    if not floor < target <= 1:
        return None
    goal = floor, target, consumer_risk, producer_risk
    independent = _bounded_answers(*goal, annotators)
    left = 1 - independent * rho / annotators
    return math.ceil(independent * (1 - rho) / left) if left > 0 else None


def annotators_planned(
    floor: float, target: float, consumer_risk: float, producer_risk: float, rho: float
) -> int | None:
    """How many annotators must answer so that some number of answers decides? See `gold_planned`.

    Examples
    --------
    >>> annotators_planned(0.90, 0.95, 0.05, 0.10, rho=0.10)
    28

    """
    people = annotators_needed(floor, target, consumer_risk, producer_risk, rho)
    goal = floor, target, consumer_risk, producer_risk
    while people is not None and gold_planned(*goal, rho=rho, annotators=people) is None:
        people += 1
    return people


def _bounded_answers(
    floor: float, target: float, consumer_risk: float, producer_risk: float, annotators: int
) -> float:
    plain = _independent(floor, target, consumer_risk, producer_risk)
    steps = plain / 4 * (1 + math.sqrt(1 + 2 / (plain * (target - floor)))) ** 2
    if annotators < 2:
        return steps
    return steps * float(stdtrit(annotators - 1, 1 - consumer_risk) / _quantile(consumer_risk)) ** 2


def _independent(floor: float, target: float, consumer_risk: float, producer_risk: float) -> float:
    spread = _quantile(consumer_risk) * math.sqrt(floor * (1 - floor)) + _quantile(
        producer_risk
    ) * math.sqrt(target * (1 - target))
    return (spread / (target - floor)) ** 2


def likeness(estimate: Estimate) -> float:
    """How alike do answers of one annotator err? The intraclass correlation rho, 0 to 1.

    From the design effect of the estimate itself, deff = n se^2 / (p q) = 1 + (n/A - 1) rho;
    0 where it cannot be told (nobody erred, or one answer from each annotator).

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> likeness(Estimate("gold-accuracy", "nominal", 0.9, se=0.06, annotations=100, annotators=10))
    0.333...

    """
    p, n, people = estimate.value, estimate.annotations, estimate.annotators or 1
    if p is None or estimate.se is None or not 0 < p < 1 or n <= people:
        return 0.0
    effect = n * estimate.se**2 / (p * (1 - p))
    return min(max((effect - 1) / (n / people - 1), 0.0), 1.0)


def _quantile(risk: float) -> float:
    return float(ndtri(1 - risk))
