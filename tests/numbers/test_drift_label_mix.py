"""Drift of the label mix: the headline number, its interval, and when it cannot be told."""

from __future__ import annotations

import numpy as np
import pytest

from drift_arms import arms
from labelaudit.drift import Arms, domain_fault, label_mix_drift
from labelaudit.drift.null_mix import dealt_anew, tv_bounds


def relabelled(data, label):
    return Arms(data.in_batch, label, data.content, data.annotator, data.n_labels)


def test_the_total_variation_is_the_share_that_moved():
    in_batch = np.arange(40) >= 20
    label = np.array([0] * 10 + [1] * 10 + [0] * 15 + [1] * 5)
    drift = label_mix_drift(Arms(in_batch, label, np.arange(40), np.arange(40) % 5, 4), seed=0)
    assert drift.tv.effect == pytest.approx(0.25)
    assert drift.baseline.tolist() == [0.5, 0.5, 0, 0]
    assert drift.batch.tolist() == [0.75, 0.25, 0, 0]
    assert (drift.contents, drift.annotators) == ((20, 20), (5, 5))


def test_labels_that_nobody_gave_do_not_count():
    data = arms(1)
    wider = Arms(data.in_batch, data.label + 2, data.content, data.annotator, 9)
    assert label_mix_drift(wider, 0).tv == label_mix_drift(data, 0).tv


def test_without_drift_chance_explains_the_distance():
    drift = label_mix_drift(arms(2, items=(400, 400)), seed=0)
    assert drift.tv.p > 0.05
    assert drift.tv.low == 0
    assert drift.tv.effect < drift.tv_by_chance * 1.2


def test_a_drift_of_thirty_points_stands_out():
    data = arms(2, items=(400, 400))
    moved = data.in_batch & (data.content % 3 == 0)
    drift = label_mix_drift(relabelled(data, np.where(moved, 0, data.label)), seed=0)
    assert drift.tv.p < 1e-3
    assert 0.05 < drift.tv.low < drift.tv.effect < drift.tv.high
    assert drift.tv.effect > 2 * drift.tv_by_chance


def test_equal_seeds_give_equal_answers_in_any_order_of_rows():
    data, order = arms(3), np.random.default_rng(3).permutation(180)
    mixed = data.select(order)
    assert label_mix_drift(mixed, 7).tv_by_chance == label_mix_drift(data, 7).tv_by_chance


CASES = {
    "empty-arm": lambda d: d.select(~d.in_batch),
    "one-category": lambda d: relabelled(d, np.ones_like(d.label)),
    "no-common-label": lambda d: relabelled(d, np.where(d.in_batch, 0, 1 + d.content % 2)),
    "too-few-clusters": lambda d: d.select(~d.in_batch | (d.content < 47)),
    "annotators-unknown": lambda d: Arms(d.in_batch, d.label, d.content, None, 3),
    "too-few-annotators": lambda d: Arms(d.in_batch, d.label, d.content, d.annotator % 4, 3),
}


@pytest.mark.parametrize("reason", CASES)
def test_what_cannot_be_told_is_unknown_and_says_what_it_needs(reason):
    drift = label_mix_drift(CASES[reason](arms(4)), seed=0)
    assert (drift.tv.undefined, drift.tv.p) == (reason, None)
    assert drift.tv.needs


def test_seven_documents_give_an_interval_but_no_test():
    data = arms(4, items=(40, 7))
    tv = label_mix_drift(data, seed=0).tv
    assert tv.needs == "8 documents or items in the baseline and in the batch"
    assert 0 <= tv.low <= tv.effect <= tv.high <= 1


def test_items_that_never_vary_tell_nothing():
    content = np.repeat(np.arange(60), 2)
    label = (np.arange(120) + content // 5) % 2  # one of each on every item, half of each by all
    person = content % 5 * 2 + np.arange(120) % 2
    drift = label_mix_drift(Arms(content >= 30, label, content, person, 2), seed=0)
    assert (drift.tv.undefined, drift.tv.effect) == ("zero-variance", 0)


def test_another_label_set_is_named():
    fault = domain_fault(["a", "b", "c"], ["b", "c", "d"])
    assert fault.undefined == "different-domain"
    assert fault.needs.endswith(": a, d")
    assert domain_fault(["a", "b"], ["b", "a"]) is None


def test_for_two_labels_the_interval_is_that_of_a_difference():
    covariance = np.array([[1.0, -1.0], [-1.0, 1.0]]) * 0.02**2
    tv, low, high = tv_bounds(np.array([0.1, -0.1]), covariance, df=1e6)
    assert (tv, high) == pytest.approx((0.1, 0.1 + 1.96 * 0.02), abs=1e-5)
    assert low == pytest.approx(0.1 - 2.24 * 0.02, abs=0.002)  # .975 of |e|


def test_the_lower_end_takes_off_what_chance_alone_gives():
    rng = np.random.default_rng(0)
    root = rng.normal(0, 0.01, (5, 5)) * (1 - np.eye(5) / 2)
    root -= root.mean(axis=0)
    error = np.abs(root @ rng.normal(size=(5, 100_000))).sum(axis=0) / 2
    tv, low, _ = tv_bounds(np.array([0.3, -0.3, 0, 0, 0]), root @ root.T, df=1e6)
    assert tv - low == pytest.approx(np.quantile(error, 0.975), rel=0.03)


def test_clusters_dealt_anew_are_those_of_a_shuffle():
    data = arms(5, items=(30, 30))
    arm = data.in_batch[::3]
    counts = np.eye(3)[data.label].reshape(60, 3, 3).sum(axis=1)
    rng = np.random.default_rng(1)
    shuffled = [rng.permutation(arm) for _ in range(4_000)]
    apart = [np.abs(counts[a].mean(0) - counts[~a].mean(0)).sum() / 6 for a in shuffled]
    ours = dealt_anew(data.by_content(), np.random.default_rng(2), draws=4_000)
    assert ours == pytest.approx(np.quantile(apart, 0.95), rel=0.05)
