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

    n* = V ((z_a + z_b) / ln((1 - floor) / (1 - target)))^2 with V the variance that one unit
    adds at the target on the scale log(1 - coefficient). None where the estimate has no
    standard error or the target does not lie above the floor.

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> pilot = Estimate("krippendorff-alpha", "nominal", value=0.8, se=0.04, units=100)
    >>> units_needed(pilot, 0.667, 0.8, 0.05, 0.10)
    132

    """
    if not floor < target < 1:
        return None
    per_unit = unit_variance(estimate, target)
    if per_unit is None:
        return None
    return units_at(per_unit, floor, target, consumer_risk, producer_risk)


def unit_variance(estimate: Estimate, goal: float | None = None) -> float | None:
    """How much variance does one unit add on the scale log(1 - coefficient)? V = n h^2.

    At a goal above the estimate disagreement is rarer and no milder: (V + 1) (1 - coefficient)
    stays what it is, as in the plan from a label mix. None where the estimate has no standard
    error, or saw no disagreement.

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> pilot = Estimate("krippendorff-alpha", "nominal", value=0.7, se=0.06, units=100)
    >>> round(unit_variance(pilot), 3), round(unit_variance(pilot, 0.8), 3)
    (4.0, 6.5)

    """
    if estimate.value is None or estimate.se is None or estimate.value >= 1:
        return None
    h = estimate.se / (1 - estimate.value)
    own = estimate.units * h * h
    if goal is None or not estimate.value < goal < 1:
        return own
    return (own + 1) * (1 - estimate.value) / (1 - goal) - 1


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


def independent_answers(
    floor: float, target: float, consumer_risk: float, producer_risk: float
) -> float:
    """How many independent gold answers tell the target from the floor? f, not rounded.

    f = ((z_a sqrt(p0 q0) + z_b sqrt(p1 q1)) / (p1 - p0))^2, the normal approximation.

    Examples
    --------
    >>> math.ceil(independent_answers(0.90, 0.95, 0.05, 0.10))
    239

    """
    spread = _quantile(consumer_risk) * math.sqrt(floor * (1 - floor)) + _quantile(
        producer_risk
    ) * math.sqrt(target * (1 - target))
    return (spread / (target - floor)) ** 2


def clustered_answers(independent: float, rho: float, annotators: int) -> float | None:
    """How many answers are worth so many independent ones, when people err alike?

    n = f (1 - rho) / (1 - f rho / A) for A annotators with intraclass correlation rho. None
    where no number is enough, where f rho / A >= 1: more annotators are needed, not answers.

    Examples
    --------
    >>> clustered_answers(239.0, 0.03, 12)
    575.9...
    >>> clustered_answers(239.0, 0.10, 12) is None
    True

    """
    left = 1 - independent * rho / annotators
    return independent * (1 - rho) / left if left > 0 else None


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
    return math.floor(independent_answers(floor, target, consumer_risk, producer_risk) * rho) + 1


def gold_planned(
    floor: float,
    target: float,
    consumer_risk: float,
    producer_risk: float,
    *,
    rho: float = 0.0,
    annotators: int = 1,
    lot: int | None = None,
) -> int | None:
    """How many gold answers does the gate's own bound need, of these annotators?

    `clustered_answers` of f, which is first corrected for continuity, f (1 + sqrt(1 + 2 / (f
    (p1 - p0))))^2 / 4 (Casagrande, Pike & Smith 1978), then times (t / z)^2 with A - 1
    degrees, as Korn-Graubard takes a t quantile. Simulated power .86 to .91 where .90 is
    asked for. None where no number is enough, or the target does not lie above the floor.
    Where they are drawn at random from a lot of so many answers the variance shrinks by 1 - n /
    lot: fewer are enough, and all of them always are.

    Examples
    --------
    >>> gold_planned(0.90, 0.95, 0.05, 0.10, rho=0.03, annotators=24)
    420
    >>> gold_planned(0.90, 0.95, 0.05, 0.10, rho=0.03, annotators=24, lot=500)
    204
    >>> gold_planned(0.90, 0.95, 0.05, 0.10, rho=0.10, annotators=24) is None
    True

    """
    if not floor < target <= 1:
        return None
    goal = floor, target, consumer_risk, producer_risk
    independent = _bounded_answers(*goal, annotators)
    if lot is not None:
        return min(math.ceil(_answers_in_lot(independent, rho, annotators, lot)), lot)
    answers = clustered_answers(independent, rho, annotators)
    return None if answers is None else math.ceil(answers)


def _answers_in_lot(independent: float, rho: float, annotators: int, lot: int) -> float:
    """Solve n = f (1 - n / N) (1 - rho + n rho / A) for n: the larger root is the only one."""
    likeness_of_one = independent * rho / annotators
    linear = 1 + independent * (1 - rho) / lot - likeness_of_one
    whole = independent * (1 - rho)
    return 2 * whole / (linear + math.sqrt(linear**2 + 4 * whole * likeness_of_one / lot))


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
    plain = independent_answers(floor, target, consumer_risk, producer_risk)
    steps = plain / 4 * (1 + math.sqrt(1 + 2 / (plain * (target - floor)))) ** 2
    if annotators < 2:
        return steps
    return steps * float(stdtrit(annotators - 1, 1 - consumer_risk) / _quantile(consumer_risk)) ** 2


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


def planned(
    estimate: Estimate,
    floor: float,
    target: float | None,
    consumer_risk: float,
    producer_risk: float,
    lot: int | None = None,
) -> int | None:
    """How many units, or answers on gold, does a batch like this need for a decision?

    At its target, or as good as it looks where that is better. None where it looks no better
    than its floor and has no target, and where only more annotators help.

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> pilot = Estimate("krippendorff-alpha", "nominal", value=0.8, se=0.04, units=100)
    >>> planned(pilot, 0.667, 0.8, 0.05, 0.10), planned(pilot, 0.667, None, 0.05, 0.10)
    (132, 132)

    """
    if estimate.value is None:
        return None
    goal = floor, max(estimate.value, target or 0.0), consumer_risk, producer_risk
    if estimate.coefficient == "gold-accuracy":
        people = estimate.annotators or 1
        return gold_planned(*goal, rho=likeness(estimate), annotators=people, lot=lot)
    if estimate.value == 1:
        return flawless_units_needed(estimate, floor, consumer_risk)
    return units_needed(estimate, *goal)


def _quantile(risk: float) -> float:
    return float(ndtri(1 - risk))
