"""Flags on people: what was seen, what both sides say, and what holds in the next run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from labelaudit.errors import UsageError
from labelaudit.model import Finding
from labelaudit.review import open_store
from review_runs import NOON, items

LATER = NOON + timedelta(hours=1)


def seen(who="a-1", outcome="breach", message="below peers", **evidence) -> Finding:
    return Finding(
        "annotator-below-peers",
        outcome,
        "medium",
        message,
        "label",
        annotator_id=who,
        evidence={"units": 75, "items": ["i1", "i2"], **evidence},
    )


@pytest.fixture
def flagged(store, taken_in):
    """Take in a run that flags two people; return the flag of the first."""
    return store.people(taken_in(findings=[seen(), seen("a-2")]))[0]


@pytest.fixture
def settle(store, flagged):
    """Say something of the first flag as it is now."""

    def say(state, side="buyer", note="because", flag=flagged.id):
        (now,) = [each for each in store.people(flagged.run_id) if each.id == flag]
        return store.settle_person(flag, now.version, "lead", state, note, LATER, side=side)

    return say


def test_a_finding_about_a_person_is_a_flag_with_its_evidence(flagged):
    assert (flagged.annotator_id, flagged.question_id, flagged.check) == (
        "a-1",
        "label",
        "annotator-below-peers",
    )
    assert (flagged.evidence["units"], flagged.evidence["items"]) == (75, ["i1", "i2"])
    assert (flagged.state, flagged.version, flagged.history) == ("open", 0, ())


def test_what_could_not_be_looked_at_flags_nobody(store, taken_in):
    assert store.people(taken_in(findings=[seen(outcome="unknown"), seen(None)])) == ()


def test_both_sides_are_heard_in_order(store, settle, flagged):
    settle("appealed", "vendor", "the guideline changed")
    settle("upheld", note="not for these items")
    done = settle("appealed", "vendor", "see the mail")
    assert [(note.side, note.state, note.note) for note in done.flag.history] == [
        ("vendor", "appealed", "the guideline changed"),
        ("buyer", "upheld", "not for these items"),
        ("vendor", "appealed", "see the mail"),
    ]
    assert (done.flag.state, done.flag.version, store.verify().broken) == ("appealed", 3, None)


@pytest.mark.parametrize(
    ("before", "side", "state"),
    [
        ([], "vendor", "upheld"),
        ([], "vendor", "withdrawn"),
        (["appealed"], "buyer", "open"),
        (["upheld"], "vendor", "withdrawn"),
        (["withdrawn"], "buyer", "upheld"),
        (["withdrawn"], "vendor", "appealed"),
    ],
)
def test_a_side_moves_a_flag_only_where_it_may(settle, store, flagged, before, side, state):
    for each in before:
        settle(each)
    with pytest.raises(UsageError, match=f"the {side} cannot make it {state}"):
        settle(state, side)
    assert len(store.people(flagged.run_id)[0].history) == len(before)


def test_a_withdrawn_flag_can_be_opened_again(settle):
    settle("withdrawn")
    assert settle("open", note="new evidence").flag.state == "open"


def test_who_comes_second_is_not_accepted_and_sees_who_was_first(store, flagged):
    first = store.settle_person(flagged.id, 0, "ann", "upheld", "yes", NOON)
    second = store.settle_person(flagged.id, 0, "bob", "withdrawn", "no", LATER)
    assert (first.accepted, second.accepted) == (True, False)
    assert (second.flag.state, second.flag.history[-1].actor) == ("upheld", "ann")


@pytest.mark.parametrize("note", ["", "  ", "x" * 10_001])
def test_a_note_must_say_something_and_not_everything(settle, note):
    with pytest.raises(UsageError, match="note"):
        settle("upheld", note=note)


def test_what_was_said_holds_where_the_same_is_seen_again(store, flagged, settle, taken_in):
    settle("appealed", "vendor", "the guideline changed")
    run = taken_in(findings=[seen(), seen("a-2"), seen("a-3")], after=flagged.run_id, units=4)
    first, second, third = store.people(run)
    assert (first.state, first.follows, first.history[0].note) == (
        "appealed",
        flagged.id,
        "the guideline changed",
    )
    assert (first.history[0].carried_from, first.history[0].side) == (1, "vendor")
    assert (second.state, second.follows, third.follows) == ("open", 2, None)
    assert store.verify().broken is None


def test_other_evidence_opens_the_flag_again_and_names_the_one_before(
    store, flagged, settle, taken_in
):
    settle("upheld")
    run = taken_in(findings=[seen(units=80)], after=flagged.run_id, units=4)
    (now,) = store.people(run)
    assert (now.state, now.history, now.follows) == ("open", (), flagged.id)


def test_a_mask_is_nobody_twice(store, taken_in):
    before = taken_in(findings=[seen("masked-1")])
    flag = store.people(before)[0].id
    store.settle_person(flag, 0, "lead", "upheld", "talked", NOON)
    (now,) = store.people(taken_in(items(4), [seen("masked-1")], after=before))
    assert (now.state, now.follows) == ("open", None)


def test_a_backup_holds_what_was_said(store, flagged, settle, tmp_path):
    settle("upheld", note="\x00 said")
    store.backup(tmp_path / "b.db")
    with open_store(str(tmp_path / "b.db")) as copy:
        assert copy.people(flagged.run_id) == store.people(flagged.run_id)
        assert copy.verify() == store.verify()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE person_notes SET note = 'x' WHERE id = 1", "note 1 is not what entry 2 says"),
        ("DELETE FROM person_notes WHERE id = 1", "note 1 of entry 2 is missing"),
        ("UPDATE person_flags SET state = 'withdrawn' WHERE id = 1", "person flag 1 is withdrawn"),
        ("UPDATE person_flags SET version = 0 WHERE id = 1", "person flag 1 is upheld"),
        ("UPDATE person_flags SET state = 'upheld' WHERE id = 2", "person flag 2 is upheld"),
    ],
)
def test_what_was_changed_behind_the_store_is_named(store, settle, tamper, statement, said):
    settle("upheld")
    tamper(statement)
    assert said in store.verify().broken
