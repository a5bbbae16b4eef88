"""How long do Overview, Batch and People take? Reruns of each page over many batches.

    python bench/lead_pages.py [BATCHES] [ITEMS_PER_BATCH]

Audits a made-up delivery, then times the server's side of each page without a browser.
Writes its numbers to standard output; `lead_pages.md` beside it holds what was seen.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from streamlit.testing.v1 import AppTest

from app.settings import Settings
from labelaudit.cli.work import audit_data
from labelaudit.review import open_store

RERUNS = 10
PEOPLE, PER_ITEM = 60, 3
CONFIG = """
[delivery]
reader = "csv-long"
[columns]
item = "item"
annotator = "who"
batch = "batch"
vendor = "vendor"
submitted_at = "at"
[questions.q]
column = "label"
scale = "nominal"
labels = ["a", "b", "c"]
[policy]
min_agreement = 0.6
"""


def delivery(place: Path, batches: int, items: int) -> None:
    """Write a delivery of equally good batches by two vendors."""
    dice = np.random.default_rng(7)
    with (place / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["item", "who", "batch", "vendor", "at", "label"])
        for batch in range(batches):
            day = f"2026-{1 + batch // 28 % 12:02d}-{1 + batch % 28:02d}T08:00:00Z"
            for unit in range(items):
                truth = dice.integers(3)
                for who in dice.choice(PEOPLE, PER_ITEM, replace=False):
                    label = "abc"[truth if dice.random() < 0.9 else dice.integers(3)]
                    row = (f"i{batch}-{unit}", f"w{who}", f"b{batch:04d}", f"v{batch % 2}")
                    writer.writerow([*row, day, label])
    (place / "labelaudit.toml").write_text(CONFIG, encoding="utf-8")


def opened(page: str, **query: str) -> AppTest:
    """Return a page, not run yet."""
    test = AppTest.from_string(
        "from app.components import frame\n"
        f"from app.views import {page}\nframe.page()\n{page}.render()\n",
        default_timeout=60,
    )
    for name, value in query.items():
        test.query_params[name] = value
    return test


def report(page: str, test: AppTest) -> None:
    """Time the first run of a page and its reruns."""
    times = []
    for _ in range(RERUNS + 1):
        start = time.perf_counter()
        test.run()
        times.append(time.perf_counter() - start)
        assert not test.exception, test.exception
    first, *others = times
    print(f"| {page} | {first:.2f} | {np.median(others):.3f} | {max(others):.3f} |", flush=True)


def main() -> None:
    """Audit, then time each page."""
    given = [int(text) for text in sys.argv[1:]]
    batches, items = [*given, *(500, 100)[len(given) :]][:2]
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        delivery(place, batches, items)
        data = (str(place / "rows.csv"),)
        run = audit_data(data, place / "labelaudit.toml", place / "runs", 0, None).run
        db = str(place / "reviews.db")
        Settings(runs=(str(run.parent),), db=db).store()
        with open_store(db) as store:
            flags = store.import_run(run, "lead", datetime.now(UTC)).flags
        print(f"{batches} batches, {batches * items * PER_ITEM:,} annotations, {flags:,} flags")
        print("| page | first, s | rerun p50, s | rerun max, s |\n| --- | --- | --- | --- |")
        report("overview", opened("overview"))
        report("batch", opened("batch", batch="b0100"))
        report("people", opened("people"))


if __name__ == "__main__":
    main()
