"""Measure one consensus library in a process of its own: `child LIBRARY ANNOTATIONS`.

Prints one JSON object: seconds for a first and for every further round of Dawid-Skene, and
the peak of memory over what the data alone takes. Needs numpy and the library measured.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

LABELS_EACH, LABELS, ANNOTATORS, ROUNDS = 5, 4, 500, 5


def data(annotations: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return unit, annotator and label of every annotation, sorted by unit, then annotator."""
    rng = np.random.default_rng(0)
    units = annotations // LABELS_EACH
    truth = rng.choice(LABELS, units, p=[0.4, 0.3, 0.2, 0.1])
    steps = rng.integers(1, ANNOTATORS // LABELS_EACH, (units, LABELS_EACH)).cumsum(axis=1)
    who = np.sort((rng.integers(0, ANNOTATORS, (units, 1)) + steps) % ANNOTATORS, axis=1).ravel()
    skill = rng.beta(8, 2, ANNOTATORS)
    unit = np.repeat(np.arange(units), LABELS_EACH)
    guess = rng.integers(0, LABELS, len(unit))
    return unit, who, np.where(rng.random(len(unit)) < skill[who], truth[unit], guess)


def ours(columns: tuple[np.ndarray, ...]) -> Callable[[int], object]:
    """Return a function that runs so many rounds of our Dawid-Skene."""
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.truth import Limits, dawid_skene

    table = Ratings(*columns, n_labels=LABELS)
    return lambda rounds: dawid_skene(table, limits=Limits(-1.0, rounds))


def crowd_kit(columns: tuple[np.ndarray, ...]) -> Callable[[int], object]:
    """Return a function that runs so many rounds of crowd-kit's Dawid-Skene."""
    import pandas as pd
    from crowdkit.aggregation import DawidSkene

    frame = pd.DataFrame(dict(zip(("task", "worker", "label"), columns, strict=True)))
    return lambda rounds: DawidSkene(n_iter=rounds, tol=-1e9).fit(frame)


def peak() -> float:
    """Return the largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(run: Callable[[int], object], rounds: int) -> float:
    """Return the seconds of a run."""
    begin = time.perf_counter()
    run(rounds)
    return time.perf_counter() - begin


def main() -> None:
    """Measure, and print the numbers."""
    library, annotations = sys.argv[1], int(float(sys.argv[2]))
    run = {"ours": ours, "crowd-kit": crowd_kit}[library](data(annotations))
    before = peak()
    first = timed(run, 1)
    more = min(timed(run, 1 + ROUNDS) - timed(run, 1) for _ in range(3))
    print(json.dumps({"first": first, "round": more / ROUNDS, "memory": peak() - before}))


if __name__ == "__main__":
    main()
