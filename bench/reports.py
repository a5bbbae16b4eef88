"""All reports of a very large gate: `python -m bench.reports` measures and prints.

1,000 batches of 4 floors and 100,000 findings, from the audit itself (whose `audit.json` is
made on the way) and from the finished run, each in a process of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.reports import RUN_REPORTS
from labelaudit.reports.documents import Documents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BATCHES, FINDINGS, FLOORS, PEOPLE, ITEMS = 1_000, 100_000, 4, 2_500, 20_000


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["gate"]:
        gate(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["audit"]:
        audit(Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as place:
            for what in ("audit", "gate"):
                words = [sys.executable, "-m", "bench.reports", what, place]
                subprocess.run(words, check=True)


def audit(folder: Path) -> None:
    """Make the document of a large audit, then every report of it."""
    from bench.large_audit import large
    from labelaudit.reports import AUDIT_ONLY, REPORTS
    from labelaudit.reports.json_report import document, written

    found = large(BATCHES, FINDINGS, FLOORS, PEOPLE, ITEMS)
    start = time.perf_counter()
    made = document(found)
    (folder / "audit.json").write_text(written(made), encoding="utf-8")
    took = time.perf_counter() - start
    size = (folder / "audit.json").stat().st_size / 1e6
    print(f"audit.json of {FINDINGS:,} findings: {took:.2f} s, {size:.1f} MB")
    told = Documents(made, settled(made))
    write({form: partial(render, told) for form, render in RUN_REPORTS.items()}, folder)
    write({form: partial(REPORTS[form], found) for form in AUDIT_ONLY}, folder)
    print(f"in all, from the audit: {time.perf_counter() - start:.2f} s, {peak():.0f} MB")


def gate(folder: Path) -> None:
    """Write every report of the finished run."""
    start = time.perf_counter()
    made = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    told = Documents(made, settled(made))
    write({form: partial(render, told) for form, render in RUN_REPORTS.items()}, folder)
    print(f"in all, from the run: {time.perf_counter() - start:.2f} s, {peak():.0f} MB")


def write(renders: Mapping[str, Callable[[], str]], folder: Path) -> None:
    """Write each report, and print how long it took and how large it is."""
    for form, render in renders.items():
        start = time.perf_counter()
        text = render()
        (folder / form).write_text(text, encoding="utf-8")
        took = time.perf_counter() - start
        print(f"  {form}: {took:.2f} s, {len(text) / 1e6:.2f} MB")


def settled(made: dict[str, object]) -> dict[str, object]:
    """Return what the gate makes of it."""
    from labelaudit.gate import decide_run
    from labelaudit.waiving import Waivers

    return {**decide_run(made, Waivers()).document(), "waived": [], "waivers": {}}


def peak() -> float:
    """Return the most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
