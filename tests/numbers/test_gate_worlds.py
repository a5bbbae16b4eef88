"""A few cells of the simulated gate of `bench/gate`, on every run: it keeps its promise."""

from __future__ import annotations

from importlib import import_module

import pytest

RUNS = 150
SLACK = 0.03
"""Two standard errors of a share of .05 over so many runs, and a little."""


@pytest.fixture
def world(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root))
    return lambda name: import_module(f"bench.gate.{name}")


@pytest.mark.parametrize(("prior", "ratings"), [("BALANCED", 2), ("BALANCED", 3), ("SKEWED", 2)])
def test_a_batch_at_the_floor_passes_once_in_twenty_at_the_most(world, prior, ratings):
    worlds = world("worlds")
    cell = world("cells").one_look(worlds.Items(getattr(worlds, prior), ratings, 0.6669), 100, RUNS)
    assert cell.shares["pass"] <= 0.05 + SLACK
    assert cell.shares["first look"] <= 0.005 + SLACK / 2
    assert cell.shares["point"] > 0.4  # what a gate on points would accept
    assert 2 * cell.shares["pass"] * cell.shares["fail"] < 0.01


@pytest.mark.parametrize("alpha", [0.97, 1.0])
def test_a_batch_that_is_nearly_perfect_passes(world, alpha):
    worlds = world("worlds")
    cell = world("cells").one_look(worlds.Items(worlds.BALANCED, 2, alpha), 100, 50)
    assert cell.shares["pass"] == 1.0


def test_topping_up_does_not_wear_the_risk_out(world):
    worlds, cells = world("worlds"), world("cells")
    floor = cells.topped_up(worlds.Items(worlds.BALANCED, 2, 0.6669), 203, 120)
    assert floor.shares["spending"] <= 0.05 + SLACK / 2
    assert floor.shares["spending"] < floor.shares["again"] < floor.shares["point"]


def test_a_vendor_at_the_target_passes_as_planned_whole_or_in_parts(world):
    worlds, cells = world("worlds"), world("cells")
    target = cells.topped_up(worlds.Items(worlds.BALANCED, 2, 0.80), 203, 120)
    assert min(target.shares[rule] for rule in ("once", "whole", "spending")) >= 0.90 - SLACK
    assert target.shares["items spending"] < 203


def test_gold_of_people_who_err_alike_is_not_counted_as_independent(world):
    cell = world("cells").gold(world("worlds").Gold(12, 0.03, 0.90), 300, 600)
    assert cell.shares["pass"] == pytest.approx(0.045, abs=0.02)
    assert cell.shares["pass"] < cell.shares["independent"] < cell.shares["point"]
