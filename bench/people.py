"""What reads answers row by row, against a bare scan: `python -m bench.people`.

Writes bench/people.md. Each size is measured in a process of its own: `--measure FILE`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.audit import CONFIG, scan
from bench.deliveries import write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from labelaudit.annotations import Annotations

HERE = Path(__file__).parent
SIZES = (1_000_000, 10_000_000)
PROMISED = 15
FIRST = {
    "people": "annotator-below-peers",
    "batches": "label-drift",
    "other": "back-filled-consensus",
}
"""The first check of each group, in the order of the shelf."""
STEPS = {
    "counting": "counts alone: `run(annotations, row_by_row=False)`",
    "whole": "everything: `run(annotations)`",
    "records": "the rows, from the engine",
    "fits": "Dawid-Skene and MACE, at once",
    "people": "checks of people",
    "batches": "checks of batches beside each other",
    "other": "other checks of rows",
    "after": "consensus, review queue, vendors",
}


def measure(path: Path) -> dict[str, float]:
    """Return the seconds of each step of an audit, and the peak memory in GB."""
    import labelaudit

    found: dict[str, float] = {"scan": scan(path)}
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "labelaudit.toml"
        config.write_text(CONFIG, encoding="utf-8")
        start = time.perf_counter()
        with labelaudit.read(path, config) as annotations:
            found["read"] = time.perf_counter() - start
            _timed(found, "counting", lambda: labelaudit.run(annotations, row_by_row=False))
            _timed(found, "whole", lambda: labelaudit.run(annotations))
            _timed(found, "counting", lambda: labelaudit.run(annotations, row_by_row=False))
            _parts(annotations, found)
    found["peak_gb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return found


def _timed(found: dict[str, float], name: str, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    found[name] = min(found.get(name, took), took)  # the first call pays the imports


def _parts(annotations: Annotations, found: dict[str, float]) -> None:
    """Time the parts in an order in which each finds what it needs already there."""
    from labelaudit.aftermath import aftermath
    from labelaudit.audit import ALWAYS
    from labelaudit.checks import CHECKS, Evidence, look_at
    from labelaudit.checks.people import floors
    from labelaudit.conduct import conducts
    from labelaudit.drifting import courses
    from labelaudit.measure import measure as measured
    from labelaudit.verdict import thresholds

    project, measures = annotations.project, measured(annotations, ALWAYS)
    people = conducts(annotations, floors(project.policy, annotations.questions))
    batches = courses(people, measures, project.drift)
    held = thresholds(measures, project.policy)
    evidence = Evidence(annotations, measures, project.policy, held, people, batches)
    names = [check.NAME for check in CHECKS]
    ends = [*(names.index(first) for first in FIRST.values()), len(names)]
    _timed(found, "records", lambda: [each.work for each in people.values()])
    _timed(found, "fits", lambda: [(each.mace, each.dawid_skene) for each in people.values()])
    for kind, begin, end in zip(FIRST, ends[:-1], ends[1:], strict=True):
        shelf = CHECKS[begin:end]
        _timed(found, kind, lambda shelf=shelf: look_at(evidence, shelf))
    _timed(found, "after", lambda: aftermath(annotations, people, project, seed=0))


def main() -> None:
    """Measure all sizes and write the page, or measure one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--page", type=Path, default=HERE / "people.md")
    parser.add_argument("--note", default="", help="a sentence on the machine: was it shared?")
    chosen = parser.parse_args()
    if chosen.measure:
        sys.stdout.write(json.dumps(measure(chosen.measure)))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = {size: write(Path(folder) / f"{size}.parquet", size) for size in chosen.sizes}
        found = {size: _child(path) for size, path in files.items()}
    written = page(found, chosen.note)
    chosen.page.write_text(written, encoding="utf-8")
    sys.stdout.write(written)


def _child(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.people", "--measure", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def page(found: Mapping[int, Mapping[str, float]], note: str = "") -> str:
    """Write the page."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    sizes = " | ".join(f"{size:,}" for size in found)
    lines = [
        ("a bare scan, in seconds", [f"{each['scan']:.3f}" for each in found.values()]),
        ("read", [_times(each, "read") for each in found.values()]),
        *((said, [_times(each, name) for each in found.values()]) for name, said in STEPS.items()),
        ("peak memory", [f"{each['peak_gb']:.2f} GB" for each in found.values()]),
    ]
    rows = "\n".join(f"| {said} | {' | '.join(cells)} |" for said, cells in lines)
    small = found[min(found)]
    beyond = (small["whole"] - small["fits"]) / small["scan"]
    return _TEXT.format(
        machine=machine,
        note=note and f"{note}\n\n",
        sizes=sizes,
        rules=" | ".join(["---:"] * len(found)),
        rows=rows,
        size=min(found),
        beyond=beyond,
        kept="kept" if beyond <= PROMISED else "**not kept**",
        growth=_growth(found),
    )


def _times(found: Mapping[str, float], name: str) -> str:
    return f"{found[name] / found['scan']:.1f} ({found[name]:.2f} s)"


def _growth(found: Mapping[int, Mapping[str, float]]) -> str:
    small, large = min(found), max(found)
    if small == large:
        return "One size was measured."
    more = found[large]["peak_gb"] / found[small]["peak_gb"]
    return f"{large // small} times the annotations take {more:.1f} times the memory."


_TEXT = """\
# Row by row

Measured by `python -m bench.people`, never in a timed test. The delivery and the bare scan are
those of [README.md](README.md): 500 annotators, 200 batches, 5 classes, durations, gold on 5% of
the items. Machine: {machine}.

{note}Times are multiples of the bare scan, with seconds behind. The parts below "everything" are
measured one after another, each with what the former ones left; measures, verdicts and the
tables of annotators make up the rest.

| annotations | {sizes} |
| --- | {rules} |
{rows}

## The promise

Everything on {size:,} annotations within 15 bare scans and the consensus fits: {beyond:.0f}
bare scans without the fits, {kept}. {growth}

A bare scan reads six columns in all cores at once and keeps nothing. Everything here has to put
the answers to each item beside each other: the engine sorts the rows for it, which alone costs
more than the promise allows for all of it. After that the time goes to counts and gathers
over a million rows by numpy, each a tenth of a scan to a whole one, and at 1,000,000 about as
much to 200 batches x 5 comparisons with their baseline at a third of a millisecond to two each,
most of which are estimates of agreement with their standard errors. What all batches share is
computed once; what all others hold is the whole less one batch; nothing is sorted per batch.

What does not need rows comes without them: `labelaudit.run(annotations, row_by_row=False)`
gives the same verdicts of agreement, gold and rejected rows.
"""


if __name__ == "__main__":
    main()
