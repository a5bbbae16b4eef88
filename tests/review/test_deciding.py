"""Deciding, undoing and claiming: each flag once, by whoever was first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from labelaudit.errors import UsageError
from labelaudit.review import Choice, Filter
from review_runs import NOON, item

LATER = NOON + timedelta(minutes=5)
OK = Choice("label-ok")


def test_a_decision_is_kept_with_how_it_came_about(store, run):
    flag = store.take_next(Filter(run), "ann", NOON)
    choice = Choice("label-wrong", "dog", "see the ears", "random", 1234)
    store.decide(flag.id, flag.version, "ann", choice, NOON)
    (kept,) = store.history(flag.id)
    assert choice == Choice(kept.kind, kept.label, kept.note, kept.queue_order, kept.shown_ms)
    assert (kept.reviewer, kept.at, kept.probability) == ("ann", NOON, 1.0)


def test_the_chance_of_being_drawn_is_kept_with_the_decision(taken_in, say):
    run = taken_in([item(drawn="uniform", probability=0.0125)])
    assert say(run).decision.probability == 0.0125


def test_who_comes_second_is_told_who_decided(store, run):
    first = store.decide(1, 0, "ann", OK, NOON)
    second = store.decide(1, 0, "bob", Choice("bad-item"), LATER)
    assert (first.accepted, second.accepted, second.by) == (True, False, "ann")
    assert second.decision == first.decision
    assert len(store.history(1)) == 1


def test_a_decision_upon_an_older_state_is_not_taken(store, run):
    made = store.decide(1, 0, "ann", OK, NOON)
    store.undo(made.decision.id, "ann", NOON)
    stale = store.decide(1, 0, "bob", OK, NOON)
    assert (stale.accepted, stale.decision, stale.flag.version) == (False, None, 2)


def test_an_undo_opens_the_flag_and_deletes_nothing(store, run):
    made = store.decide(1, 0, "ann", OK, NOON).decision
    undone = store.undo(made.id, "ann", LATER)
    assert (undone.accepted, undone.flag.status) == (True, "open")
    assert [(row.kind, row.supersedes) for row in store.history(1)] == [
        ("label-ok", None),
        ("undo", made.id),
    ]


def test_an_undo_counts_once(store, run):
    made = store.decide(1, 0, "ann", OK, NOON).decision
    store.undo(made.id, "ann", NOON)
    assert not store.undo(made.id, "ann", NOON).accepted
    assert len(store.history(1)) == 2


def test_nobody_undoes_what_somebody_else_decided(store, run):
    made = store.decide(1, 0, "ann", OK, NOON).decision
    with pytest.raises(UsageError, match="somebody else's"):
        store.undo(made.id, "bob", NOON)


def test_a_skipped_flag_leaves_the_queue_and_can_still_be_decided(store, run, say):
    skipped = say(run, kind="skip")
    assert say(run).flag.id != skipped.flag.id
    done = store.decide(skipped.flag.id, 1, "bob", OK, NOON)
    assert (done.accepted, done.decision.supersedes) == (True, skipped.decision.id)


def test_a_card_that_somebody_has_open_is_not_given_to_others(store, run):
    first = store.take_next(Filter(run), "ann", NOON)
    second = store.take_next(Filter(run), "bob", NOON)
    assert (first.place, second.place) == (1, 2)
    assert store.claim(first.id, "bob", NOON) is None


def test_a_claim_ends_after_five_minutes_unless_it_is_renewed(store, run):
    flag = store.take_next(Filter(run), "ann", NOON)
    store.claim(flag.id, "ann", NOON + timedelta(minutes=4))
    assert store.claim(flag.id, "bob", LATER) is None
    assert store.claim(flag.id, "bob", LATER + timedelta(minutes=4)).claimed_by == "bob"


def test_a_claim_can_be_given_back(store, run):
    flag = store.take_next(Filter(run), "ann", NOON)
    store.release(flag.id, "bob")
    assert store.flag(flag.id).claimed_by == "ann"
    store.release(flag.id, "ann")
    assert store.take_next(Filter(run), "bob", NOON).id == flag.id


def test_when_all_is_decided_nothing_comes_next(store, run, say):
    for _ in range(3):
        say(run)
    assert store.take_next(Filter(run), "ann", NOON) is None
    assert store.counts(Filter(run)) == {"open": 0, "skipped": 0, "decided": 3}


@pytest.mark.parametrize(
    ("by", "choice", "said"),
    [
        (" ", OK, "expected a name"),
        ("ann", Choice("fine"), "found 'fine'"),
        ("ann", Choice("label-ok", "dog"), "only label-wrong names another label"),
        ("ann", Choice("label-ok", note="x" * 10_001), "at most 10,000 characters"),
        ("ann", Choice("label-ok", queue_order="best"), "no queue is ordered by 'best'"),
    ],
)
def test_a_choice_that_says_nothing_is_refused(store, run, by, choice, said):
    with pytest.raises(UsageError, match=said):
        store.decide(1, 0, by, choice, NOON)
    assert store.history(1) == ()


def test_a_time_without_a_zone_is_refused(store, run):
    with pytest.raises(UsageError, match="zone"):
        store.decide(1, 0, "ann", OK, NOON.replace(tzinfo=None))
