"""The review store under load: `python -m bench.reviews [DB]` measures and prints.

Eight reviewers decide 500 flags each and some are killed at random; then pages, counts and
claims among 100,000 flags. Without DB it is a SQLite file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from labelaudit.frames import write_parquet
from labelaudit.listing import Listing
from labelaudit.model import Finding
from labelaudit.queue import Item
from labelaudit.review import (
    Choice,
    DecisionFilter,
    EventFilter,
    Filter,
    Planned,
    open_store,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.review import Store

RACERS = Path(__file__).parents[1] / "tests" / "review_racers.py"
NOW = datetime(2026, 5, 1, tzinfo=UTC)
PEOPLE, EACH, KILLS, MANY = 8, 500, 20, 100_000


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        db = sys.argv[1] if len(sys.argv) > 1 else str(folder / "reviews.db")
        killed(db, folder)
        many(db, folder)


def killed(db: str, folder: Path) -> None:
    """Let reviewers race, kill some, and count what is left of what was confirmed."""
    with open_store(db) as store:
        run = store.import_run(run_folder(folder / "small", PEOPLE * EACH), "b", NOW).run.id
    words = ["killed", db, run, str(folder), str(PEOPLE), str(KILLS), "1"]
    start = time.perf_counter()
    subprocess.run([sys.executable, str(RACERS), *words], check=True, env=dict(os.environ))
    took = time.perf_counter() - start
    texts = "".join(path.read_text() for path in folder.glob("r*.txt"))
    confirmed = {tuple(map(int, line.split()[:2])) for line in texts.splitlines()}
    with open_store(db) as store:
        flags = store.flags(Filter(run), size=5000).flags
        kept = {(made.id, flag.id) for flag in flags for made in store.history(flag.id)}
        broken = store.verify().broken
    print(f"{len(kept):,} decisions of {PEOPLE} reviewers, {KILLS} killed, in {took:.0f} s")
    print(f"confirmed {len(confirmed):,}, lost {len(confirmed - kept)}, ", end="")
    print(f"doubled {len(kept) - len({flag for _, flag in kept})}, chain broken: {broken}")


def many(db: str, folder: Path) -> None:
    """Time what a screen asks for among many flags."""
    source = run_folder(folder / "large", MANY)
    with open_store(db) as store:
        start = time.perf_counter()
        wanted = Filter(store.import_run(source, "b", NOW).run.id)
        print(f"import of {MANY:,} flags: {time.perf_counter() - start:.1f} s")
        middle = store.flags(wanted, size=5000).flags[-1].id
        timed("first page of 50", lambda: store.flags(wanted))
        timed("a page further on", lambda: store.flags(wanted, after=middle))
        timed("a page by reason", lambda: store.flags(Filter(wanted.run_id, reason="split")))
        timed("a page by text", lambda: store.flags(Filter(wanted.run_id, text="99")))
        timed("counts", lambda: store.counts(wanted))
        timed("a card", lambda: store.card(middle))
        timed("next card and decision", lambda: step(store, wanted))
        start = time.perf_counter()
        print(f"verify {store.verify().entries:,} entries: {time.perf_counter() - start:.2f} s")
        start = time.perf_counter()
        planned = [Planned("label", f"more-{n}", "b", "v", "cat", 1) for n in range(MANY)]
        made = store.export(wanted.run_id, "b", NOW, planned=planned).export
        print(f"export of {made.rows:,} rows: {time.perf_counter() - start:.1f} s")
        start = time.perf_counter()
        again = run_folder(folder / "next", MANY, "next")
        done = store.import_run(again, "b", NOW, after=wanted.run_id)
        print(f"the next run, {done.carried:,} carried: {time.perf_counter() - start:.1f} s")
        timed("decisions by text", lambda: store.decisions(DecisionFilter(done.run.id, text="9")))
        timed("the record by text", lambda: store.events(EventFilter(text="label-ok")))


def step(store: Store, wanted: Filter) -> None:
    """Do what a key press does."""
    flag = store.take_next(wanted, "ann", NOW)
    if flag:
        store.decide(flag.id, flag.version, "ann", Choice("label-ok"), NOW)


def timed(what: str, act: Callable[[], object]) -> None:
    """Print the median and the 95th percentile of 60 calls."""
    took = []
    for _ in range(60):
        start = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - start))
    cuts = quantiles(took, n=20)
    print(f"{what}: p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms")


def run_folder(folder: Path, count: int, of: str = "") -> Path:
    """Write a run folder of some size, with a card for each unit."""
    folder.mkdir()
    cards = pa.Table.from_pylist([card(n) for n in range(count)])
    pq.write_table(cards, folder / "cards.parquet")
    write_parquet(Listing(Item, [item(n, count) for n in range(count)]), folder / "items.parquet")
    write_parquet(Listing(Finding, []), folder / "findings.parquet")
    document = {"schema_version": "1", "inputs": [], "of": [count, of]}
    (folder / "audit.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def card(n: int) -> dict[str, object]:
    """Return the card of a unit, with a text and three answers."""
    shown = [{"name": "text", "text": f"words about {n}, " * 12, "left_out": 0, "differs": False}]
    answers = [
        {"annotator_id": f"w{by}", "kind": "human", "label": "cat", "duration_s": 2.5}
        for by in range(3)
    ]
    return {
        "question_id": "label",
        "item_id": f"item-{n:07}",
        "scale": "nominal",
        "labels": '["cat", "dog"]',
        "shown": json.dumps(shown),
        "pair": "[]",
        "image": None,
        "answers": json.dumps(answers),
        "answers_left_out": 0,
    }


def item(n: int, count: int) -> Item:
    """Return a unit to review."""
    return Item(
        question_id="label",
        item_id=f"item-{n:07}",
        batch_id=f"b{n % 50}",
        vendor="v",
        rank=n + 1,
        risk=1 - n / count,
        weight=1.0,
        why="split" if n % 7 == 0 else "tied",
        consensus="cat",
        confidence=n / count,
        votes="2 x cat, 1 x dog",
        gold=None,
        drawn="risk",
        sampled=True,
        probability=1.0,
        more_labels=0,
        expected_gain=0.0,
    )


if __name__ == "__main__":
    main()
