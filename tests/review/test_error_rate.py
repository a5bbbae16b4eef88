"""The rate of wrong labels, told from what chance drew and from nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scipy.stats import binomtest

from labelaudit.review import Choice, Filter
from review_runs import NOON, item


@pytest.fixture
def sample(taken_in):
    """Return a run of forty units that chance drew, and ten of the worst."""
    by_chance = [item(f"u{n}", drawn="uniform", probability=0.1, risk=0.1) for n in range(40)]
    worst = [item(f"w{n}", rank=n, risk=0.9) for n in range(10)]
    return taken_in([*worst, *by_chance])


def decide(store, flags, kind):
    for flag in flags:
        store.decide(flag.id, flag.version, "ann", Choice(kind), NOON)


def drawn(store, run, how, order="random"):
    return store.flags(Filter(run, drawn=how), order=order, size=100).flags


def test_nothing_is_known_before_the_sample_is_looked_at(store, sample):
    decide(store, drawn(store, sample, "risk"), "label-wrong")
    rate = store.error_rate(Filter(sample))
    assert rate.estimate.undefined == "no-sample"
    assert (rate.left, rate.narrow) == (40, False)


def test_three_wrong_of_twenty_have_the_exact_interval_of_the_binomial(store, sample):
    flags = drawn(store, sample, "uniform")
    decide(store, flags[:3], "label-wrong")
    decide(store, flags[3:20], "label-ok")
    found = store.error_rate(Filter(sample)).estimate
    assert found.value == pytest.approx(0.15)
    exact = binomtest(3, 20).proportion_ci()
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_what_was_decided_out_of_turn_waits_for_those_before_it(store, sample):
    flags = drawn(store, sample, "uniform")
    decide(store, flags[5:], "label-wrong")  # the worst-first queue came here earlier
    assert store.error_rate(Filter(sample)).estimate.undefined == "no-sample"
    decide(store, flags[:5], "label-ok")
    assert store.error_rate(Filter(sample)).estimate.units == 40


def test_decisions_that_do_not_judge_the_label_are_counted_apart(store, sample):
    flags = drawn(store, sample, "uniform")
    for kind, flag in zip(("ambiguous", "bad-item", "skip", "label-ok"), flags, strict=False):
        decide(store, [flag], kind)
    rate = store.error_rate(Filter(sample))
    assert (rate.estimate.units, rate.unjudged, rate.left) == (1, 3, 36)


def test_an_interval_of_ten_points_is_narrow_enough(store, sample):
    rate = store.error_rate(Filter(sample))
    wide = replace(rate, estimate=replace(rate.estimate, low=0.0, high=0.11))
    narrow = replace(rate, estimate=replace(rate.estimate, low=0.02, high=0.11))
    assert (wide.narrow, narrow.narrow) == (False, True)


def test_what_can_be_filtered_by_is_what_occurs(store, taken_in):
    run = taken_in([item("a", batch_id="b2", consensus=None), item("b", why="split")])
    found = store.facets(run)
    assert (found.batches, found.labels) == (("b1", "b2"), ("cat",))
    assert found.reasons == ("split", "tied")


def test_the_last_decision_is_ones_own_and_still_stands(store, sample):
    first, second, third = store.flags(Filter(sample), size=3).flags
    decide(store, [first, second], "label-ok")
    store.decide(third.id, 0, "bob", Choice("label-ok"), NOON)
    last = store.last_decision(sample, "ann")
    assert last.flag_id == second.id
    store.undo(last.id, "ann", NOON)
    assert store.last_decision(sample, "ann").flag_id == first.id


def test_the_next_flag_after_one_is_the_next_in_order(store, sample):
    first, second, third = store.flags(Filter(sample), size=3).flags
    found = store.take_next(Filter(sample), "ann", NOON, after=second.id)
    assert found.id == third.id
    assert store.take_next(Filter(sample), "ann", NOON).id == first.id
