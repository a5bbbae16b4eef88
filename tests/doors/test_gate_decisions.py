"""`labelaudit gate --with-decisions`: what was decided counts, and is named in `gate.json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from labelaudit.model import Finding
from labelaudit.review import Choice, Filter, open_store
from review_runs import NOON, batch, item, run_folder

GOLDEN = Path(__file__).parents[1] / "golden"
LEAK = Finding("gold-leakage", "breach", "high", "seen before", "label", "b1", item_id="a")


@pytest.fixture
def place(tmp_path):
    """Return a folder with a run whose one batch is in review for one unit."""
    drawn = [item("u", drawn="uniform", probability=0.5)]
    folder = run_folder(tmp_path / "run", drawn, [LEAK])
    document = json.loads((GOLDEN / "audit.json").read_text())
    document["batches"] = [batch("gold-leakage")]
    (folder / "audit.json").write_text(json.dumps(document))
    return tmp_path


@pytest.fixture
def store(place):
    with open_store(str(place / "r.db")) as opened:
        opened.import_run(place / "run", "lead", NOON)
        yield opened


@pytest.fixture
def decide(store):
    """Decide a unit by its id."""

    def by(name, kind, reviewer="ann", of_round=1):
        wanted = Filter(store.runs()[0].id, text=name, round=of_round)
        (flag,) = store.flags(wanted).flags
        return store.decide(flag.id, flag.version, reviewer, Choice(kind), NOON)

    return by


@pytest.fixture
def gate(run, place):
    """Gate that run with its decisions."""
    return lambda *words: run(
        "gate", place / "run", "--with-decisions", "--db", place / "r.db", *words
    )


def test_what_was_cleared_lets_the_batch_pass_and_is_recorded(gate, decide, store, place):
    decide("a", "label-ok")
    decide("u", "label-wrong")
    done = gate()
    kept = json.loads((place / "run/gate.json").read_text())["decisions"]
    assert (done.code, "cleared: gold-leakage of b1" in done.err) == (0, True)
    assert (kept["store"]["head"], kept["decided"]) == (store.verify().head, 2)
    assert kept["resolved"] == [{"batch_id": "b1", "check": "gold-leakage"}]
    assert "1 wrong of 1 drawn by chance, 100.0% [2.5%, 100.0%]" in done.err


def test_without_the_option_the_gate_reads_the_run_alone(run, decide, place):
    decide("a", "label-ok")
    done = run("gate", place / "run")
    assert done.code == 3
    assert "decisions" not in json.loads((place / "run/gate.json").read_text())


def test_two_reviewers_must_both_clear_it_until_a_third_settles(gate, decide, store):
    decide("a", "label-ok")
    run = store.runs()[0].id
    store.open_second_round(run, 1.0, "lead", NOON)
    assert gate().code == 0
    decide("a", "label-wrong", "bob", 2)
    assert gate().code == 3
    store.open_third_round(run, "lead", NOON)
    decide("a", "label-ok", "cleo", 3)
    assert gate().code == 0


def test_a_decision_taken_back_clears_nothing(gate, decide, store):
    made = decide("a", "label-ok").decision
    store.undo(made.id, "ann", NOON)
    done = gate()
    assert (done.code, "no finding was cleared" in done.err) == (3, True)


def test_a_run_that_nobody_took_in_is_refused(run, place):
    with open_store(str(place / "other.db")):
        pass
    done = run("gate", place / "run", "--with-decisions", "--db", place / "other.db")
    assert (done.code, "nobody reviewed it" in done.err) == (2, True)


def test_a_store_that_was_tampered_with_is_refused(gate, decide, store, place):
    import sqlite3

    decide("a", "label-wrong")
    with sqlite3.connect(place / "r.db") as connection:
        connection.execute("UPDATE decisions SET kind = 'label-ok'")
    connection.close()
    done = gate()
    assert (done.code, "its record is broken: decision 1" in done.err) == (2, True)


def test_the_ledger_keeps_the_decisions_used(gate, decide, place):
    decide("a", "label-ok")
    gate("--ledger", place / "ledger.jsonl")
    assert '"resolved":[{"batch_id":"b1"' in (place / "ledger.jsonl").read_text().replace(" ", "")
