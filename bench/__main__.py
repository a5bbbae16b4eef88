"""Measure the speed promises and write bench/README.md: `python -m bench`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from bench.batches import PEER_BATCHES, compare
from bench.deliveries import write

HERE = Path(__file__).parent
PACKAGES = ("duckdb", "pyarrow", "numpy", "pandas", "pandera", "krippendorff")
PROMISED = {"audit": 25, "command": 40, "peak_gb": 2, "faster": 100}
SIZES = (1_000_000, 10_000_000)


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--page", type=Path, default=HERE / "README.md")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = {size: write(Path(folder) / f"{size}.parquet", size) for size in chosen.sizes}
        audits = {size: _audit(path) for size, path in files.items()}
        batches = compare(files[max(files)])
    text = _page(audits, batches, max(files))
    chosen.page.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _audit(path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.audit", str(path)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _page(audits: dict[int, dict[str, float]], batches: dict[str, float], size: int) -> str:
    rows = "\n".join(_row(count, found) for count, found in audits.items())
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    largest = audits[size]
    return _TEXT.format(
        rows=rows,
        versions=versions,
        machine=machine,
        size=size,
        peer_batches=PEER_BATCHES,
        audit=_kept(largest["audit"] / largest["scan"] <= PROMISED["audit"]),
        command=_kept(largest["command"] / largest["scan"] <= PROMISED["command"]),
        peak=_kept(largest["peak_gb"] <= PROMISED["peak_gb"]),
        table=_kept(batches["table_ratio"] >= PROMISED["faster"]),
        read_kept=_kept(batches["their_table"] / batches["alphas"] >= PROMISED["faster"]),
        read_ratio=f"{batches['their_table'] / batches['alphas']:.3g}",
        **{name: f"{value:.3g}" for name, value in batches.items()},
    )


def _kept(promise: bool) -> str:  # noqa: FBT001  it is what the words are about
    return "kept" if promise else "**not kept**"


def _row(size: int, found: dict[str, float]) -> str:
    scan = found["scan"]
    ratios = (f"{found[name] / scan:.1f}" for name in ("audit", "read", "run", "rows", "command"))
    return f"| {size:,} | {scan:.3f} s | {' | '.join(ratios)} | {found['peak_gb']:.2f} GB |"


_TEXT = """\
# Benchmarks

Measured by `make bench` (`python -m bench`), never in a timed test. Ratios travel between
machines better than seconds; differences under a fifth are noise.

Machine: {machine}. Packages: {versions}.

## The whole audit against a bare scan

Generated Parquet: text ids, 3 labels an item, 500 annotators, 200 batches, 5 classes, gold
on 5% of the items. The unit is a bare scan of the six columns (`bit_xor(hash(c))`) in the
same process, best of five. The audit here is the part that counts: `labelaudit.read` +
`labelaudit.run(annotations, row_by_row=False)` + text and JSON reports, best of three. The whole
run looks at people, batches and items besides, answer by answer: its parts are in
[people.md](people.md). The command is `labelaudit audit --counts-only` in a process of its own,
start-up, run folder and all, best of two. The peak is that of the part that counts.

| annotations | bare scan | audit / scan | read | counts | everything | command / scan | peak |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}

The promises at 10,000,000 are about the part that counts: audit at most 25 ({audit}), peak at
most 2 GB ({peak}), command at most 40 ({command}).

Most of `read` is one group-by of the item ids into lists and counting those lists: about two
thirds of its time. The bytes of text, the values of the columns of names and the row rules take a
scan each, 1 to 1.5 times the bare one. Most of the run over counts is alpha and raw agreement of
200 batches with their jackknife, and 500 annotators, in plain Python between short numpy calls.
The command adds the imports (numpy, pyarrow, DuckDB, scipy; pandas and pandera stay out of large
audits) and `annotations.parquet`, which is written while the measures are taken
and goes on after them: every row of it is turned into text again, and its item ids and line
numbers take two thirds of the time.

## Alpha of all 200 batches

{size:,} annotations. pandas pivots each batch to annotators x items and calls
`krippendorff.alpha`, on {peer_batches} batches and scaled to all of them. From the file: reading
is part of both times, and ours also validates and counts what alpha does not need. From the
table: both start with the rows in memory as text, and ours counts annotator pairs, peers and
patterns over everything as well. From a delivery that was read: rows are counted already, as in
every audit, and alpha of all batches with its intervals is all that is timed; theirs is the time
from the table. The promise is at least 100 times faster "from the same table": {read_kept} from a
delivery that was read, {table} where the counting is part of our time.

| | labelaudit | pandas + krippendorff | ratio |
| --- | --- | --- | --- |
| from the file | {our_file} s | {their_file} s | {file_ratio} |
| from the table | {our_table} s | {their_table} s | {table_ratio} |
| from a delivery that was read | {alphas} s | {their_table} s | {read_ratio} |

Largest difference of alpha: {gap}.

## More pages

- [people.md](people.md): what reads answers row by row, part by part.
- [coverage.md](coverage.md), [coverage_people.md](coverage_people.md): how often intervals and
  gate bounds hold.
- [reports.md](reports.md): every report of 1,000 batches and 100,000 findings.
- [agreement.md](agreement.md): agreement against other packages.
- [operating-characteristics.md](../docs/operating-characteristics.md): how often the gate is wrong.
- [drift.md](drift.md), [truth.md](truth.md), [worlds.md](worlds.md): seeded simulations of
  drift, consensus and people with known faults.
"""


if __name__ == "__main__":
    main()
