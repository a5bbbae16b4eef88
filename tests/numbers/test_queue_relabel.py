"""The relabeling plan: what more labels bring, and where they are not worth their price."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelaudit.queue.relabel import best_half, choose, gain, rate_on_item, summed
from labelaudit.settings import Relabel


def one(value):
    return np.array([float(value)])


def by_enumeration(first, right, more):
    """Return the gain of `more` labels on two labels, over every sequence of answers."""
    total = 0.0
    for answers in product((0, 1), repeat=more):
        right_for_first = np.prod([right if given == 0 else 1 - right for given in answers])
        right_for_second = np.prod([right if given == 1 else 1 - right for given in answers])
        total += max(first * right_for_first, (1 - first) * right_for_second)
    return total - first


@given(st.floats(0.5, 1), st.floats(0.5, 0.99), st.integers(1, 3))
def test_with_two_labels_the_gain_is_that_of_every_sequence_of_answers(first, right, more):
    found = gain(one(first), one(1 - first), one(right), 2, more)
    assert found[0] == pytest.approx(by_enumeration(first, right, more), abs=1e-12)


@given(st.floats(0.3, 1), st.floats(0, 0.3), st.floats(0.3, 0.99), st.integers(2, 9))
def test_more_labels_never_harm(first, second, right, labels):
    gains = [gain(one(first), one(second), one(right), labels, more)[0] for more in (1, 2, 3)]
    assert 0 <= gains[0] <= gains[1] + 1e-12
    assert gains[1] <= gains[2] + 1e-12


def test_guesses_mend_nothing():
    assert gain(one(0.5), one(0.5), one(0.5), 2, 3)[0] == pytest.approx(0.0)


def test_an_item_that_many_labels_could_not_settle_promises_less():
    fresh = rate_on_item(0.9, np.array([1]), np.array([2]), 2)
    stuck = rate_on_item(0.9, np.array([10]), np.array([20]), 2)
    assert stuck[0] < fresh[0] < 0.9


@pytest.mark.parametrize(
    ("first", "least", "labels"),
    [(0.5, 0.02, 3), (0.5, 0.10, 1), (0.5, 0.90, 0), (0.999, 0.02, 0)],
    ids=["cheap", "dear", "too dear", "sure already"],
)
def test_labels_are_added_while_they_are_worth_their_price(first, least, labels):
    allowed = np.array([True])
    more, _ = choose(one(first), one(1 - first), one(0.85), 2, least, allowed)
    assert more.tolist() == [labels]


def test_items_of_unknown_risk_and_forbidden_ones_get_none():
    first = np.array([np.nan, 0.5])
    more, mended = choose(first, 1 - first, np.full(2, 0.9), 2, 0.02, np.array([True, False]))
    assert more.tolist() == [0, 0]
    assert mended.tolist() == [0.0, 0.0]


def test_the_better_half_of_the_labels_brings_more_than_half():
    assert best_half(np.array([1, 1]), np.array([0.4, 0.1])) == pytest.approx(0.4)
    assert best_half(np.zeros(3, dtype=int), np.zeros(3)) == 0.0


@pytest.mark.parametrize(("price", "cost"), [(0.08, 0.24), (None, None)])
def test_a_plan_costs_its_labels(price, cost):
    more, mended, unknown = np.array([2, 1]), np.array([0.3, 0.2]), np.full(2, np.nan)
    plan = summed("q", np.array([0.5, 0.4]), 0, more, mended, Relabel(price), unknown)
    assert (plan.items, plan.labels) == (2, 3)
    assert plan.cost == (None if cost is None else pytest.approx(cost))
    assert plan.expected_fewer == pytest.approx(0.5)
