"""A few cells of the simulated worlds of `bench/drift_worlds`, on every run."""

from __future__ import annotations

from importlib import import_module

import pytest

RUNS = 100


@pytest.fixture
def world(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root))
    return lambda name: import_module(f"bench.drift_worlds.{name}")


@pytest.mark.parametrize("number", [0, 2, 4])
def test_a_label_mix_without_drift_raises_few_alarms(world, number):
    labels, cells = world("labels"), world("label_cells")
    seen = cells.simulate(labels.WORLDS[number], 200, labels.PRIOR, RUNS, seed=11)
    assert seen[cells.OURS] <= 0.08
    assert seen[cells.CHI2] > 0.2  # what counting labels one by one would say


def test_a_drift_of_ten_points_is_found(world):
    labels, cells = world("labels"), world("label_cells")
    seen = cells.simulate(labels.WORLDS[0], 300, labels.DRIFTED, 40, seed=12)
    assert seen[cells.OURS] >= 0.95


def test_five_documents_are_not_enough_to_tell(world):
    labels, cells = world("labels"), world("label_cells")
    assert cells.simulate(labels.WORLDS[4], 50, labels.PRIOR, 5, seed=13)["unknown"] == 1


def test_agreement_without_drift_raises_few_alarms_and_a_drop_is_found(world):
    agreement = world("agreement")
    assert agreement.simulate("balanced", 300, 0.75, RUNS, seed=3)["reported"] <= 0.08
    assert agreement.simulate("balanced", 300, 0.60, 40, seed=3)["quality-drop"] >= 0.85


def test_a_prevalence_effect_is_not_called_a_quality_drop(world):
    seen = world("agreement").causes((0.93, 0.93), (0.5, 0.1), RUNS, seed=4)
    assert seen["prevalence-effect"] >= 0.85
    assert seen["quality-drop"] <= 0.1


def test_the_chart_keeps_quiet_and_finds_a_doubled_rate(world):
    charts = world("charts")
    quiet = charts.simulate(0.01, 1.0, 2 * RUNS, seed=5)
    assert sum(each.early or each.found for each in quiet) <= 0.1 * len(quiet)
    loud = [each for each in charts.simulate(0.01, 2.0, RUNS, seed=5) if not each.early]
    assert sum(each.found for each in loud) >= 0.97 * len(loud)


def test_marks_over_many_batches_are_rarely_false(world):
    found = world("many").simulate(50, 0.0, 200, seed=6)
    assert found["BH"][2] <= 0.1
    assert found["LORD++"][2] <= 0.08
    assert found["p < .05 each"][2] > 0.8


def test_people_who_work_as_before_are_left_alone(world):
    people = world("people")
    assert people.gold_alarms(12, 300, 0.03, 0.95, RUNS, same=False) <= 0.1
    assert people.duration_alarms(12, 40, 1.0, RUNS) <= 0.1
