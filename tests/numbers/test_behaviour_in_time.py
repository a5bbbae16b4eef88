"""Signals that need the order or the pace of work."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import LABELS, all_answered, careful, marked, truth
from labelaudit.behaviour import (
    complementary_sessions,
    decay,
    hours_a_day,
    learning_curve,
    long_run,
    overlapping_work,
    pattern_answering,
    response_time,
    throughput,
    work,
)

UNITS, PEOPLE = 150, 7
LAST = PEOPLE - 1


def careless(where) -> np.ndarray:
    """Return careful people's labels; the last person guesses on these units."""
    labels = careful(UNITS, PEOPLE)
    guesses = np.random.default_rng(1).integers(0, LABELS, UNITS)
    labels[where, -1] = guesses[where]
    return labels


def test_one_who_takes_a_fifth_of_the_time():
    pace = np.random.default_rng(0).lognormal(3, 0.3, (UNITS, PEOPLE))
    pace[:, -1] /= 5
    found = response_time(all_answered(careful(UNITS, PEOPLE), pace=pace))
    assert marked(found) == [LAST]
    assert found.effect[-1] == pytest.approx(0.8, abs=0.05)


def test_one_who_takes_two_thirds_of_the_time_is_left_in_peace():
    pace = np.full((UNITS, PEOPLE), 20.0)
    pace[:, -1] = 13
    assert marked(response_time(all_answered(careful(UNITS, PEOPLE), pace=pace)), 0.99) == []


def test_short_units_are_not_held_against_those_who_get_them():
    unit, who = np.divmod(np.arange(400 * 5), 5)
    who += np.where(unit < 200, 0, 5)
    spent = np.where(unit < 200, 40.0, 4.0)
    table = work(unit, who, [0] * len(unit), LABELS, duration=spent)
    assert marked(response_time(table), 0.99) == []


@pytest.mark.parametrize("spent", [None, np.full(6, np.nan), np.full(6, -1.0), np.full(6, np.inf)])
def test_durations_that_say_nothing_are_not_testable(spent):
    table = work([0] * 6, range(6), [0] * 6, LABELS, duration=spent)
    assert response_time(table).reading(0).undefined == "no-durations"


def test_decay_is_found_with_its_onset():
    found = decay(all_answered(careless(np.arange(UNITS) >= 90)))
    assert marked(found.signal) == [LAST]
    assert found.onset[LAST] == pytest.approx(90, abs=10)


def test_a_bad_start_is_learning_and_not_decay():
    table = all_answered(careless(np.arange(UNITS) < 20))
    assert marked(learning_curve(table)) == [LAST]
    assert marked(decay(table).signal) == []


def test_units_that_get_harder_for_all_are_no_decay():
    late = careful(UNITS, PEOPLE, mistakes=0.35)
    labels = np.where(np.arange(UNITS)[:, None] < 75, careful(UNITS, PEOPLE), late)
    assert marked(decay(all_answered(labels)).signal) == []


def test_a_cycle_of_labels_is_a_pattern():
    labels = careful(UNITS, PEOPLE)
    labels[:, -1] = np.arange(UNITS) // 2 % LABELS  # each label twice: two answers back tell it
    assert marked(pattern_answering(all_answered(labels))) == [LAST]


def test_units_sorted_by_label_are_no_pattern_and_no_long_run():
    order = np.argsort(truth(UNITS), kind="stable")
    table = all_answered(careful(UNITS, PEOPLE)[order])
    assert marked(pattern_answering(table)) == []
    assert marked(long_run(table)) == []


def test_a_long_run_on_mixed_units_is_seen():
    labels = careful(UNITS, PEOPLE)
    labels[40:70, -1] = 2
    found = long_run(all_answered(labels))
    assert marked(found) == [LAST]
    assert found.score[-1] == pytest.approx(30, abs=2)


def honest_in_pairs(seed, units=600, people=20):
    """Return work of honest people, two a unit, where three in four units have one label."""
    rng = np.random.default_rng(seed)
    who = np.argsort(rng.random((units, people)), axis=1)[:, :2].ravel()
    label = (rng.random(units) < 0.25).repeat(2) ^ (rng.random(2 * units) < 0.1)
    return work(np.arange(units).repeat(2), who, label, 2, end=np.arange(2.0 * units))


def test_one_noisy_other_makes_no_run_of_the_usual_label_a_habit():
    runs = [long_run(honest_in_pairs(seed)) for seed in range(20)]
    assert sum(len(marked(found, 0.01)) for found in runs) <= 4  # of 400; 1 in 100 by chance


@pytest.mark.parametrize("signal", [pattern_answering, long_run, learning_curve, throughput])
@pytest.mark.parametrize("end", [None, np.zeros(600), np.full(600, np.nan)])
def test_without_an_order_nothing_is_said_of_order(signal, end):
    unit, who = np.divmod(np.arange(600), 6)
    found = signal(work(unit, who, unit % 3, LABELS, end=end))
    assert not found.testable.any()
    assert found.reading(0).undefined == "no-order"


def test_bulk_times_give_no_decay_either():
    unit, who = np.divmod(np.arange(600), 6)
    found = decay(work(unit, who, unit % 3, LABELS, end=np.zeros(600)))
    assert found.signal.reading(0).undefined == "no-order"
    assert found.onset.tolist() == [-1] * 6


def test_an_answer_a_second_for_ten_minutes_is_more_than_one_person_gives():
    pace = np.full((700, 2), 20.0)
    pace[:, 1] = 1.0
    found = throughput(all_answered(careful(700, 2), pace=pace, gap=0.0))
    assert marked(found) == [1]
    assert found.effect[1] > 1 > found.effect[0]


def test_two_people_on_one_id_overlap():
    start = np.sort(np.random.default_rng(0).uniform(0, 3_000, 200))
    table = work(np.arange(200), [0] * 200, [0] * 200, LABELS, start=start, end=start + 25)
    found = overlapping_work(table)
    assert found.score[0] > 0.5
    assert marked(found) == [0]


def test_a_few_tabs_left_open_are_nothing():
    start = np.arange(200) * 30.0
    end = start + np.where(np.arange(200) % 30 == 0, 400, 20)
    table = work(np.arange(200), [0] * 200, [0] * 200, LABELS, start=start, end=end)
    assert marked(overlapping_work(table)) == []
    assert overlapping_work(work([0], [0], [0], 2)).reading(0).undefined == "no-start-and-end"


def test_thirty_hours_in_a_day():
    end = np.arange(30) * 2_000.0
    table = work(np.arange(30), [0] * 30, [0] * 30, LABELS, end=end, duration=np.full(30, 3_600))
    assert hours_a_day(table).score[0] == pytest.approx(30)
    assert marked(hours_a_day(table)) == [0]


def test_people_who_work_side_by_side_do_not_complement_each_other():
    moment = np.arange(400) // 10 * 3_600.0 + np.arange(400) % 10 * 60
    table = work(np.arange(400), np.arange(400) % 2, [0] * 400, LABELS, end=moment)
    found = complementary_sessions(table, 0, 1)
    assert found.overlapping >= 38
    assert found.p > 0.99


def test_two_short_stays_tell_nothing_of_sessions():
    table = work(np.arange(4), [0, 1] * 2, [0] * 4, LABELS, end=[0.0, 9.0, 50.0, 60.0])
    assert complementary_sessions(table, 0, 1).undefined == "too-few-sessions"
