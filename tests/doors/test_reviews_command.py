"""`labelaudit reviews`: the store before, and beside, the app."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from labelaudit.review import Choice, Filter, open_store
from review_runs import NOON, item, run_folder


@pytest.fixture
def reviews(run, tmp_path):
    """Run `labelaudit reviews` upon a store of this test."""
    return lambda *words: run("reviews", *words, "--db", tmp_path / "r.db")


@pytest.fixture
def taken(reviews, tmp_path) -> str:
    """Take in a run with a hostile item, and return its id."""
    folder = run_folder(tmp_path / "run", [item("a"), item("\x1b[31mred\n", risk=0.1)])
    assert reviews("import", folder).code == 0
    return json.loads(reviews("list", "--json").out)["runs"][0]["id"]


def test_a_run_is_taken_in_once(reviews, taken, tmp_path):
    again = reviews("import", tmp_path / "run")
    assert again.code == 0
    assert "is there already, with 2 flags: nothing changed" in again.err


def test_the_next_run_says_what_was_carried_over(reviews, taken, tmp_path):
    folder = run_folder(tmp_path / "next", [item("a"), item("new")])
    done = reviews("import", folder, "--after", taken)
    assert f"decisions of {taken}: 0 carried over, 0 reopened" in done.err


def test_runs_are_listed_with_what_is_left(reviews, taken):
    head, line = reviews("list").out.splitlines()
    assert head.split() == ["id", "dataset", "created", "open", "skipped", "decided"]
    assert (line.split()[:2], line.split()[3:]) == ([taken, "pets"], ["2", "0", "0"])


def test_flags_are_listed_worst_first_and_can_do_nothing_to_a_terminal(reviews, taken):
    done = reviews("list", taken)
    assert "\x1b" not in done.out
    assert [line.split()[0] for line in done.out.splitlines()] == ["id", "1", "2"]


def test_flags_come_as_one_document(reviews, taken):
    document = reviews("list", taken, "--json", "--limit", "1", "--status", "open").document
    assert (document["total"], document["flags"][0]["item_id"]) == (2, "a")


def test_a_broken_record_is_exit_1_and_named(reviews, taken, tmp_path):
    assert reviews("verify").code == 0
    with closing(sqlite3.connect(tmp_path / "r.db")) as file, file:
        file.execute("UPDATE events SET actor = 'eve'")
    done = reviews("verify")
    assert (done.code, "entry 1 was changed" in done.err) == (1, True)


def test_a_backup_is_restored_into_a_new_store(reviews, run, taken, tmp_path):
    reviews("backup", tmp_path / "backup.db")
    done = run("reviews", "restore", tmp_path / "backup.db", "--db", tmp_path / "new.db")
    assert (done.code, "1 entries" in done.err) == (0, True)
    assert run("reviews", "list", "--db", tmp_path / "new.db").out == reviews("list").out


@pytest.mark.parametrize("words", [["list"], ["verify"], ["backup", "b.db"]])
def test_a_store_that_is_not_there_is_not_made_up(reviews, words, tmp_path, block):
    done = reviews(*words)
    assert (done.code, "is not there" in block(done)) == (2, True)
    assert not (tmp_path / "r.db").exists()


def test_a_run_that_is_not_in_the_store_is_said(reviews, taken, block):
    done = reviews("list", "0123")
    assert (done.code, "run 0123" in block(done)) == (2, True)


def test_what_is_no_run_folder_is_exit_4(reviews, tmp_path, block):
    done = reviews("import", tmp_path)
    assert (done.code, "expected a run folder" in block(done)) == (4, True)


def test_a_second_round_asks_another_reviewer_and_says_how_far_they_agree(reviews, taken, tmp_path):
    with open_store(str(tmp_path / "r.db")) as store:
        for flag in store.flags(Filter(taken)).flags:
            store.decide(flag.id, flag.version, "ann", Choice("label-ok"), NOON)
        done = reviews("round", taken, "2", "--share", "1")
        assert "round 2: 2 more units" in done.err
        (open_one, _) = store.flags(Filter(taken, status="open")).flags
        store.decide(open_one.id, open_one.version, "ben", Choice("ambiguous"), NOON)
    done = reviews("round", taken, "3")
    assert "round 3: 1 more units" in done.err
    assert "reviewers' percent-agreement: 0.000 (1 units)" in done.err


def test_a_round_of_a_run_that_is_not_there_is_refused(reviews, taken):
    assert reviews("round", "0123", "2").code == 2
