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
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

LABELS_EACH, LABELS, ANNOTATORS, ROUNDS = 5, 4, 500, 5
Column = npt.NDArray[np.int64]
Columns = tuple[Column, Column, Column]


def data(annotations: int) -> Columns:
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


def ours(columns: Columns) -> Callable[[int], object]:
    """Return a function that runs so many rounds of our Dawid-Skene."""
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.truth import Limits, dawid_skene

    table = Ratings(*columns, LABELS)
    return lambda rounds: dawid_skene(table, limits=Limits(-1.0, rounds))


def crowd_kit(columns: Columns) -> Callable[[int], object]:
    """Return a function that runs so many rounds of crowd-kit's Dawid-Skene."""
    import pandas as pd
    from crowdkit.aggregation import DawidSkene  # type: ignore[import-not-found]

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
    first, more = (min(timed(run, rounds) for _ in range(3)) for rounds in (1, 1 + ROUNDS))
    found = {"first": first, "round": (more - first) / ROUNDS, "memory": peak() - before}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
