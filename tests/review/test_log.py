"""Decisions and the record, to be searched page by page."""

from __future__ import annotations

import pytest

from labelaudit.review import Choice, DecisionFilter, EventFilter, Filter
from review_runs import NOON, item


@pytest.fixture
def worked(store, taken_in):
    """Return a run with three decisions, one of them undone and one sent."""
    run = taken_in([item("5%", consensus="cat"), item("b", batch_id="b2"), item("c")])
    choices = [Choice("label-wrong", "Dög", "see the EARS"), Choice("ambiguous"), Choice("skip")]
    for name, choice in zip(("ann", "bob", "ann"), choices, strict=True):
        flag = store.take_next(Filter(run), name, NOON)
        store.decide(flag.id, flag.version, name, choice, NOON)
    store.undo(2, "bob", NOON)
    store.export(run, "lead", NOON)
    return run


def kinds(store, run, **asked) -> list[str]:
    return [line.decision.kind for line in store.decisions(DecisionFilter(run, **asked))[0]]


def test_decisions_are_listed_newest_first_with_what_became_of_them(store, worked):
    lines, total = store.decisions(DecisionFilter(worked))
    assert [(line.decision.kind, line.stands, line.sent) for line in lines] == [
        ("undo", False, False),
        ("skip", True, False),
        ("ambiguous", False, False),
        ("label-wrong", True, True),
    ]
    assert (total, lines[-1].item_id, lines[-1].old_label) == (4, "5%", "cat")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "skip"}, ["skip"]),
        ({"reviewer": "BOB"}, ["undo", "ambiguous"]),
        ({"batch_id": "b2"}, ["undo", "ambiguous"]),
        ({"standing": True}, ["skip", "label-wrong"]),
        ({"standing": False}, ["undo", "ambiguous"]),
        ({"text": "%"}, ["label-wrong"]),
        ({"text": "the ears"}, ["label-wrong"]),
        ({"text": "Dög"}, ["label-wrong"]),
        ({"text": "'; --\x00"}, []),
    ],
)
def test_a_filter_keeps_what_fits(store, worked, asked, found):
    assert kinds(store, worked, **asked) == found


def test_a_page_at_a_time_shows_each_once(store, worked):
    pages = [store.decisions(DecisionFilter(worked), page=n, size=3) for n in (1, 2, 3)]
    assert [len(lines) for lines, _ in pages] == [3, 1, 0]
    assert {total for _, total in pages} == {4}
    seen = [line.decision.id for lines, _ in pages for line in lines]
    assert seen == [4, 3, 2, 1]


def test_how_many_stand_decided_in_each_way(store, worked):
    assert store.concluded(worked) == {"label-wrong": 1, "skip": 1}


def test_the_record_is_listed_newest_first_up_to_its_head(store, worked):
    told, total = store.events()
    assert [event.action for event in told][:2] == ["export", "undo"]
    assert (total, told[0].seq, told[0].hash) == (6, *store.head())
    assert store.head() == (store.verify().entries, store.verify().head)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"action": "undo"}, [5]),
        ({"actor": "Bob"}, [5, 3]),
        ({"subject": "flag 1"}, [2]),
        ({"text": "Dög"}, [2]),
        ({"text": "see the ears"}, [2]),
        ({"text": "lead"}, [6, 1]),
        ({"text": '"'}, []),
        ({"action": "undo", "actor": "ann"}, []),
    ],
)
def test_the_record_can_be_searched(store, worked, asked, found):
    assert [event.seq for event in store.events(EventFilter(**asked))[0]] == found


def test_what_was_done_so_far_is_named(store, worked):
    assert store.actions() == ("decide", "export", "import", "undo")
