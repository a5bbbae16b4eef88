"""When labels cannot be combined, a reason code comes instead of confident nonsense."""

from __future__ import annotations

import numpy as np
import pytest

from labelaudit.coefficients import ratings
from labelaudit.coefficients.ratings import Ratings
from labelaudit.truth import METHODS, accuracy, consensus, difference, majority, per_group

FITTED = [name for name in METHODS if name != "majority"]
APART = ratings([0, 0, 0, 1, 1, 1], [0, 1, 2, 3, 4, 5], [1, 1, 0, 0, 0, 1], n_labels=2)


@pytest.mark.parametrize("name", METHODS)
def test_one_label_a_unit_is_refused(name):
    found = consensus(name, ratings([0, 1, 2], [0, 1, 0], [0, 1, 0], n_labels=2))
    assert found.undefined == "no-overlap"
    assert len(found.label) == 0
    assert found.posterior is None


@pytest.mark.parametrize("name", METHODS)
def test_nobody_answered(name):
    assert consensus(name, ratings([], [], [], n_labels=2)).undefined == "no-labels"


@pytest.mark.parametrize("name", FITTED)
def test_people_who_never_met_are_not_compared(name):
    assert consensus(name, APART).undefined == "disconnected-annotators"


@pytest.mark.parametrize("name", FITTED)
def test_each_group_can_be_fitted_by_itself(name):
    fits = per_group(name, APART)
    assert [fit.annotators.tolist() for fit in fits] == [[0, 1, 2], [3, 4, 5]]
    assert [fit.label.tolist() for fit in fits] == [[1], [0]]


@pytest.mark.parametrize("name", FITTED)
def test_units_of_a_lone_person_are_left_out_and_named(name):
    found = consensus(name, ratings([0, 0, 0, 7], [0, 1, 2, 3], [1, 1, 0, 1], n_labels=2))
    assert found.units.tolist() == [0]
    assert found.left_out.tolist() == [7]
    assert found.candidates(7) == ()


@pytest.mark.parametrize("name", FITTED)
def test_one_person_twice_on_a_unit_is_nobody_to_compare_with(name):
    again = Ratings(*np.array([[0, 0], [0, 0], [0, 1]]), n_labels=2)
    assert consensus(name, again).undefined == "single-annotator"


@pytest.mark.parametrize("name", FITTED)
def test_a_question_with_one_label_needs_no_consensus(name):
    table = ratings([0, 0], [0, 1], [0, 0], n_labels=1)
    assert consensus(name, table).undefined == "one-category"


def test_posteriors_that_would_not_fit_in_memory_are_refused():
    table = ratings([0, 0], [0, 1], [0, 1], n_labels=20_000)
    assert consensus("dawid-skene", table).undefined == "too-many-labels"


def test_two_hundred_thousand_people_with_one_label_each_are_refused_at_once():
    code = np.arange(200_000)
    assert consensus("mace", ratings(code, code, code % 3, 3)).undefined == "no-overlap"


def test_accuracy_gives_a_tie_its_fair_share():
    table = ratings([0, 0, 1, 1, 1, 2, 2], [0, 1, 0, 1, 2, 0, 1], [0, 1, 0, 1, 2, 2, 2], 3)
    found = accuracy(majority(table), [0, 1, 2, 9], [0, 2, 2, 0])
    assert (found.units, found.right, found.tied) == (3, 1, 2)
    assert found.value == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)


def test_accuracy_without_common_units_is_undefined():
    assert accuracy(majority(APART), [5], [0]).value is None


def test_a_tie_differs_from_a_label_and_not_from_a_tie():
    first = ratings([0, 0, 1, 1, 2, 2], [0, 1] * 3, [0, 1, 0, 1, 1, 1], n_labels=2)
    other = ratings([0, 0, 1, 1, 2, 2], [0, 1] * 3, [0, 1, 0, 0, 1, 1], n_labels=2)
    found = difference(majority(first), majority(other))
    assert found.differing.tolist() == [1]
    assert found.share == pytest.approx(1 / 3)
