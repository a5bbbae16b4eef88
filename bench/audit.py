"""The whole audit against a bare scan of the same file: time as a ratio, memory at its peak.

Run in a process of its own: `python -m bench.audit FILE`, which prints one JSON document.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS = ("item_id", "annotator_id", "label", "batch_id", "duration_s", "gold")
CONFIG = """\
[columns]
item = "item_id"
annotator = "annotator_id"
label = "label"
batch = "batch_id"
gold = "gold"
duration_s = "duration_s"
[questions.label]
scale = "nominal"
labels = ["class-000", "class-001", "class-002", "class-003", "class-004"]
[policy]
min_agreement = 0.6
target_agreement = 0.8
[policy.gold]
min_accuracy = 0.8
target_accuracy = 0.9
"""


def best(work: Callable[[], object], times: int) -> float:
    """Return the shortest of several runs, in seconds of wall time."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def scan(path: Path) -> float:
    """Return the time of a bare scan of the six columns."""
    hashes = ", ".join(f"bit_xor(hash({name}))" for name in COLUMNS)
    with duckdb.connect() as connection:
        return best(
            lambda: connection.execute(f"select {hashes} from '{path}'").fetchall(), times=5
        )


def measure(path: Path) -> dict[str, float]:
    """Return the times of scan, read, run and the command, and the peak memory in GB.

    `audit`, `read` and `run` are of the part that counts; `rows` is the whole run.
    """
    import labelaudit
    from labelaudit.reports import REPORTS

    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "labelaudit.toml"
        config.write_text(CONFIG, encoding="utf-8")
        bare = scan(path)
        steps: list[tuple[float, float, float]] = []
        for _ in range(3):
            start = time.perf_counter()
            with labelaudit.read(path, config) as annotations:
                read = time.perf_counter() - start
                audit = labelaudit.run(annotations, row_by_row=False)
                run = time.perf_counter() - start - read
                REPORTS["text"](audit)
                REPORTS["json"](audit)
                steps.append((time.perf_counter() - start, read, run))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        with labelaudit.read(path, config) as annotations:
            rows = best(lambda: labelaudit.run(annotations), times=1)
        command = best(lambda: _command(path, config, Path(folder) / "runs"), times=2)
    total, read, run = min(steps)
    return {
        "scan": bare,
        "audit": total,
        "read": read,
        "run": run,
        "rows": rows,
        "peak_gb": peak,
        "command": command,
    }


def _command(path: Path, config: Path, runs: Path) -> None:
    program = "from labelaudit.cli import main; main()"
    arguments = ["audit", str(path), "-c", str(config), "-o", str(runs), "--counts-only"]
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
