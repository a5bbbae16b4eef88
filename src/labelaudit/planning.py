"""How many labels a decision needs: from a pilot's own variance to "label N more items"."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from scipy.special import ndtri

if TYPE_CHECKING:
    from labelaudit.model import Estimate


def units_needed(
    estimate: Estimate, floor: float, target: float, consumer_risk: float, producer_risk: float
) -> int | None:
    """Return how many units a batch at the target needs to clear the floor.

    n* = V ((z_a + z_b) / ln((1 - floor) / (1 - target)))^2 with V = n se^2 / (1 - value)^2,
    the variance that one unit adds on the scale log(1 - coefficient). None where the
    estimate has no standard error or the target does not lie above the floor.

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> pilot = Estimate("krippendorff-alpha", "nominal", value=0.8, se=0.04, units=100)
    >>> units_needed(pilot, 0.667, 0.8, 0.05, 0.10)
    133

    """
    if estimate.value is None or estimate.se is None or not floor < target < 1:
        return None
    gap = 1 - estimate.value
    if gap <= 0:
        return None
    per_unit = estimate.units * (estimate.se / gap) ** 2
    reach = math.log((1 - floor) / (1 - target))
    return math.ceil(per_unit * (_z(consumer_risk, producer_risk) / reach) ** 2)


def gold_needed(
    floor: float, target: float, consumer_risk: float, producer_risk: float
) -> int | None:
    """Return how many independent gold answers tell the target from the floor.

    f = ((z_a sqrt(p0 q0) + z_b sqrt(p1 q1)) / (p1 - p0))^2, the normal approximation.

    Examples
    --------
    >>> gold_needed(0.90, 0.95, 0.05, 0.10)
    239

    """
    if not floor < target < 1:
        return None
    spread = _quantile(consumer_risk) * math.sqrt(floor * (1 - floor)) + _quantile(
        producer_risk
    ) * math.sqrt(target * (1 - target))
    return math.ceil((spread / (target - floor)) ** 2)


def _z(consumer_risk: float, producer_risk: float) -> float:
    return _quantile(consumer_risk) + _quantile(producer_risk)


def _quantile(risk: float) -> float:
    return float(ndtri(1 - risk))
