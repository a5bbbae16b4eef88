"""A second reviewer who does not know of the first, and a third where they differ."""

from __future__ import annotations

import pytest

from labelaudit.errors import UsageError
from labelaudit.review import Choice, Filter
from review_runs import NOON, item


@pytest.fixture
def reviewed(store, taken_in, say) -> str:
    """Return a run of 20 flags that ann decided, all of them ok."""
    run = taken_in([item(f"i{n}", probability=0.5) for n in range(20)])
    for _ in range(20):
        say(run)
    return run


def test_a_share_of_what_was_decided_is_drawn_once(store, reviewed):
    drawn = [store.open_second_round(reviewed, 0.25, "lead", NOON) for _ in range(2)]
    assert drawn == [5, 0]
    assert {f.probability for f in store.flags(Filter(reviewed, round=2)).flags} == {0.125}


def test_another_seed_draws_other_units(store, reviewed):
    store.open_second_round(reviewed, 0.25, "lead", NOON, seed=1)
    first = {flag.item_id for flag in store.flags(Filter(reviewed, round=2)).flags}
    assert first != {f"i{n}" for n in range(5)}


def test_the_second_look_is_for_somebody_else_and_shows_nothing_of_the_first(store, reviewed):
    store.open_second_round(reviewed, 0.25, "lead", NOON)
    assert store.take_next(Filter(reviewed), "ann", NOON) is None
    flag = store.take_next(Filter(reviewed), "bob", NOON)
    assert (flag.round, flag.status, store.history(flag.id)) == (2, "open", ())
    with pytest.raises(UsageError, match="for somebody else"):
        store.decide(flag.id, flag.version, "ann", Choice("label-ok"), NOON)


def test_reviewer_agreement_counts_the_units_that_both_decided(store, reviewed, say):
    store.open_second_round(reviewed, 0.5, "lead", NOON)
    for n in range(8):
        say(reviewed, "bob", *(("label-wrong", "dog") if n < 2 else ()))
    raw, alpha = store.reviewer_agreement(reviewed)
    assert (raw.value, raw.units) == (0.75, 8)
    assert alpha.value == pytest.approx(-1 / 14)  # 1 - 15 x (1/4) / (2 x 14 x 2 / 16)


def test_without_a_second_round_agreement_is_undefined_with_a_reason(store, reviewed):
    assert {(e.value, e.undefined) for e in store.reviewer_agreement(reviewed)} == {
        (None, "no-labels")
    }


def test_a_third_reviewer_settles_what_two_differ_on(store, reviewed, say):
    store.open_second_round(reviewed, 0.1, "lead", NOON)
    for kind in ("ambiguous", "label-ok"):
        say(reviewed, "bob", kind)
    (apart,) = store.unsettled(reviewed)
    assert (apart.first.kind, apart.second.kind) == ("label-ok", "ambiguous")
    assert store.open_third_round(reviewed, "lead", NOON) == 1
    assert store.take_next(Filter(reviewed), "bob", NOON) is None
    say(reviewed, "cleo", "ambiguous")
    assert store.unsettled(reviewed) == ()


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_a_share_is_a_fraction(store, reviewed, share):
    with pytest.raises(UsageError, match="share"):
        store.open_second_round(reviewed, share, "lead", NOON)


def test_a_round_needs_a_run(store):
    with pytest.raises(UsageError, match="is not in this store"):
        store.open_second_round("0123", 0.1, "lead", NOON)
