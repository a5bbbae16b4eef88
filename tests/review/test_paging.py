"""Filters, order and pages."""

from __future__ import annotations

import pytest

from labelaudit.review import Filter
from review_runs import NOON, item


def walk(store, wanted, order, size) -> list[str]:
    """Return the ids of all flags, a page at a time."""
    page = store.flags(wanted, order=order, size=size)
    names = [flag.item_id for flag in page.flags]
    while page.after is not None:
        page = store.flags(wanted, order=order, size=size, after=page.after)
        names += [flag.item_id for flag in page.flags]
    return names


@pytest.mark.parametrize("order", ["risk", "random", "newest"])
def test_pages_show_every_flag_once_in_the_order_of_one_long_page(store, taken_in, order):
    run = taken_in(23)
    names = walk(store, Filter(run), order, 5)
    assert len(set(names)) == 23
    assert names == walk(store, Filter(run), order, 5000)


def test_the_orders_are_worst_first_newest_first_and_neither(store, taken_in):
    run = taken_in(23)
    worst = [f"i{n}" for n in range(1, 24)]
    assert walk(store, Filter(run), "risk", 50) == worst
    assert walk(store, Filter(run), "newest", 50) == worst[::-1]
    assert walk(store, Filter(run), "random", 50) not in (worst, worst[::-1])


@pytest.mark.parametrize(
    "asked",
    [
        {"batch_id": "b9"},
        {"vendor": "v9"},
        {"question_id": "q9"},
        {"label": "dog"},
        {"drawn": "uniform"},
        {"reason": "split"},
        {"text": "%"},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_a_filter_keeps_what_fits(store, taken_in, asked):
    odd = {"batch_id": "b9", "vendor": "v9", "question_id": "q9", "why": "split"}
    units = [
        item("a", why="splitting"),
        item("5%", consensus="dog", drawn="uniform", **odd),
        item("c"),
    ]
    page = store.flags(Filter(taken_in(units), **asked))
    assert ([flag.item_id for flag in page.flags], page.total) == (["5%"], 1)


def test_flags_can_be_found_by_who_decided_them(store, run, say):
    say(run, "ann")
    undone = say(run, "bob")
    store.undo(undone.decision.id, "bob", NOON)
    found = [store.flags(Filter(run, reviewer=name)).total for name in ("ann", "bob")]
    assert found == [1, 0]


def test_what_comes_next_is_shown_without_claiming_it(store, run):
    store.take_next(Filter(run), "bob", NOON)
    ahead = store.upcoming(Filter(run), "ann", NOON, count=5)
    assert [flag.item_id for flag in ahead] == ["i2", "i3"]
    assert store.flag(ahead[0].id).claimed_by is None
