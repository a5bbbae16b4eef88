"""What the relabeling plan promises is held against labels that are really added."""

from __future__ import annotations

import numpy as np
import pytest

from labelaudit.coefficients import ratings
from labelaudit.queue.relabel import choose, rate_on_item
from labelaudit.truth import mace

UNITS, PEOPLE, LABELS, GIVEN = 800, 20, 3, 2


def crowd(seed):
    """Return the truth, and who would answer what as the first to sixth person on each unit."""
    rng = np.random.default_rng(seed)
    skill = rng.normal(0.82, 0.06, PEOPLE).clip(0.5, 0.98)
    truth = rng.integers(0, LABELS, UNITS)
    who = np.argsort(rng.random((UNITS, PEOPLE)), axis=1)[:, :6]
    slip = (rng.random(who.shape) > skill[who]) * rng.integers(1, LABELS, who.shape)
    return truth, who, (truth[:, None] + slip) % LABELS


def fitted(who, label, counts):
    """Fit MACE to the first so many answers of each unit."""
    unit = np.repeat(np.arange(UNITS), counts)
    place = np.concatenate([np.arange(count) for count in counts])
    return mace(ratings(unit, who[unit, place], label[unit, place], LABELS))


def planned(fit, label):
    """Return how many labels to add to each unit, and what that is said to mend."""
    second, first = np.partition(fit.posterior, -2, axis=1)[:, -2:].T
    votes = (label[:, :GIVEN] == fit.posterior.argmax(1)[:, None]).sum(1)
    knows = fit.competence.mean()
    usual = knows + (1 - knows) / LABELS
    rate = rate_on_item(usual, votes, np.full(UNITS, GIVEN), LABELS)
    return choose(first, second, rate, LABELS, 0.02, np.ones(UNITS, dtype=bool))


@pytest.fixture(scope="module")
def kept():
    """Return (promised, mended, mended by as many labels on units drawn at random) by seed."""
    return np.array([promise(seed) for seed in range(6)])


def promise(seed):
    truth, who, label = crowd(seed)
    before = fitted(who, label, np.full(UNITS, GIVEN))
    more, mended = planned(before, label)
    errors = (before.posterior.argmax(1) != truth).sum()
    shuffled = np.random.default_rng(seed).permutation(more)
    after = [
        (fitted(who, label, GIVEN + added).posterior.argmax(1) != truth).sum()
        for added in (more, shuffled)
    ]
    return mended.sum(), errors - after[0], errors - after[1]


def test_at_least_what_was_promised_is_mended(kept):
    promised, mended, _ = kept.mean(axis=0)
    assert promised <= mended <= 3 * promised


def test_the_plan_mends_far_more_than_labels_at_random(kept):
    _, mended, at_random = kept.mean(axis=0)
    assert mended > 2 * at_random
