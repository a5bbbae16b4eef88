"""How fast is Dawid-Skene, beside crowd-kit in the same run?

    python -m bench.truth --crowd-kit PYTHON > bench/truth.md

PYTHON is the interpreter of an environment with crowd-kit; without it only our own side is
measured. Every side runs in a process of its own, one after the other, on one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

CHILD = Path(__file__).with_name("truth_child.py")
SIZES = (1_000_000, 10_000_000)


def measured(python: str, library: str, annotations: int) -> dict[str, float]:
    """Return what a child process measured."""
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    done = subprocess.run(
        [python, str(CHILD), library, str(annotations)],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | threads,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def row(library: str, annotations: int, found: dict[str, float]) -> str:
    """Return a line of the table."""
    return (
        f"| {library} | {annotations:,} | {found['first']:.2f} | {1000 * found['round']:.0f}"
        f" | {found['memory']:.0f} |"
    )


def main() -> None:
    """Measure, and print the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crowd-kit", help="the interpreter of an environment with crowd-kit")
    other = parser.parse_args().crowd_kit
    print(
        "# Dawid-Skene: time and memory\n\n"
        "Written by `python -m bench.truth`: 5 labels a unit, 500 annotators, 4 labels. A round\n"
        "is one EM iteration (best of three runs); the first run includes making the tables.\n"
        "Memory is the peak over what the data alone take.\n\n"
        "| library | annotations | first run, s | a further round, ms | memory, MB |\n"
        "| --- | --- | --- | --- | --- |"
    )
    ours = {size: measured(sys.executable, "ours", size) for size in SIZES}
    for size, found in ours.items():
        print(row("labelaudit", size, found))
    if other:
        theirs = measured(other, "crowd-kit", SIZES[0])
        print(row("crowd-kit", SIZES[0], theirs))
        ratio = theirs["round"] / ours[SIZES[0]]["round"]
        print(f"\nA round of ours takes 1/{ratio:.0f} of crowd-kit's at {SIZES[0]:,} annotations.")


if __name__ == "__main__":
    main()
