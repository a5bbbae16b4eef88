"""Small staffs: who hurries is found among fifteen people, and honest ones are left alone."""

from __future__ import annotations

import numpy as np
import pytest

from labelaudit.behaviour import suite, work
from labelaudit.coefficients import ratings
from labelaudit.outliers import null
from labelaudit.truth import mace

LABELS, PER_UNIT, RUNS = 3, 4, 40


def flags(people, seed, *, hurried):
    """Return who is flagged; a hurried first person is 4 times as fast and 30 % random."""
    rng = np.random.default_rng([people, seed])
    units = 25 * people
    skill, pace = rng.normal(2.4, 0.6, people), rng.normal(0, 0.3, people)
    truth, hard = rng.integers(0, LABELS, units), rng.normal(0, 0.8, (units, 1))
    who = np.argsort(rng.random((units, people)), axis=1)[:, :PER_UNIT]
    slip = (rng.random(who.shape) > 1 / (1 + np.exp(hard - skill[who]))) * 1
    label = (truth[:, None] + slip * rng.integers(1, LABELS, who.shape)) % LABELS
    took = 18 * np.exp(pace[who] + 0.2 * hard + rng.normal(0, 0.35, who.shape))
    if hurried:
        guessed = (who == 0) & (rng.random(who.shape) < 0.3)
        label = np.where(guessed, rng.integers(0, LABELS, who.shape), label)
        took = np.where(who == 0, took / 4 / np.exp(pace[0]), took)
    rows = np.repeat(np.arange(units), PER_UNIT), who.ravel(), label.ravel()
    fitted = mace(ratings(*rows, LABELS))
    made = work(*rows, LABELS, duration=took.ravel())
    return suite(made, (fitted.annotators, fitted.competence)).flagged


@pytest.mark.parametrize("people", [15, 19])
def test_one_who_hurries_is_found_in_a_small_staff(people):
    found = [flags(people, seed, hurried=True)[0] for seed in range(RUNS)]
    assert np.mean(found) >= 0.75  # 0.68 with a spread told by the median deviation alone


@pytest.mark.parametrize("people", [6, 10, 15, 20])
def test_few_people_of_honest_staffs_are_flagged(people):
    share = [flags(people, seed, hurried=False).mean() for seed in range(RUNS)]
    assert np.mean(share) <= 0.03  # the weakest of people whose skill really differs


@pytest.mark.parametrize("people", [6, 10, 20])
def test_scores_that_chance_alone_made_are_surprising_as_often_as_they_say(people):
    rng = np.random.default_rng(people)
    variances = np.full(people, 0.5)
    low = [null(rng.normal(0, np.sqrt(1.5), people), variances).p.min() for _ in range(1_000)]
    assert np.mean(np.array(low) * people <= 0.05) <= 0.05 + 2 * 0.007


def test_two_crews_of_unequal_work_are_no_outliers():
    rng = np.random.default_rng(2)
    scores = np.concatenate([rng.normal(0.9, 0.04, 5), rng.normal(0.55, 0.06, 5)])
    assert null(scores, np.full(10, 0.002)).p.min() > 0.01
