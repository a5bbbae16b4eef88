"""World W4: many batches, some of them bad. Which are marked?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from bench.drift_worlds.cells import Cell
from labelaudit.drift import benjamini_hochberg, lord

if TYPE_CHECKING:
    from collections.abc import Iterator

Q, SHIFT = 0.05, 3.0
REFERENCE_RUNS = 1_000
REFERENCE = {
    "p < .05 each": ((0.50, 0.84), (0.18, 0.91), 0.92),
    "BH": ((0.05, 0.50), (0.04, 0.71), 0.05),
    "LORD++": ((0.02, 0.34), (0.03, 0.61), 0.02),
}
"""rule -> (false share, power) with 50 batches and 5 % bad, with 200 and 20 %, any false flag."""
RULES = {
    "p < .05 each": lambda p: p < Q,
    "BH": lambda p: benjamini_hochberg(p, Q),
    "LORD++": lambda p: lord(p, Q, horizon=len(p)),
    "LORD++, endless stream": lambda p: lord(p, Q),
}


def simulate(batches: int, share: float, runs: int, seed: int) -> dict[str, tuple[float, ...]]:
    """Return for every rule the false-discovery share, the power and P(any false flag).

    A run without a bad batch counts with a power of 0, as in the published table.
    """
    rng = np.random.default_rng(seed)
    sums = {name: np.zeros(3) for name in RULES}
    for _ in range(runs):
        bad = rng.random(batches) < share
        p = ndtr(-(rng.normal(size=batches) + SHIFT * bad))
        for name, rule in RULES.items():
            marked = rule(p)
            false, true = int((marked & ~bad).sum()), int((marked & bad).sum())
            sums[name] += [false / max(false + true, 1), true / max(int(bad.sum()), 1), false > 0]
    return {name: tuple((total / runs).tolist()) for name, total in sums.items()}


def cells(runs: int) -> Iterator[Cell]:
    """Yield the cells of W4, with the published ones beside."""
    few, several, none = (
        simulate(50, 0.05, runs, 1),
        simulate(200, 0.20, runs, 2),
        simulate(50, 0.0, runs, 3),
    )
    for name in RULES:
        published = REFERENCE.get(name, ((None, None), (None, None), None))
        for place, seen, reference in (
            ("50 batches, 5 % bad", few, published[0]),
            ("200 batches, 20 % bad", several, published[1]),
        ):
            what = f"{name}: false-discovery share"
            yield Cell(place, what, seen[name][0], runs, reference[0], REFERENCE_RUNS)
            yield Cell(place, f"{name}: power", seen[name][1], runs, reference[1], REFERENCE_RUNS)
        place = "50 batches, none bad"
        what = f"{name}: any false flag"
        tested = name != "p < .05 each"
        yield Cell(place, what, none[name][2], runs, published[2], REFERENCE_RUNS, alarm=tested)
