"""One control over all signals: few false alarms, groups, and flags that fall on one group."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import LABELS, all_answered, careful
from labelaudit.behaviour import (
    combined,
    correlated_agreement,
    flag_parity,
    suite,
    within_groups,
    work,
)
from labelaudit.behaviour.signal import Signal
from labelaudit.truth import mace


def signal(p, testable=True) -> Signal:
    p = np.asarray(p, dtype=float)
    able = np.full(len(p), testable) if isinstance(testable, bool) else np.asarray(testable)
    count = np.full(len(p), 50)
    return Signal("any", p * 0, p * 0, p, count, able, "too-few-units", "")


def screened(table):
    fit = mace(table.ratings())
    return suite(table, (fit.annotators, fit.competence))


def test_each_family_is_charged_for_its_signals_and_a_person_for_the_families():
    found = combined(
        {"agreement": [signal([0.01]), signal([0.5])], "time": [signal([0.2])]}, n_annotators=1
    )
    assert found.family_p.tolist() == [[0.02, 0.2]]
    assert found.adjusted.tolist() == [0.04]


def test_what_is_not_testable_costs_nothing_and_clears_nobody():
    found = combined(
        {"agreement": [signal([0.01, 0.9], [True, False])], "time": [signal([0.2, 0.2], False)]},
        n_annotators=2,
    )
    assert found.adjusted[0] == 0.01
    assert found.testable.tolist() == [[True, False], [False, False]]
    assert found.leading.tolist() == [0, -1]
    assert found.flagged.tolist() == [True, False]


def test_people_are_compared_with_more_care_the_more_there_are():
    one = combined({"time": [signal([0.03])]}, 1)
    many = combined({"time": [signal([0.03] + [0.9] * 99)]}, 100)
    assert one.flagged[0]
    assert not many.flagged[0]


def test_the_suite_names_the_family_that_leads():
    labels = careful(150, 8)
    labels[:, 0] = np.random.default_rng(5).integers(0, LABELS, 150)
    pace = np.random.default_rng(6).lognormal(3, 0.3, (150, 8))
    pace[:, 1] = 2.0
    found = screened(all_answered(labels, pace=pace))
    assert np.flatnonzero(found.flagged).tolist() == [0, 1]
    assert [found.families[code] for code in found.leading[:2]] == ["agreement", "time"]


def test_more_than_a_fifth_unlike_the_rest_is_a_warning():
    labels = careful(200, 10)
    labels[:, :3] = np.random.default_rng(7).integers(0, LABELS, (200, 3))
    found = screened(all_answered(labels))
    assert found.flagged.tolist() == [True] * 3 + [False] * 7
    assert found.crowded
    assert found.unlike == pytest.approx(0.3)


def test_on_subjective_questions_disagreement_flags_nobody():
    labels = careful(150, 8)
    labels[:, 0] = np.random.default_rng(5).integers(0, LABELS, 150)
    found = suite(all_answered(labels), None, agreement_based=False)
    assert found.families == ("time",)
    assert not found.flagged.any()


def test_nobody_answered():
    found = suite(work([], [], [], LABELS), None)
    assert found.flagged.tolist() == []
    assert not found.crowded


def test_within_its_group_a_view_of_its_own_is_no_fault():
    labels = careful(200, 20)
    labels[::3, :6] = (labels[::3, :6] + 1) % LABELS  # six see a third of the units otherwise
    table = all_answered(labels)
    group = np.repeat([1, 0], [6, 14])
    assert screened(table).flagged[:6].sum() >= 4
    assert not suite(within_groups(table, group), None).flagged.any()


def test_one_who_guesses_among_six_is_named_and_the_five_are_not():
    labels = careful(200, 30, mistakes=0.15)
    labels[:, 0] = np.random.default_rng(5).integers(0, LABELS, 200)
    group = np.repeat([1, 0], [6, 24])
    found = suite(within_groups(all_answered(labels), group), None, group=group)
    assert np.flatnonzero(found.flagged).tolist() == [0]


def test_groups_under_five_people_have_no_rest_to_be_compared_with():
    group = np.repeat([1, 0], [4, 6])
    table = within_groups(all_answered(careful(100, 10)), group)
    signal = correlated_agreement(table, group=group)
    assert signal.testable.tolist() == [False] * 4 + [True] * 6
    assert signal.reading(0).undefined == "too-few-annotators"


def test_flags_that_fall_on_one_group_are_uneven():
    few, many = flag_parity(np.repeat([0, 1], [10, 50]), np.arange(60) < 5)
    assert (few.flagged, few.rate, few.rest, few.uneven) == (5, 0.5, 0.0, True)
    assert (many.rate, many.uneven) == (0.0, False)
    assert (few.low, few.high) == pytest.approx((0.187, 0.813), abs=5e-4)  # Clopper-Pearson


def test_four_people_are_no_group_to_publish_rates_of():
    (small, rest) = flag_parity(np.repeat([0, 1], [4, 30]), np.zeros(34, dtype=bool))
    assert (small.undefined, small.rate) == ("too-few-people", None)
    assert rest.rate == 0


def test_people_without_a_known_group_are_left_out():
    assert [
        rate.people for rate in flag_parity(np.array([0] * 6 + [-1] * 9), np.ones(15, bool))
    ] == [6]


def test_flags_at_random_are_rarely_called_uneven():
    rng = np.random.default_rng(8)
    group = np.repeat([0, 1, 2], 20)
    draws = [flag_parity(group, rng.random(60) < 0.2) for _ in range(300)]
    assert np.mean([any(rate.uneven for rate in rates) for rates in draws]) <= 0.06
