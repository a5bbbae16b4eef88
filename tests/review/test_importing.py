"""Taking runs in: what becomes a flag, and which decisions still hold in the next run."""

from __future__ import annotations

import pytest

from labelaudit.errors import InputError, UsageError
from labelaudit.model import Finding
from labelaudit.review import Choice, Filter
from review_runs import NOON, item, items, run_folder


def flags(store, run) -> dict[str, tuple[str, ...]]:
    return {flag.item_id: flag.reasons for flag in store.flags(Filter(run)).flags}


def finding(outcome="breach", **where) -> Finding:
    return Finding("gold-leakage", outcome, "high", "seen before", **where)


def test_what_was_drawn_is_a_flag_and_what_is_only_relabeled_is_none(store, taken_in):
    run = taken_in([item("a"), item("b", drawn="uniform"), item("c", drawn="", sampled=False)])
    assert flags(store, run) == {"a": ("tied",), "b": ("tied",)}


def test_a_unit_that_a_check_points_at_is_a_flag_shown_for_certain(store, taken_in):
    found = [finding(question_id="label", item_id=name) for name in ("a", "z")]
    run = taken_in([item("a", drawn="uniform", probability=0.1)], found)
    assert flags(store, run) == {"a": ("tied", "gold-leakage"), "z": ("gold-leakage",)}
    assert {flag.probability for flag in store.flags(Filter(run)).flags} == {1.0}


def test_what_no_check_could_look_at_is_no_flag(store, taken_in):
    run = taken_in([item("a")], [finding("unknown", question_id="label", item_id="z")])
    assert list(flags(store, run)) == ["a"]


def test_the_greatest_expected_harm_comes_first_and_unknown_risk_last(store, taken_in):
    run = taken_in([item("a", risk=None), item("b", risk=0.2), item("c", risk=0.1, weight=3.0)])
    assert list(flags(store, run)) == ["c", "b", "a"]


def test_the_same_run_twice_is_taken_once(store, tmp_path):
    folder = run_folder(tmp_path / "run", items(2))
    first, again = (store.import_run(folder, "lead", NOON) for _ in range(2))
    assert (first.already_there, again.already_there, again.flags) == (False, True, 2)
    assert store.counts(Filter(first.run.id))["open"] == 2


def test_decisions_carry_over_where_item_and_label_are_the_same(store, taken_in, tmp_path):
    before = taken_in([item("same"), item("changed"), item("undecided")])
    for number in (1, 2):
        store.decide(number, 0, "ann", Choice("ambiguous", note="why?"), NOON)
    folder = run_folder(
        tmp_path / "n", [item("same"), item("changed", consensus="dog"), item("new")]
    )
    done = store.import_run(folder, "lead", NOON, after=before)
    assert (done.carried, done.reopened, done.run.parent) == (1, 1, before)
    (held,) = store.flags(Filter(done.run.id, status="decided")).flags
    (carried,) = store.history(held.id)
    assert (held.item_id, carried.reviewer, carried.note) == ("same", "ann", "why?")
    assert store.verify().broken is None


def test_many_decisions_carry_over_as_one_does(store, taken_in, say, tmp_path):
    before = taken_in(120)
    for _ in range(120):
        say(before)
    folder = run_folder(tmp_path / "next", [*items(120), item("new \x00\x1a", vendor=None)])
    done = store.import_run(folder, "lead", NOON, after=before)
    assert (done.carried, done.flags, store.verify().broken) == (120, 121, None)
    assert "new \x00\x1a" in flags(store, done.run.id)


def test_a_skip_is_no_decision_to_carry_over(store, taken_in, say, tmp_path):
    before = taken_in([item("a")])
    say(before, kind="skip")
    folder = run_folder(tmp_path / "next", [item("a"), item("b")])
    done = store.import_run(folder, "lead", NOON, after=before)
    assert (done.carried, done.reopened) == (0, 0)


def test_a_run_cannot_follow_one_that_is_not_there(store, taken_in):
    with pytest.raises(UsageError, match="nothing can be carried over"):
        taken_in(after="0123456789abcdef")
    assert store.runs() == ()


@pytest.mark.parametrize("gone", ["audit.json", "items.parquet", "findings.parquet"])
def test_half_a_run_folder_is_refused_and_nothing_is_taken_in(store, tmp_path, gone):
    folder = run_folder(tmp_path / "run", items(2))
    (folder / gone).write_bytes((folder / gone).read_bytes()[:20])
    with pytest.raises(InputError, match="run folder"):
        store.import_run(folder, "lead", NOON)
    assert (store.runs(), store.verify().entries) == ((), 0)


HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE flags; --",
    "\x1b[31m\u202e",
    "a\x00b",
    "%_\\",
]


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 1_000_000], ids=[*"hsanw", "megabyte"])
def test_hostile_texts_come_back_as_they_were(store, taken_in, say, text):
    run = taken_in([item(text, consensus=text, votes=text, vendor=text, batch_id=text)])
    made = say(run, by=text[:99], kind="label-wrong", label=text, text=text[-2000:])
    flag = store.flag(made.flag.id)
    assert {flag.item_id, flag.label, flag.votes, flag.vendor, flag.batch_id} == {text}
    assert store.history(flag.id)[0] == made.decision
    assert (made.decision.label, store.verify().broken) == (text, None)
