"""`labelaudit export`: what goes back to the vendor, from the command line."""

from __future__ import annotations

import csv
import json

import pytest

from labelaudit.review import Choice, open_store
from review_runs import NOON, item, run_folder


@pytest.fixture
def place(tmp_path):
    """Return a folder with a run of two units, one of them decided to be wrong."""
    folder = run_folder(tmp_path / "run", [item("=a"), item("b", more_labels=2)])
    with open_store(str(tmp_path / "r.db")) as store:
        store.import_run(folder, "lead", NOON)
        store.decide(1, 0, "ann", Choice("label-wrong", "dog", "see"), NOON)
    return tmp_path


@pytest.fixture
def export(run, place):
    """Run `labelaudit export` on that run."""
    return lambda *words: run("export", place / "run", "--db", place / "r.db", *words)


def test_the_relabel_file_is_written_and_kept_as_sent(export, place):
    done = export("-o", place / "relabel.csv")
    with (place / "relabel.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (done.code, done.out, row["item_id"], row["reason"]) == (0, "", "'=a", "label-wrong")
    assert "1 rows in" in done.err
    assert "take one away to read them" in done.err
    assert [path.name for path in place.glob("*relabel*")] == ["relabel.csv"]


def test_the_plan_of_the_run_can_stand_in_it(export):
    rows = [json.loads(line) for line in export("--plan", "--format", "jsonl").out.splitlines()]
    assert [(row["item_id"], row["reason"], row["more_labels"]) for row in rows] == [
        ("=a", "label-wrong", 0),
        ("b", "planned", 2),
    ]


def test_a_run_can_be_named_by_its_id(run, place):
    with open_store(str(place / "r.db")) as store:
        name = store.runs()[0].id
    done = run("export", name, "--db", place / "r.db", "--what", "decisions")
    assert (done.code, "label-wrong" in done.out, "dog" in done.out) == (0, True, False)


def test_a_file_that_cannot_be_written_sends_nothing(export, place):
    done = export("-o", place / "no" / "such.csv")
    with open_store(str(place / "r.db")) as store:
        assert (done.code, store.exports()) == (2, ())
    assert "cannot be written" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("0123", "--db", "gone.db"), "is not there"),
        (("0123", "--plan"), "--plan needs a run folder"),
        (("0123",), "is not in this store"),
        (("no/such/folder",), "is not in this store"),
    ],
)
def test_what_cannot_be_exported_says_why(run, place, monkeypatch, words, said):
    monkeypatch.chdir(place)
    done = run("export", *words) if "--db" in words else run("export", *words, "--db", "r.db")
    assert (done.code, said in done.err) == (2, True)
