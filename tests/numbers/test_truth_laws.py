"""What holds of every consensus method, whatever it assumes about people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelaudit.coefficients import ratings
from labelaudit.truth import METHODS, NO_LABEL, Limits, consensus, dawid_skene, mace, one_coin

FITTED = {"dawid-skene": dawid_skene, "one-coin": one_coin, "mace": mace}


def draw(seed: int, labels: int = 3):
    """Return shuffled rows: unit, annotator, label."""
    rng = np.random.default_rng(seed)
    unit, who = np.nonzero(rng.random((30, 6)) < 0.8)
    skill = rng.uniform(0.3, 0.95, 6)
    guess = rng.integers(0, labels, len(unit))
    label = np.where(rng.random(len(unit)) < skill[who], unit % labels, guess)
    order = rng.permutation(len(unit))
    return unit[order], who[order], label[order], labels


@pytest.mark.parametrize("name", FITTED)
@given(seed=st.integers(0, 10_000))
def test_the_likelihood_never_falls(name, seed):
    trace = FITTED[name](ratings(*draw(seed)), limits=Limits(0.0, 60)).trace
    assert np.diff(trace).min(initial=0) >= -1e-9 * abs(trace[-1])


@pytest.mark.parametrize("name", FITTED)
@given(seed=st.integers(0, 10_000))
def test_posteriors_are_probabilities_and_labels_their_best(name, seed):
    found = consensus(name, ratings(*draw(seed)))
    assert found.posterior.sum(axis=1) == pytest.approx(1)
    assert found.confidence == pytest.approx(found.posterior.max(axis=1))
    decided = ~found.tied
    assert (found.posterior.argmax(axis=1) == found.label)[decided].all()
    assert ((found.competence >= 0) & (found.competence <= 1)).all()


@pytest.mark.parametrize("name", METHODS)
def test_the_order_of_rows_changes_nothing(name):
    unit, who, label, labels = draw(3)
    one = consensus(name, ratings(unit, who, label, labels))
    other = consensus(name, ratings(unit[::-1], who[::-1], label[::-1], labels))
    assert one.label.tolist() == other.label.tolist()
    assert one.confidence.tolist() == other.confidence.tolist()


@pytest.mark.parametrize("name", METHODS)
def test_the_names_of_labels_change_nothing(name):
    unit, who, label, labels = draw(4)
    swap = np.array([2, 0, 1])
    one = consensus(name, ratings(unit, who, label, labels))
    other = consensus(name, ratings(unit, who, swap[label], labels))
    renamed = np.where(one.tied, NO_LABEL, swap[one.label])
    assert renamed.tolist() == other.label.tolist()
    assert one.confidence == pytest.approx(other.confidence, abs=1e-6)


@pytest.mark.parametrize("name", METHODS)
def test_a_symmetric_vote_is_a_tie_under_every_method(name):
    found = consensus(name, ratings([0, 0], [0, 1], [0, 1], n_labels=2))
    assert found.label.tolist() == [NO_LABEL]
    assert found.candidates(0) == (0, 1)
    assert found.confidence == pytest.approx([0.5])


@pytest.mark.parametrize("name", METHODS)
def test_input_arrays_stay_as_they_were(name):
    table = ratings(*draw(5))
    before = table.label.copy()
    consensus(name, table)
    assert (table.label == before).all()


def test_dawid_skene_reports_that_it_was_stopped():
    found = dawid_skene(ratings(*draw(6)), limits=Limits(0.0, 3))
    assert (found.iterations, found.converged) == (3, False)
