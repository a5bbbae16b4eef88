"""Agreement drift: the test, and the work told apart from the prevalence of labels."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from labelaudit.coefficients import estimate, from_counts
from labelaudit.drift import AgreementArm, Measured, agreement_drift, usual_agreement
from labelaudit.drift.agreement import log_error


def arm(both_a, both_b, differ):
    """Return the agreement of two people who gave a a, b b or a b this often."""
    table = from_counts([[2, 0], [0, 2], [1, 1]], units=[both_a, both_b, differ])
    names = ("krippendorff-alpha", "percent-agreement")
    return AgreementArm(*(estimate(name, table, "nominal") for name in names), differ)


STEADY = arm(218, 217, 65)


def test_z_is_the_difference_of_logs_over_their_errors():
    worse = arm(180, 180, 140)
    a, b = STEADY.coefficient, worse.coefficient
    h = [each.se / (1 - each.value) for each in (a, b)]
    z = (math.log(1 - b.value) - math.log(1 - a.value)) / math.hypot(*h)
    drift = agreement_drift(STEADY, worse)
    assert drift.drop.statistic == pytest.approx(z)
    assert drift.drop.p == pytest.approx(0.5 * math.erfc(z / math.sqrt(2)))
    assert drift.ratio == pytest.approx((1 - b.value) / (1 - a.value))


def test_more_disagreement_at_the_same_prevalence_is_a_quality_drop():
    drift = agreement_drift(STEADY, arm(180, 180, 140))
    assert drift.cause == "quality-drop"
    assert drift.raw_change == pytest.approx(-0.15)
    assert drift.from_prevalence == pytest.approx(0, abs=0.01)


def test_the_same_disagreement_at_another_prevalence_is_a_prevalence_effect():
    drift = agreement_drift(STEADY, arm(408, 27, 65))
    assert (drift.cause, drift.raw_change) == ("prevalence-effect", 0)
    assert drift.drop.effect < -0.2
    assert drift.from_prevalence == pytest.approx(1, abs=0.01)


def test_both_at_once_is_a_quality_drop():
    assert agreement_drift(STEADY, arm(340, 20, 140)).cause == "quality-drop"


def skewed(seed, units):
    """Return the agreement of two people, each wrong on a tenth; one unit in ten is rare."""
    rng = np.random.default_rng(seed)
    rare = (rng.random(units) < 0.1)[:, None] ^ (rng.random((units, 2)) < 0.1)
    both = np.bincount(rare.sum(axis=1), minlength=3)
    return arm(both[0], both[2], both[1])


def test_a_small_batch_with_few_of_a_rare_label_is_no_drop():
    usual = skewed(0, 2_000)
    p = [agreement_drift(usual, skewed(seed, 80)).drop.p for seed in range(1, 601)]
    assert sum(each is not None and each < 0.005 for each in p) <= 6  # 3 by chance


def between(*differing):
    """Return tau^2 of batches of 500 items of which this many differ."""
    alphas = [arm(250 - n, 250 - n, 2 * n).coefficient for n in differing]
    seen = [Measured(np.log([1 - a.value]), log_error(a) ** 2, 0.01, 0.01) for a in alphas]
    return usual_agreement(seen, np.zeros(len(seen), dtype=int)).between


def test_one_batch_far_below_the_others_does_not_widen_what_is_usual():
    assert between(25, 26, 27, 28) == between(25, 26, 27, 28, 120) == 0


def test_batches_that_differ_from_each_other_widen_it_up_to_a_limit():
    assert 0 < between(25, 40, 30, 55, 35) < between(10, 20, 40, 80, 60) == 0.35**2


def test_no_drop_has_no_cause():
    better = agreement_drift(STEADY, arm(230, 230, 40))
    assert better.drop.p > 0.95
    assert better.cause is None


@pytest.mark.parametrize(
    ("reason", "batch"),
    [
        ("too-few-units", arm(20, 20, 9)),
        ("too-little-disagreement", arm(250, 246, 4)),
        ("no-estimate", arm(500, 0, 0)),
        ("no-estimate", replace(STEADY, coefficient=replace(STEADY.coefficient, se=None))),
    ],
)
def test_what_cannot_be_tested_says_what_it_needs(reason, batch):
    drift = agreement_drift(STEADY, batch)
    assert (drift.drop.undefined, drift.drop.p, drift.cause) == (reason, None, None)
    assert drift.drop.needs


def test_without_a_raw_error_the_cause_stays_open():
    worse = arm(180, 180, 140)
    blind = replace(worse, raw=replace(worse.raw, se=None))
    assert agreement_drift(STEADY, blind).cause == "unclear"
