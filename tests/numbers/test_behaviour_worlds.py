"""A few deliveries of the simulated worlds of `bench/worlds`, on every run."""

from __future__ import annotations

from importlib import import_module

import pytest

RUNS = 15


@pytest.fixture(scope="module")
def bench(root):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(root))
        yield lambda name: import_module(f"bench.worlds.{name}")


@pytest.fixture(scope="module")
def runs(bench):
    world, judging = bench("world"), bench("judging")

    def judged(name):
        return [judging.judged(world.delivered(world.WORLDS[name], seed)) for seed in range(RUNS)]

    return {name: judged(name) for name in ("base", "crowded", "clean")}


def share(runs, kind):
    hits, people = zip(*(run.rate(kind) for run in runs), strict=True)
    return sum(hits) / sum(people)


@pytest.mark.parametrize("kind", ["random", "constant", "prior", "fast", "pattern", "gold-known"])
def test_people_who_do_not_look_are_found(runs, kind):
    assert share(runs["base"], kind) >= 0.93


def test_people_who_tire_are_found_more_often_than_not(runs):
    assert share(runs["base"], "degrading") >= 0.5  # 30 people: 0.67 in the long run


def test_pairs_that_copy_are_found_and_no_others(runs):
    found = sum(run.pairs_found for run in runs["base"])
    assert found >= 0.85 * sum(run.pairs_planted for run in runs["base"])
    assert sum(run.pairs_false for group in runs.values() for run in group) <= 1


def test_few_of_those_named_are_honest(runs):
    false = [run.honest_flagged / max(run.named, 1) for run in runs["base"]]
    assert sum(false) / RUNS <= 0.07  # 0.034 in the long run


def test_a_clean_delivery_is_left_in_peace(runs):
    assert sum(run.named for run in runs["clean"]) / (60 * RUNS) <= 0.015


@pytest.mark.parametrize("kind", ["random", "constant", "prior", "pattern"])
def test_three_of_five_people_unlike_the_rest_hide_few_of_them(runs, kind):
    assert share(runs["crowded"], kind) >= 0.65  # 0.85 in the long run


def test_scored_within_the_group_a_minority_is_left_in_peace(bench):
    groups = bench("groups")
    pooled, within = groups.flag_rates(groups.CASES[0], range(1_000, 1_025))
    assert within[0] <= 0.05  # 0.02 in the long run, 0.12 pooled
    assert within[0] < pooled[0]
    assert within[2] >= 0.95


def test_six_people_with_a_view_of_their_own_are_left_in_peace(bench):
    groups = bench("groups")
    pooled, within = groups.flag_rates(groups.CASES[1], range(1_000, 1_040))
    assert within[0] <= 0.05  # 0.01 in the long run, 0.48 pooled
    assert within[0] < pooled[0] / 4
    assert within[2] >= 0.93  # 0.96 in the long run


def test_the_same_seed_gives_the_same_delivery(bench):
    world = bench("world")
    one, other = (world.delivered(world.BASE, 7).work for _ in range(2))
    assert (one.label == other.label).all()
