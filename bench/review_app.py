"""How long does the next card take? Key presses in headless Chromium over 10,000 flags.

    python bench/review_app.py [DECISIONS]

Writes its numbers to standard output; `review_app.md` beside it holds what was seen.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from playwright.sync_api import sync_playwright

from browser_work import CHROMIUM, FLAGS, serve, wait_for_card
from labelaudit.review import Filter, open_store
from review_runs import NOON, card, item, run_folder, write_cards

FLAGGED = 10_000
# in the page, so that what is timed is the page: press, and wait until another card stands there
_TIMED = """() => new Promise((done) => {
  const shown = () => document.querySelector(".la-card")?.dataset.item;
  const before = shown(), start = performance.now();
  const look = () => shown() !== before ? done(performance.now() - start)
    : requestAnimationFrame(look);
  for (const kind of ["keydown", "keyup"])
    document.dispatchEvent(new KeyboardEvent(kind, {key: "a", code: "KeyA", bubbles: true}));
  requestAnimationFrame(look);
})"""


def make(place: Path) -> tuple[str, str]:
    """Write a run of many flags into a store; return the store and the run."""
    units = [item(f"i{n}", rank=n, risk=0.5 / n) for n in range(1, FLAGGED + 1)]
    folder = run_folder(place / "runs/r1", units)
    write_cards(folder, [card(unit) for unit in units])
    db = str(place / "reviews.db")
    with open_store(db) as store:
        return db, store.import_run(folder, "lead", NOON).run.id


def memory_mb(process: int) -> float:
    """Return the resident memory of a process."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    (resident,) = [line.split()[1] for line in lines if line.startswith("VmRSS")]
    return int(resident) / 1024


def main() -> None:
    """Time decisions one after the other."""
    decisions = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        place = Path(name)
        db, run = make(place)
        served = serve(db, place / "runs")
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        start = time.perf_counter()
        page.goto(f"{served.url}/review?run={run}")
        wait_for_card(page)
        print(f"first card {time.perf_counter() - start:.2f} s")
        took = []
        for n in range(decisions):
            page.wait_for_timeout(320)
            took.append(page.evaluate(_TIMED))
            if n % 100 == 0:
                print(f"{n:5} decisions: server {memory_mb(served.process.pid):.0f} MB", flush=True)
        print(f"{decisions:5} decisions: server {memory_mb(served.process.pid):.0f} MB")
        names = ("p10", "p50", "p95", "slowest")
        found = zip(names, np.percentile(took, [10, 50, 95, 100]), strict=True)
        print("next card:", ", ".join(f"{name} {took:.0f} ms" for name, took in found))
        browser.close()
        served.close()
        with open_store(db) as store:
            assert store.counts(Filter(run))["decided"] == decisions
            assert store.verify().broken is None


if __name__ == "__main__":
    main()
