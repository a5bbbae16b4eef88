"""Gold accuracy and durations: the same people, before and after."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from labelaudit.drift import GoldArm, duration_drift, gold_drift, mixed_units

TWENTY = np.full(6, 20)
BEFORE, AFTER = np.array([19, 18, 20, 17, 18, 19]), np.array([17, 15, 18, 14, 16, 19])


def moved(codes, by):
    """Give the counts to other people: `by` places further."""
    return np.concatenate([np.zeros(by, np.int64), codes])


def test_for_equal_work_of_the_same_people_it_is_the_paired_t_test():
    found = gold_drift(GoldArm(BEFORE, TWENTY), GoldArm(AFTER, TWENTY))
    t = stats.ttest_rel(AFTER, BEFORE)
    assert (found.statistic, found.p) == pytest.approx((t.statistic, t.pvalue))
    assert (found.low, found.high) == pytest.approx(tuple(b / 20 for b in t.confidence_interval()))


def test_for_equal_work_of_other_people_it_is_welch():
    old = GoldArm(np.append(BEFORE, [0] * 6), np.append(TWENTY, [0] * 6))
    found = gold_drift(old, GoldArm(moved(AFTER, 6), moved(TWENTY, 6)))
    t = stats.ttest_ind(AFTER, BEFORE, equal_var=False)
    assert (found.statistic, found.df, found.p) == pytest.approx((t.statistic, t.df, t.pvalue))


@pytest.mark.parametrize(
    ("reason", "correct", "answered"),
    [
        ("no-gold", [0] * 6, [0] * 6),
        ("too-few-annotators", [9, 9, 9, 9, 0, 0], [10, 10, 10, 10, 0, 0]),
        ("zero-variance", [20] * 6, [20] * 6),
    ],
)
def test_gold_that_cannot_be_compared_says_what_it_needs(reason, correct, answered):
    perfect = GoldArm(TWENTY, TWENTY)
    found = gold_drift(perfect, GoldArm(np.array(correct), np.array(answered)))
    assert (found.undefined, found.p) == (reason, None)
    assert found.needs


def work(ratio, *, people=6, answers=30, seed=0):
    """Return (arm, person, seconds) of people who each take `ratio` times as long, roughly."""
    rng = np.random.default_rng(seed)
    arm = np.repeat([False, True], people * answers)
    person = np.tile(np.repeat(np.arange(people), answers), 2)
    pace = (
        rng.lognormal(3, 0.5, people)[person]
        * rng.lognormal(0, 0.1, (2, people))[arm.astype(int), person]
    )
    return arm, person, pace * np.where(arm, ratio, 1) * rng.lognormal(0, 0.4, len(arm))


def test_durations_are_compared_within_people_by_their_medians():
    arm, person, took = work(1.5)
    change = [
        np.log(np.median(took[arm & (person == a)]) / np.median(took[~arm & (person == a)]))
        for a in range(6)
    ]
    found, t = duration_drift(arm, person, took).ratio, stats.ttest_1samp(change, 0)
    assert found.effect == pytest.approx(np.exp(np.mean(change)))
    assert (found.statistic, found.p) == pytest.approx((t.statistic, t.pvalue))
    assert (found.low, found.high) == pytest.approx(np.exp(t.confidence_interval()))


def test_a_batch_that_went_to_faster_people_is_no_drift():
    arm, person, took = work(1.0)
    keep = ~arm | (person < 3) | (np.arange(len(arm)) % 10 < 7)
    assert duration_drift(arm[keep], person[keep], took[keep]).ratio.p > 0.05


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("no-times", lambda arm, person, took: (arm, person, np.full(len(took), np.nan))),
        ("no-times", lambda arm, person, took: (np.zeros_like(arm), person, took)),
        ("all-times-equal", lambda arm, person, took: (arm, person, np.full(len(took), 12.0))),
        ("no-common-annotators", lambda arm, person, took: (arm, person + 9 * arm, took)),
        ("too-few-annotators", lambda arm, person, took: (arm, person % 4, took)),
        ("mixed-units", lambda arm, person, took: (arm, person, took * np.where(arm, 1000, 1))),
    ],
)
def test_durations_that_cannot_be_compared_say_what_they_need(reason, change):
    found = duration_drift(*change(*work(1.5))).ratio
    assert (found.undefined, found.p) == (reason, None)
    assert found.needs


def test_impossible_durations_are_counted_and_left_out():
    arm, person, took = work(1.5)
    broken = took.copy()
    broken[:4] = [-1, 0, np.nan, np.inf]
    found = duration_drift(arm, person, broken)
    assert found.unusable == 4
    assert found.ratio.effect == pytest.approx(duration_drift(arm, person, took).ratio.effect, 0.05)


def test_a_vendor_in_milliseconds_is_named():
    vendor = np.repeat([3, 5, 8], 50)
    seconds = np.random.default_rng(0).lognormal(2.5, 0.6, 150)
    assert mixed_units(vendor, np.where(vendor == 5, 1000 * seconds, seconds)).tolist() == [5]
    assert mixed_units(vendor, np.where(vendor == 5, 10 * seconds, seconds)).tolist() == []
