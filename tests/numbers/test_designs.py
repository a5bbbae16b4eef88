"""Plans before the first label: the published sizes, and the power they promise, simulated."""

from __future__ import annotations

from itertools import combinations, product
from math import prod

import numpy as np
import pytest

from labelaudit.coefficients import estimate, from_counts
from labelaudit.designs import (
    Ask,
    agreement_designs,
    cheapest,
    gold_designs,
    mixed_variance,
    too_few,
)
from labelaudit.intervals import gold_accuracy, one_sided
from labelaudit.planning import gold_planned

ASK = Ask(0.667, 0.80)
GOLD = Ask(0.90, 0.95)
FOUR, SKEWED = (0.4, 0.3, 0.2, 0.1), (0.9, 0.1)


def designs(mix, ask=ASK, ratings=(2, 3, 5)):
    return agreement_designs({m: mixed_variance(mix, ask.target, m) for m in ratings}, ask)


def enumerated(mix, agreement, m):
    """Return V from every way in which m people can answer."""
    first = second = 0.0
    for labels in product(range(len(mix)), repeat=m):
        pairs = [a != b for a, b in combinations(labels, 2)]
        share, chance = sum(pairs) / len(pairs), prod(mix[label] for label in labels)
        first, second = first + chance * share, second + chance * share**2
    return second / ((1 - agreement) * first**2) - 1


def accepted(mix, agreement, design, runs, rng):
    """Return how often a batch of the planned size passes, by the gate's own bound."""
    size = design.items, design.ratings
    passed = 0
    for _ in range(runs):
        one = rng.choice(len(mix), (design.items, 1), p=mix)
        each = rng.choice(len(mix), size, p=mix)
        labels = np.where(rng.random((design.items, 1)) < agreement, one, each)
        counts = np.stack([(labels == c).sum(axis=1) for c in range(len(mix))], axis=1)
        found = estimate("krippendorff-alpha", from_counts(counts), "nominal")
        passed += one_sided(found, "lower", 0.95) >= 0.667
    return passed / runs


def gold_accepted(people, answers, rho, right, rng, runs=300):
    """Return how often answers of people whose errors are alike by rho pass a floor of .90."""
    answered = np.full(people, answers // people)
    answered[: answers % people] += 1
    both = right * (1 / rho - 1), (1 - right) * (1 / rho - 1)
    correct = rng.binomial(answered, rng.beta(*both, size=(runs, people)))
    bounds = [one_sided(gold_accuracy(row, answered), "lower", 0.95) for row in correct]
    return np.mean([bound >= 0.90 for bound in bounds])


@pytest.mark.parametrize(("mix", "sizes"), [(FOUR, [203, 158]), (SKEWED, [883, 578])])
def test_the_published_sizes_come_out(mix, sizes):
    assert [design.items for design in designs(mix)][:2] == sizes


@pytest.mark.parametrize("ratings", [2, 3, 4, 5])
@pytest.mark.parametrize("mix", [FOUR, SKEWED, (0.5, 0.3, 0.2)])
def test_the_formula_is_what_counting_every_answer_gives(mix, ratings):
    found = mixed_variance(mix, 0.8, ratings)
    assert found == pytest.approx(enumerated(mix, 0.8, ratings), rel=1e-10)


def test_counts_and_shares_are_the_same_mix():
    assert mixed_variance([90, 10], 0.8, 3) == pytest.approx(mixed_variance(SKEWED, 0.8, 3))


def test_two_labels_are_cheapest_on_balanced_labels_until_an_item_costs_something():
    assert cheapest(designs(FOUR)).ratings == 2
    assert cheapest(designs(FOUR, Ask(0.667, 0.80, item_price=3))).ratings == 3


def test_people_are_as_many_as_the_labels_need():
    two, _, five = designs(FOUR, Ask(0.667, 0.80, labels_each=150))
    assert (two.labels, two.annotators) == (406, 3)
    assert five.annotators == 5  # five labels of an item are of five people


def test_the_power_told_at_the_planned_size_is_what_was_asked_for():
    for design in [*designs(FOUR), *gold_designs(0.03, 12, GOLD)[1:]]:
        assert dict(design.power)[design.items] == pytest.approx(0.90, abs=0.005)


@pytest.mark.parametrize(("mix", "ratings"), [(FOUR, 2), (SKEWED, 3)])
def test_a_batch_at_its_target_passes_as_often_as_planned(mix, ratings):
    (design,) = designs(mix, ratings=(ratings,))
    rng = np.random.default_rng(6)
    # published: .92 to .96; 200 runs have a standard error of .02
    assert 0.88 <= accepted(mix, 0.80, design, 200, rng) <= 0.99
    assert accepted(mix, 0.6669, design, 200, rng) <= 0.08


def test_where_errors_hang_together_people_are_needed_and_not_answers():
    few = [design.items for design in gold_designs(0.10, 12, GOLD)]
    assert few[:3] == [None, None, None]
    assert cheapest(gold_designs(0.10, 12, GOLD)).annotators == 48
    assert too_few(0.10, 12, GOLD) == 28


@pytest.mark.parametrize(("people", "rho"), [(24, 0.03), (48, 0.10), (12, 0.001)])
def test_gold_answers_of_people_who_err_alike_pass_as_often_as_planned(people, rho):
    answers = gold_planned(*GOLD.goal, rho=rho, annotators=people)
    rng = np.random.default_rng(7)
    # simulated with 1000 runs: .86 to .91; 300 runs have a standard error of .02
    assert 0.82 <= gold_accepted(people, answers, rho, 0.95, rng) <= 0.96
    assert gold_accepted(people, answers, rho, 0.90, rng) <= 0.09
