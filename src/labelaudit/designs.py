"""Ways to reach a decision, side by side: ratings per item, items, people, cost and power."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy.special import ndtr, ndtri

from labelaudit.planning import (
    annotators_planned,
    gold_planned,
    units_at,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PARTS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
"""Sizes at which the power is told, as parts of the planned one."""
CREWS = (6, 12, 24, 48)
"""Numbers of annotators that plans on gold are compared for."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a plan is made for: the decision, its risks, and what things cost.

    `labels_each` is how many labels one annotator can give, None where that is open.
    """

    floor: float
    target: float
    consumer_risk: float = 0.05
    producer_risk: float = 0.10
    label_price: float = 1.0
    item_price: float = 0.0
    labels_each: int | None = None

    @property
    def goal(self) -> tuple[float, float, float, float]:
        """Return floor, target and both risks, in the order `planning` takes them."""
        return self.floor, self.target, self.consumer_risk, self.producer_risk


@dataclass(frozen=True, slots=True)
class Design:
    """One way to do it. `items` of None: no number is enough with so few annotators.

    `power` holds (items, chance that a batch at the target passes).
    """

    ratings: int
    items: int | None
    annotators: int
    labels: int | None
    cost: float | None
    power: tuple[tuple[int, float], ...] = ()


def mixed_variance(mix: Sequence[float], agreement: float, ratings: int) -> float:
    """How much variance does a unit add, before anything was labeled?

    V = E[d^2] / ((1 - agreement) E[d]^2) - 1, d the disagreement among m independent draws
    from the label mix, pair by pair. Of the pairs of pairs m share both labels' raters, some
    one, the others none: E[d^2] = (D + 2 (m-2) S + (m-2)(m-3)/2 D^2) / (m (m-1) / 2) with
    D = 1 - sum p^2 and S = 1 - 2 sum p^2 + sum p^3.

    Parameters
    ----------
    mix
        (V,) the labels' shares, above 0.
    agreement
        The coefficient that is assumed, below 1.
    ratings
        m, 2 or more labels per unit.

    Examples
    --------
    >>> [round(mixed_variance([0.5, 0.5], 0.8, m), 2) for m in (2, 3)]
    [9.0, 5.67]

    """
    whole = sum(mix)
    shares = [part / whole for part in mix]
    squares, cubes = (sum(p**power for p in shares) for power in (2, 3))
    apart, both = 1 - squares, 1 - 2 * squares + cubes
    m = ratings
    pairs = m * (m - 1) / 2
    second = (apart + 2 * (m - 2) * both + (m - 2) * (m - 3) / 2 * apart**2) / pairs
    return second / ((1 - agreement) * apart**2) - 1


def agreement_designs(variances: Mapping[int, float], ask: Ask) -> tuple[Design, ...]:
    """Plan the items for each number of ratings per item, from the variance a unit adds.

    Examples
    --------
    >>> mix = {m: mixed_variance([0.9, 0.1], 0.8, m) for m in (2, 3)}
    >>> [found.items for found in agreement_designs(mix, Ask(0.667, 0.8))]
    [883, 578]

    """
    return tuple(_agreement(m, per_unit, ask) for m, per_unit in sorted(variances.items()))


def _agreement(ratings: int, per_unit: float, ask: Ask) -> Design:
    items = units_at(per_unit, *ask.goal)
    labels = items * ratings
    people = math.ceil(labels / ask.labels_each) if ask.labels_each else ratings
    reach = math.log((1 - ask.floor) / (1 - ask.target))

    def power(n: int) -> float:
        return float(ndtr(reach * math.sqrt(n / per_unit) - ndtri(1 - ask.consumer_risk)))

    curve = tuple((n, power(n)) for n in (math.ceil(part * items) for part in PARTS))
    cost = labels * ask.label_price + items * ask.item_price
    return Design(ratings, items, max(people, ratings), labels, cost, curve)


def gold_designs(rho: float, annotators: int | None, ask: Ask) -> tuple[Design, ...]:
    """Plan the gold answers for several numbers of annotators who err alike by rho.

    Examples
    --------
    >>> [found.labels for found in gold_designs(0.1, 12, Ask(0.9, 0.95))]
    [None, None, None, 551]

    """
    crews = {*CREWS, *([annotators] if annotators else [])}
    return tuple(_gold(people, rho, ask) for people in sorted(crews))


def _gold(people: int, rho: float, ask: Ask) -> Design:
    answers = gold_planned(*ask.goal, rho=rho, annotators=people)
    if answers is None:
        return Design(1, None, people, None, None)
    sizes = [math.ceil(part * answers) for part in PARTS]
    power = tuple((n, _gold_power(n, people, rho, ask)) for n in sizes)
    cost = answers * (ask.label_price + ask.item_price)
    return Design(1, answers, people, answers, cost, power)


def _gold_power(answers: int, people: int, rho: float, ask: Ask) -> float:
    """Turn the plan round: which producer's risk would have asked for so many answers?"""
    low, high = 1e-9, 0.5
    for _ in range(40):
        risk = math.sqrt(low * high)
        goal = ask.floor, ask.target, ask.consumer_risk, risk
        wanted = gold_planned(*goal, rho=rho, annotators=people)
        low, high = (risk, high) if wanted is None or wanted > answers else (low, risk)
    return 1 - high


def cheapest(designs: Sequence[Design]) -> Design | None:
    """Return the design that costs least, None where no number of labels is enough."""
    enough = [design for design in designs if design.cost is not None]
    return min(enough, key=lambda design: (design.cost or 0.0, design.ratings), default=None)


def too_few(rho: float, annotators: int, ask: Ask) -> int | None:
    """How many annotators must answer, where no number of answers of these would decide?

    None where these are enough.

    Examples
    --------
    >>> too_few(0.10, 12, Ask(0.9, 0.95)), too_few(0.03, 12, Ask(0.9, 0.95))
    (28, None)

    """
    if gold_planned(*ask.goal, rho=rho, annotators=annotators) is not None:
        return None
    return annotators_planned(*ask.goal, rho)
