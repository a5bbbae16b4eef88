"""Accuracy on gold, and agreement of one annotator with the others."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from labelaudit.intervals import gold_accuracy, one_sided, proportion


def test_one_annotator_has_clopper_pearson():
    found = gold_accuracy(np.array([45]), np.array([50]))
    assert (found.value, found.method, found.annotators) == (0.9, "clopper-pearson", 1)
    low, high = stats.beta.ppf([0.025, 0.975], [45, 46], [6, 5])
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)


def test_several_annotators_have_korn_graubard():
    x, n = np.array([20, 18, 13, 19]), np.array([20, 20, 20, 20])
    found = gold_accuracy(x, n)
    p = 70 / 80
    effect = 4 / 3 * ((x - n * p) ** 2).sum() / 80**2 / (p * (1 - p) / 80)
    size = 80 / (effect * (stats.t.ppf(0.95, 3) / stats.norm.ppf(0.95)) ** 2)
    low = stats.beta.ppf(0.05, p * size, size - p * size + 1)
    assert found.method == "korn-graubard"
    assert one_sided(found, "lower", 0.95) == pytest.approx(low, abs=1e-12)


def test_clusters_make_the_interval_wider_never_narrower():
    uneven = gold_accuracy(np.array([20, 10]), np.array([20, 20]))
    even = gold_accuracy(np.array([15, 15]), np.array([20, 20]))
    together = gold_accuracy(np.array([15, 15]), np.array([20, 20]), clusters_given=False)
    assert uneven.low < even.low == together.low
    assert (together.method, together.annotators) == ("clopper-pearson", None)


def test_no_error_seen_shows_no_clustering():
    found = gold_accuracy(np.array([30, 29]), np.array([30, 29]))
    assert found.high == 1.0
    assert found.low == pytest.approx(0.025 ** (1 / 59), abs=1e-12)


def test_annotators_without_gold_are_left_out():
    found = gold_accuracy(np.array([9, 0]), np.array([10, 0]))
    assert (found.annotators, found.units) == (1, 10)
    nobody = gold_accuracy(np.array([0]), np.array([0]))
    assert (nobody.value, nobody.undefined) == (None, "no-gold")


def test_peer_agreement_has_a_t_interval_on_the_logit():
    shares = np.array([1.0, 1.0, 0.5, 0.0, 1.0, 0.5, 1.0, 1.0])
    found = proportion(shares.sum(), (shares**2).sum(), 8)
    se = stats.sem(shares)
    step = stats.t.ppf(0.975, 7) * se / (0.75 * 0.25)
    ends = 1 / (1 + np.exp(-np.log(3) - np.array([-step, step])))
    assert (found.value, found.se) == pytest.approx((0.75, se), abs=1e-12)
    assert (found.low, found.high) == pytest.approx(tuple(ends), abs=1e-12)


@pytest.mark.parametrize(("total", "low", "high"), [(12, 0.025 ** (1 / 12), 1), (0, 0, None)])
def test_full_and_no_agreement_have_exact_ends(total, low, high):
    found = proportion(total, total, 12)
    assert found.low == pytest.approx(low, abs=1e-12)
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 12) if high is None else high, abs=1e-12)


def test_too_little_to_go_by():
    assert proportion(0.0, 0.0, 0).undefined == "no-overlap"
    assert proportion(0.5, 0.25, 1).interval_undefined == "too-few-units"
    assert proportion(5.0, 2.5, 10).interval_undefined == "zero-variance"


@pytest.mark.parametrize("right", range(15, 30))
def test_people_who_err_alike_by_no_more_than_chance_have_clopper_pearson(right):
    found = gold_accuracy(np.full(3, right), np.full(3, 30))
    plain = stats.beta.ppf(0.005, 3 * right, 90 - 3 * right + 1)
    assert found.method == "korn-graubard"
    assert one_sided(found, "lower", 0.995) == pytest.approx(plain, abs=1e-9)
