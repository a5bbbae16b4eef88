"""Agreement against every peer that can run at all: `python -m bench.agreement_peers`.

Each measurement is a process of its own under a limit of memory and time. A peer that lives
in another environment is named with `--python irrCAC=PATH`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from bench.agreement.comparisons import UNITS, Comparison, comparisons
from bench.agreement.peers import DRAWN
from bench.agreement.results import Measured, Result
from bench.agreement.table import page

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "bench" / "agreement.md"
MEMORY = 9 * 2**30
SECONDS = 100
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
PYTHONS: dict[str, str] = {}


@cache
def measure(tool: str, job: str, way: str, units: int, labels: int) -> Measured:
    """Measure one tool in a process of its own."""
    program = [PYTHONS.get(tool, sys.executable), "-m", "bench.agreement.child"]
    arguments = [tool, job, way, str(units), str(labels), str(MEMORY), str(SECONDS)]
    done = subprocess.run(
        [*program, *arguments],
        cwd=ROOT,
        env=os.environ | ONE_THREAD | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return Measured(**json.loads(done.stdout.splitlines()[-1]))
    killed = f"killed by signal {-done.returncode}"
    return Measured(cannot=f"more than {SECONDS} s" if done.returncode == -14 else killed)


def compare(of: Comparison) -> Result:
    """Measure both sides of a comparison."""
    peer = measure(of.peer, of.job, of.way, of.units, of.labels)
    if of.job == "alpha, 1,000 replicates" and peer.seconds is not None:
        peer = Measured(peer.seconds * 1_000 / DRAWN, peer.extra_mb)
    ours = measure("labelaudit", of.job, of.given, of.units, of.labels)
    result = Result(of, peer, ours)
    print(of, result.ratio or peer.cannot or ours.cannot, file=sys.stderr, flush=True)
    return result


def main() -> None:
    """Measure everything that is asked for, and write the page if it is everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--job", help="only this job; prints the page instead of writing it")
    parser.add_argument("--units", type=int, nargs="*", help="only these sizes; prints too")
    parser.add_argument("--processes", type=int, default=1, help="how many are measured at once")
    parser.add_argument("--python", action="append", default=[], metavar="PEER=PATH")
    arguments = parser.parse_args()
    PYTHONS.update(choice.split("=", 1) for choice in arguments.python)
    units = tuple(arguments.units or UNITS)
    wanted = [of for of in comparisons(units) if arguments.job in {None, of.job}]
    with ThreadPoolExecutor(arguments.processes) as pool:
        text = page(list(pool.map(compare, wanted)), MEMORY, SECONDS)
    if arguments.job or arguments.units:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
