"""How much batches vary where nothing is wrong, and whether one stands out from it."""

from __future__ import annotations

import numpy as np
import pytest

from labelaudit.drift import Measured, judged, usual

COUNTING = 0.01


def batches(*values, own=COUNTING):
    return [Measured(np.atleast_1d(value).astype(float), own, 1.2 * own, 0.0) for value in values]


def known(*values, own=COUNTING, group=None):
    codes = np.zeros(len(values), dtype=int) if group is None else np.array(group)
    return usual(batches(*values, own=own), codes)


def apart(distance, own=COUNTING):
    return Measured(np.array([distance]), own, 1.2 * own, distance**2, 1.0, 200.0)


def test_batches_that_differ_by_counting_alone_leave_nothing_between_them():
    assert known(0.0, 0.1, -0.1, 0.05, -0.05).between == 0


def test_what_is_between_batches_comes_on_top_of_counting():
    found = known(0.0, 1.0, -1.0, 0.5, -0.5, 0.8, -0.8)
    assert found.between == pytest.approx(found.seen - COUNTING)
    assert found.sd[0] ** 2 == pytest.approx(found.between)


def test_the_spread_between_batches_is_estimated_without_leaning():
    rng = np.random.default_rng(3)
    between = [known(*rng.normal(0, 0.3, 12), own=0.05).between for _ in range(400)]
    assert np.mean(between) == pytest.approx(0.09 - 0.05, abs=0.01)


def test_one_batch_far_off_is_no_part_of_the_usual():
    honest = (0.0, 0.1, -0.1, 0.05, -0.05)
    assert known(*honest, 5.0).between == known(*honest).between == 0


def test_each_vendor_has_a_mean_of_its_own():
    near = (0.0, 0.1, 0.05, 3.0, 3.1, 3.05)
    assert known(*near, group=(0, 0, 0, 1, 1, 1)).between == 0
    assert known(*near).between > 1


def test_a_change_in_mid_course_does_not_hide_itself():
    wobble = [0.1 * (-1) ** n for n in range(12)]
    stepped = [value + 3.0 * (n >= 6) for n, value in enumerate(wobble)]
    by_turns = [value + 3.0 * (n % 2) for n, value in enumerate(wobble)]
    assert known(*stepped).between < 0.1
    assert known(*by_turns).between > 1


@pytest.mark.parametrize("values", [(), (0.0,), (0.0, 9.0)])
def test_too_few_batches_tell_nothing(values):
    assert known(*values) is None


def test_a_batch_is_surprising_beside_steady_batches_and_not_beside_moody_ones():
    steady, moody = known(0.0, 0.1, -0.1, 0.05, -0.05), known(0.0, 1.0, -1.0, 0.5, -0.5)
    sizes = [100] * 5
    assert judged(apart(1.0), steady, sizes).p < 0.01
    assert judged(apart(1.0), moody, sizes).p > 0.1


def test_a_baseline_that_is_nearly_one_batch_varies_as_much_as_the_batch_does():
    moody = known(0.0, 1.0, -1.0, 0.5, -0.5)
    even, one = judged(apart(1.0), moody, [100] * 50), judged(apart(1.0), moody, [10**9, 1])
    assert even.statistic / one.statistic == pytest.approx(2, rel=0.05)
    assert even.p < one.p


def test_the_more_batches_tell_the_usual_the_surer_is_the_test():
    four, many = known(*[0.1, -0.1] * 2), known(*[0.1, -0.1] * 20)
    assert judged(apart(0.5), many, [100] * 40).p < judged(apart(0.5), four, [100] * 4).p


def test_honest_batches_are_named_as_often_as_the_level_says():
    rng, named = np.random.default_rng(5), 0
    for _ in range(1_000):
        own = rng.uniform(0.005, 0.05, 9)
        at = rng.normal(0, np.sqrt(0.04 + own))
        rest = [Measured(at[[n]], own[n], own[n], 0.0) for n in range(8)]
        apart_ = float(at[8] - at[:8].mean())
        total = float(own[8] + own[:8].mean() / 8)
        one = Measured(at[[8]], own[8], total, apart_**2, 1.0, 100.0)
        named += judged(one, usual(rest, np.zeros(8, dtype=int)), [100] * 8).p < 0.05
    assert 0.02 < named / 1_000 < 0.07
