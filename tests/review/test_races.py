"""Many reviewers at once, some of them killed: nothing confirmed is lost, nothing doubled.

`python -m bench.reviews` does the same with 8 x 500 decisions.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import labelaudit
from labelaudit.model import Finding
from labelaudit.review import Filter, open_store

RACERS = Path(__file__).parents[1] / "review_racers.py"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(labelaudit.__file__).parents[1])}


@pytest.fixture
def race(db, tmp_path):
    """Let reviewers race and return what was confirmed to them: decision, flag, reviewer."""

    def go(how, run, processes, kills=0) -> list[tuple[int, int, str]]:
        words = [how, db, run, tmp_path, processes, kills, 7]
        done = subprocess.run(
            [sys.executable, RACERS, *map(str, words)],
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        texts = "".join(path.read_text() for path in tmp_path.glob("r*.txt"))
        lines = [line.split() for line in texts.splitlines()]
        return [(int(decision), int(flag), by) for decision, flag, by in lines]

    return go


def kept(db, run) -> set[tuple[int, int, str]]:
    with open_store(db) as store:
        assert store.verify().broken is None
        flags = store.flags(Filter(run), size=5000).flags
        return {(d.id, d.flag_id, d.reviewer) for f in flags for d in store.history(f.id)}


def test_two_reviewers_racing_over_200_items_decide_each_once(db, taken_in, race):
    run = taken_in(200)
    confirmed = race("same", run, 2)
    assert Counter(flag for _, flag, _ in confirmed) == dict.fromkeys(range(1, 201), 1)
    assert kept(db, run) == set(confirmed)


def test_eight_reviewers_killed_at_random_lose_and_double_nothing(db, taken_in, race):
    run = taken_in(120)
    confirmed = set(race("killed", run, 8, kills=6))
    found = kept(db, run)
    assert confirmed <= found
    assert sorted(flag for _, flag, _ in found) == list(range(1, 121))


def test_what_was_sent_outlives_senders_killed_at_random(db, taken_in, race):
    run = taken_in(90)
    confirmed = set(race("sending", run, 6, kills=5))
    exports = {number for number, _, by in confirmed if by == "export"}
    with open_store(db) as store:
        assert exports <= {made.id for made in store.exports(run)}
        assert exports
    assert {line for line in confirmed if line[2] != "export"} <= kept(db, run)


def test_a_flag_on_a_person_is_settled_once_whoever_else_tries(db, taken_in, race):
    seen = [
        Finding("padding", "breach", "high", "one label", annotator_id=f"a{n}") for n in range(60)
    ]
    run = taken_in(3, seen)
    confirmed = race("people", run, 4)
    with open_store(db) as store:
        found = {
            (flag.history[-1].id, flag.id, flag.history[-1].actor) for flag in store.people(run)
        }
        assert store.verify().broken is None
    assert (set(confirmed), len(confirmed)) == (found, 60)
