"""Agreement, competence and label bias: who answers unlike the others on the same units."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import LABELS, all_answered, careful, marked, truth
from labelaudit.behaviour import (
    competence,
    constant_answering,
    correlated_agreement,
    label_bias,
    profiles,
    work,
)
from labelaudit.truth import dawid_skene, mace

UNITS, PEOPLE = 120, 8


def with_last(answers) -> np.ndarray:
    """Return careful people's labels, the last person's replaced."""
    labels = careful(UNITS, PEOPLE)
    labels[:, -1] = answers
    return labels


def fitted(table):
    found = dawid_skene(table.ratings())
    return profiles(found.annotators, found.prior, found.confusion, table.n_annotators)


RANDOM = np.random.default_rng(1).integers(0, LABELS, UNITS)


@pytest.mark.parametrize("answers", [0, RANDOM], ids=["one label", "at random"])
def test_one_who_does_not_look_is_below_the_others(answers):
    table = all_answered(with_last(answers))
    found = correlated_agreement(table)
    assert marked(found) == [PEOPLE - 1]
    assert found.score[-1] == pytest.approx(0, abs=0.15)
    fit = mace(table.ratings())
    assert marked(competence(table, fit.annotators, fit.competence)) == [PEOPLE - 1]


def test_careful_people_are_left_in_peace():
    assert marked(correlated_agreement(all_answered(careful(UNITS, PEOPLE)))) == []


def test_saying_the_usual_label_is_no_agreement_where_one_label_dominates():
    rng = np.random.default_rng(3)
    rare = rng.random(300) < 0.1
    labels = np.where(rare[:, None] & (rng.random((300, 8)) < 0.95), 1, 0)
    labels[:, -1] = 0
    found = correlated_agreement(all_answered(labels))
    assert found.score[-1] == pytest.approx(0, abs=1e-9)
    assert marked(found) == [7]


def test_harder_units_are_not_held_against_those_who_get_them():
    rng = np.random.default_rng(4)
    unit, who = np.divmod(np.arange(400 * 5), 5)
    who += np.where(unit < 200, 0, 5)  # two crews; the second gets the hard half
    wrong = rng.random(len(unit)) < np.where(unit < 200, 0.05, 0.3)
    label = (truth(400)[unit] + wrong * rng.integers(1, LABELS, len(unit))) % LABELS
    assert marked(correlated_agreement(work(unit, who, label, LABELS))) == []


def test_four_people_are_too_few_to_speak_of_a_rest():
    reading = correlated_agreement(all_answered(careful(UNITS, 4))).reading(0)
    assert reading.undefined == "too-few-annotators"
    assert reading.score is None
    assert "5 people" in (reading.needs or "")


def test_people_who_met_nobody_are_not_testable():
    table = work(np.arange(50), np.arange(50) % 5, [0] * 50, LABELS)
    assert correlated_agreement(table).reading(2).undefined == "too-few-units"


def test_a_mixed_up_label_is_named_with_the_pair():
    labels = careful(240, PEOPLE)
    swapped = (truth(240) == 2) & (np.arange(240) % 2 == 0)
    labels[swapped, -1] = 1
    found = label_bias(all_answered(labels), fitted(all_answered(labels)))
    assert marked(found.signal) == [PEOPLE - 1]
    assert (found.seen_as[-1], found.given[-1]) == (2, 1)
    assert found.rate[-1] == pytest.approx(0.5, abs=0.1)
    assert found.focus[-1] > 0.75  # all in one pair: recalibrate


def test_random_answers_are_unlike_all_over_and_not_one_mixed_up_pair():
    table = all_answered(with_last(RANDOM))
    assert label_bias(table, fitted(table)).focus[-1] < 0.5


def test_constant_answering_is_told_from_a_batch_of_one_label():
    assert marked(constant_answering(all_answered(with_last(0)))) == [PEOPLE - 1]
    same = constant_answering(all_answered(np.zeros((UNITS, PEOPLE), dtype=int)))
    assert not same.testable.any()
