"""Inputs on which other tools return a number that means nothing."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from label_tables import by_unit, measured, value
from labelaudit.coefficients import estimate, from_counts, from_ratings, ratings
from labelaudit.errors import UsageError

ALPHA = "krippendorff-alpha"
ODD = np.array([0.1, 1 / 3])  # three times 0.1, over three, is not 0.1


def test_an_annotator_twice_on_a_unit_is_refused():
    with pytest.raises(UsageError, match="labelled a unit twice") as caught:
        ratings([0, 0, 0], [1, 1, 2], [0, 0, 0], 2)
    assert caught.value.examples == ("unit 0, annotator 1",)


def test_a_label_outside_the_domain_is_refused():
    with pytest.raises(UsageError, match="outside the domain of 2 labels"):
        ratings([0, 0], [0, 1], [0, 2], 2)


def test_another_order_of_the_domain_is_another_ordinal_scale():
    units = "abb bcc aac ccc abb"
    assert value(ALPHA, by_unit(units, "abc"), "ordinal") != pytest.approx(
        value(ALPHA, by_unit(units, "bac"), "ordinal"), abs=0.01
    )


def test_digits_survive_a_large_offset():
    data = by_unit("012 112 001 222", "012")
    small = measured(ALPHA, data, "interval", values=np.arange(3.0))
    large = measured(ALPHA, data, "interval", values=1e12 + np.arange(3.0))
    assert large.value == pytest.approx(small.value, abs=1e-12)
    assert large.se == pytest.approx(small.se, abs=1e-12)


def test_full_agreement_on_numbers_that_round_is_still_full_agreement():
    found = measured(ALPHA, from_counts([[3, 0], [0, 7]], [9, 9]), "interval", values=ODD)
    assert (found.value, found.observed, found.method) == (1.0, 0.0, "exact-no-disagreement")


def test_two_spellings_of_one_number_do_not_disagree():
    data = from_counts([[1, 2, 0], [2, 1, 0], [0, 0, 3]], [9, 9, 18])
    found = measured(ALPHA, data, "interval", values=1e12 + np.array([0.1, 0.1, 5.0]))
    assert (found.value, found.observed, found.method) == (1.0, 0.0, "exact-no-disagreement")


def test_a_hundred_thousand_distinct_numbers_need_no_square_table():
    rng = np.random.default_rng(4)
    scores = np.repeat(rng.normal(size=50_000), 2) + 0.3 * rng.normal(size=100_000)
    order = np.argsort(np.argsort(scores))
    tracemalloc.start()
    data = from_ratings(np.repeat(np.arange(50_000), 2), order, 100_000)
    found = estimate(ALPHA, data, "interval", values=np.sort(scores))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.value == pytest.approx(1 - 0.09 / 1.09, abs=0.01)
    assert peak < 100_000_000  # bytes; one square table would be 80 billion


@pytest.mark.parametrize(
    ("matrix", "problem"),
    [
        ([[0, 1, 2], [2, 0, 1], [2, 1, 0]], "not symmetric"),
        ([[0, -1, 1], [-1, 0, 1], [1, 1, 0]], "negative"),
        ([[1, 1, 1], [1, 0, 1], [1, 1, 0]], "disagrees with itself"),
        ([[0, np.nan, 1], [np.nan, 0, 1], [1, 1, 0]], "not finite"),
        ([[0, 1], [1, 0]], "expected a 3 x 3 matrix"),
    ],
)
def test_a_matrix_that_is_no_distance_is_refused(matrix, problem):
    with pytest.raises(UsageError, match=problem):
        measured(ALPHA, by_unit("012 112", "012"), distance=np.array(matrix, float))


def test_a_function_that_is_no_distance_is_refused():
    with pytest.raises(UsageError, match="not symmetric"):
        measured(ALPHA, by_unit("01 11", "01"), distance=lambda a, b: float(a > b))


def test_a_function_of_thousands_of_labels_is_refused():
    data = from_ratings(np.repeat(np.arange(1_500), 2), np.arange(3_000), 3_000)
    with pytest.raises(UsageError, match="for each pair of labels; 3000 were given"):
        estimate(ALPHA, data, "nominal", distance=lambda a, b: float(a != b))


def test_names_nobody_knows_are_refused_with_those_that_are_known():
    with pytest.raises(UsageError, match="no weights is called 'square'") as caught:
        measured("cohen-kappa", by_unit("01 11", "01"), "ordinal", weights="square")
    assert "quadratic" in caught.value.next_step
    with pytest.raises(UsageError, match="together with a distance"):
        measured(ALPHA, by_unit("01 11", "01"), "ordinal", weights="linear", distance="nominal")


def test_a_function_and_its_matrix_are_the_same_distance():
    data = by_unit("012 112 001 222 2.1", "012")
    steps = np.abs(np.subtract.outer(np.arange(3.0), np.arange(3.0)))
    by_function = measured(ALPHA, data, distance=lambda a, b: abs(float(a) - float(b)))
    by_matrix = measured(ALPHA, data, distance=steps)
    assert (by_function.value, by_function.se) == (by_matrix.value, by_matrix.se)
