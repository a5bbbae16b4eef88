"""The review queue: risk first, under caps, with a uniform part whose probability is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit.queue.draw import cap, draw
from labelaudit.settings import Queue

RULES = Queue(max_items_count=200)


def drawn(risk, who=None, batch=None, people=10, rules=RULES, seed=(0, 0)):
    """Draw from units whose disagreement is laid to one annotator each."""
    risk = np.asarray(risk, dtype=float)
    who = np.arange(len(risk)) % people if who is None else np.asarray(who)
    batch = np.arange(len(risk)) % 10 if batch is None else np.asarray(batch)
    return draw(risk, lambda unit: who[[unit]], batch, people, rules, seed)


def falling(units):
    return np.linspace(0.9, 0.02, units)


def test_the_riskiest_units_are_in_the_queue():
    found = drawn(falling(2000))
    assert found.by_risk[:150].all()
    assert not found.by_risk[1000:].any()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3000), st.integers(1, 400), st.floats(0.10, 0.15), st.integers(0, 9))
def test_probabilities_add_up_to_the_length_of_the_queue(units, length, fraction, seed):
    risk = np.random.default_rng(seed).random(units)
    rules = Queue(max_items_count=length, uniform_fraction=fraction)
    found = drawn(risk, rules=rules, seed=(seed, 0))
    assert found.probability.sum() == pytest.approx(found.sampled.sum())
    assert found.sampled.sum() <= length
    assert not (found.by_risk & found.uniform).any()


@pytest.mark.parametrize("fraction", [0.10, 0.125, 0.15])
def test_ten_to_fifteen_in_a_hundred_are_drawn_uniformly(fraction):
    rules = Queue(max_items_count=400, uniform_fraction=fraction)
    found = drawn(falling(5000), rules=rules)
    assert 0.095 <= found.uniform.sum() / found.sampled.sum() <= 0.155


@pytest.mark.parametrize("length", [5, 10, 20, 40, 80])
@pytest.mark.parametrize("fraction", [0.10, 0.125, 0.15])
def test_a_short_queue_keeps_the_share_as_well(length, fraction):
    found = drawn(falling(900), rules=Queue(max_items_count=length, uniform_fraction=fraction))
    share = found.uniform.sum() / found.sampled.sum()
    assert 0.10 <= share < 0.15 + 1 / length  # rounded up to whole units
    assert found.sampled.sum() == length


@pytest.mark.parametrize("risky", [1, 10, 50])
def test_where_few_units_are_risky_the_share_is_of_those(risky):
    found = drawn(np.where(np.arange(900) < risky, 0.5, 0.001))
    assert found.by_risk.sum() == risky
    assert found.uniform.sum() == np.ceil(risky / 7)


def test_every_unit_can_be_drawn():
    assert (drawn(falling(2000)).probability > 0).all()


def test_one_person_does_not_fill_the_queue():
    who = np.where(np.arange(2000) < 1000, 0, 1 + np.arange(2000) % 9)
    found = drawn(falling(2000), who)
    assert np.bincount(who[found.by_risk]).max() == cap(0.25, 175, 10) == 44


def test_one_batch_does_not_fill_the_queue():
    batch = np.where(np.arange(2000) < 1000, 0, 1 + np.arange(2000) % 9)
    found = drawn(falling(2000), batch=batch)
    assert np.bincount(batch[found.by_risk]).max() == 44


def test_a_delivery_of_one_batch_and_two_people_fills_its_queue():
    found = drawn(falling(2000), batch=np.zeros(2000, int), people=2)
    assert found.sampled.sum() == 200


@pytest.mark.parametrize("length", [12, 40, 200])
def test_rates_over_all_units_can_be_estimated_from_the_queue(length):
    risk = falling(2000)
    wrong = np.random.default_rng(5).random(2000) < risk
    told = []
    for seed in range(200):
        found = drawn(risk, rules=Queue(max_items_count=length), seed=(seed, 0))
        seen = found.sampled & wrong
        told.append((1 / found.probability[seen]).sum())
    spread = np.std(told) / np.sqrt(200)
    assert np.mean(told) == pytest.approx(wrong.sum(), abs=4 * spread)


def test_each_unit_is_drawn_as_often_as_its_probability_says():
    risk, rules = falling(60), Queue(max_items_count=16)
    times = np.sum([drawn(risk, rules=rules, seed=(s, 0)).sampled for s in range(2_000)], axis=0)
    probability = drawn(risk, rules=rules).probability
    assert set(probability.round(6)) == {1.0, round(2 / 46, 6)}
    spread = np.sqrt(probability * (1 - probability) / 2_000)
    assert (np.abs(times / 2_000 - probability) <= 4.5 * spread).all()


def test_the_same_seed_draws_the_same_queue_and_another_one_another():
    first, again, other = (drawn(falling(900), seed=(seed, 0)) for seed in (1, 1, 2))
    assert (first.uniform == again.uniform).all()
    assert (first.uniform != other.uniform).any()


def test_without_any_ranking_the_whole_queue_is_drawn_uniformly():
    found = drawn(np.full(900, np.nan))
    assert found.uniform.sum() == 200
    assert not found.by_risk.any()


def test_nobody_is_sent_to_look_at_labels_that_are_surely_right():
    found = drawn(np.full(900, 1e-6))
    assert not found.by_risk.any()
    assert found.uniform.sum() == 25  # the uniform part of a full queue is drawn nevertheless


def test_nothing_is_drawn_of_nothing():
    assert drawn([]).sampled.sum() == 0
