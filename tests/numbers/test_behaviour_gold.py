"""Gold: the exact test, how much gold it needs, and gold that somebody knows."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import all_answered, careful, marked, truth
from labelaudit.behaviour import NO_GOLD, gold_accuracy, gold_gap, gold_needed


def gold_on(first: int, units: int) -> np.ndarray:
    """Return gold labels on the first units, none on the others."""
    return np.where(np.arange(units) < first, truth(units), NO_GOLD)


@pytest.mark.parametrize(
    ("gold", "accuracy", "power"), [(20, 0.70, 0.76), (30, 0.70, 0.84), (50, 0.60, 1.00)]
)
def test_the_power_of_the_exact_test_is_the_tabulated_one(gold, accuracy, power):
    rng = np.random.default_rng(0)
    right = rng.random((gold, 3_000)) < accuracy
    labels = np.where(right, truth(gold)[:, None], (truth(gold)[:, None] + 1) % 3)
    found = gold_accuracy(all_answered(labels), gold_on(gold, gold), floor=0.0)
    assert (found.p <= 0.05).mean() == pytest.approx(power, abs=0.03)


def test_how_much_gold_a_buyer_needs():
    assert gold_needed(0.90, 0.70) == 20
    assert gold_needed(0.90, 0.80, power=0.85) > 80
    assert gold_needed(0.95, 0.70) < gold_needed(0.95, 0.80)


def test_five_gold_answers_clear_nobody():
    found = gold_accuracy(all_answered(careful(60, 3, mistakes=0.0)), gold_on(5, 60))
    reading = found.reading(0)
    assert (reading.undefined, reading.count) == ("too-few-gold", 5)
    assert "20 gold answers" in (reading.needs or "")


def test_five_wrong_gold_answers_speak_for_themselves():
    labels = (careful(60, 3, mistakes=0.0) + np.array([0, 0, 1])) % 3
    found = gold_accuracy(all_answered(labels), gold_on(5, 60))
    assert marked(found) == [2]


def test_no_gold_at_all():
    table = all_answered(careful(10, 2))
    none = np.full(10, NO_GOLD)
    assert gold_accuracy(table, none).reading(0).undefined == "no-gold"
    assert gold_gap(table, none).reading(0).undefined == "no-gold"


def test_one_who_knows_the_gold_is_better_there_than_elsewhere():
    labels = careful(160, 7)
    guesses = np.random.default_rng(2).integers(0, 3, 160)
    labels[:, -1] = np.where(np.arange(160) < 15, truth(160), guesses)
    found = gold_gap(all_answered(labels), gold_on(15, 160))
    assert marked(found) == [6]
    assert found.effect[-1] > 0.4


def test_gold_that_is_easier_for_all_is_no_gap():
    labels = careful(160, 7, mistakes=0.3)
    labels[:15] = truth(15)[:, None]
    assert marked(gold_gap(all_answered(labels), gold_on(15, 160))) == []
