"""The cells of world W1: false alarms without drift, and power at a drift of ten points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.drift_worlds.cells import Cell
from bench.drift_worlds.labels import DRIFTED, FEW, PRIOR, WORLDS, World, deliver
from labelaudit.drift import mix_split, psi, rao_scott
from labelaudit.drift.label_mix import MIN_ANNOTATORS, MIN_CONTENTS
from labelaudit.drift.null_mix import tv_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients import FloatArray
    from labelaudit.drift import Arms

LEVEL = 0.05
SIZES = (50, 100, 300, 1_000)
CHI2 = "chi2 on labels"
OURS = "two-way Rao-Scott"
NO_DRIFT = {
    ("items only", 50): (0.353, 0.025),
    ("items only", 1_000): (0.365, 0.038),
    ("same 12 annotators", 100): (0.342, 0.048),
    ("6 NEW annotators", 100): (0.448, 0.053),
    ("6 NEW annotators", 1_000): (0.678, 0.037),
    ("same, day-to-day wander", 1_000): (0.485, 0.058),
    ("documents of 10 items", 50): (0.718, 0.012),
    ("documents of 10 items", 1_000): (0.653, 0.045),
}
"""(world, items) -> published false alarms of the chi-square on labels and of the F test."""
POWER = {
    ("items only", 50): (0.25, 0.39),
    ("items only", 100): (0.11, 0.76),
    ("items only", 300): (0.02, 1.0),
    ("items only", 1_000): (0.0, 1.0),
    ("6 NEW annotators", 50): (0.29, 0.44),
    ("6 NEW annotators", 100): (0.16, 0.73),
    ("6 NEW annotators", 300): (0.06, 0.95),
    ("6 NEW annotators", 1_000): (0.02, 0.99),
    ("documents of 10 items", 50): (0.43, 0.03),
    ("documents of 10 items", 100): (0.27, 0.22),
    ("documents of 10 items", 300): (0.09, 0.86),
    ("documents of 10 items", 1_000): (0.01, 1.0),
}
"""(world, items) -> published power of PSI above .2 and of the F test."""


def tests(arms: Arms, shift: float) -> dict[str, bool]:
    """Return what each rule says about one delivery, and whether our interval holds the truth."""
    content, people = arms.by_content(), arms.by_annotator()
    test = rao_scott(content, people)
    assert test is not None
    baseline, batch = arms.shares()
    _, low, high = tv_bounds(batch - baseline, test.covariance, test.df2)
    contents = len(np.unique(arms.content[arms.in_batch]))
    newest = len(np.unique(arms.annotator[arms.in_batch])) if arms.annotator is not None else 0
    split = mix_split(arms)
    behaviour = None if split is None else split.test.p
    return {
        OURS: test.p < LEVEL,
        "unknown": contents < MIN_CONTENTS or newest < MIN_ANNOTATORS,
        "behaviour": behaviour is not None and behaviour < LEVEL,
        "behaviour unknown": behaviour is None,
        CHI2: _chi_square_p(content.label_counts().reshape(2, -1)) < LEVEL,
        "PSI > .2": psi(baseline, batch) > 0.2,
        "TV interval misses": not low <= shift <= high,
    }


def _chi_square_p(counts: np.ndarray) -> float:
    from scipy.special import chdtrc

    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    chi2 = ((counts - expected) ** 2 / expected).sum()
    return float(chdtrc(counts.shape[1] - 1, chi2))


def simulate(world: World, items: int, prior: FloatArray, runs: int, seed: int) -> dict[str, float]:
    """Return how often each thing happened over the runs."""
    rng = np.random.default_rng([seed, items])
    shift = float(np.abs(prior - PRIOR).sum()) / 2
    found = [tests(deliver(world, items, prior, rng), shift) for _ in range(runs)]
    return {name: float(np.mean([each[name] for each in found])) for name in found[0]}


def cells(runs: int) -> Iterator[Cell]:
    """Yield every cell of W1, with the published ones beside."""
    for number, world in enumerate((*WORLDS, *FEW)):
        for items in SIZES if number < len(WORLDS) else (100, 1_000):
            seen = simulate(world, items, PRIOR, runs, number)
            place = f"{world.name}, {items} items"
            chi2, ours = NO_DRIFT.get((world.name, items), (None, None))
            yield Cell(place, CHI2, seen[CHI2], runs, chi2)
            enough = seen["unknown"] == 0
            yield Cell(place, f"**{OURS}**", seen[OURS], runs, ours, alarm=enough)
            if not enough:
                yield Cell(place, "answered unknown instead", seen["unknown"], runs)
            if seen["behaviour unknown"] < 1:
                yield Cell(place, "behaviour part", seen["behaviour"], runs, alarm=True)
            yield Cell(place, "TV interval misses", seen["TV interval misses"], runs)


def power_cells(runs: int) -> Iterator[Cell]:
    """Yield the power at a total variation of .10."""
    for number, world in enumerate(WORLDS):
        for items in SIZES:
            if (world.name, items) in POWER:
                seen = simulate(world, items, DRIFTED, runs, 100 + number)
                psi_power, ours = POWER[world.name, items]
                place = f"{world.name}, {items} items, TV .10"
                yield Cell(place, "PSI > .2", seen["PSI > .2"], runs, psi_power)
                yield Cell(place, f"**{OURS}**", seen[OURS], runs, ours)
