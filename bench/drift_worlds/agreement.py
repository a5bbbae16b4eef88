"""World W2: does agreement drop? Clear items, and items where people draw from the prior."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.drift_worlds.cells import Cell
from labelaudit.coefficients import estimate, from_counts
from labelaudit.drift import AgreementArm, agreement_drift
from labelaudit.drift.agreement import log_ratio
from labelaudit.drift.tails import normal_above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients import FloatArray, IntArray

LEVEL = 0.05
PRIORS = {"balanced": np.array([0.4, 0.3, 0.2, 0.1]), "skewed": np.array([0.9, 0.1])}
BASELINE_ITEMS, BASELINE_ALPHA = 500, 0.75
REFERENCE_RUNS = 1_500
REFERENCE = {
    ("balanced", 50): (0.28, 0.071, 0.59),
    ("balanced", 100): (0.20, 0.058, 0.76),
    ("balanced", 300): (0.11, 0.055, 0.96),
    ("balanced", 1_000): (0.05, 0.049, 1.0),
    ("skewed", 50): (0.38, 0.078, 0.29),
    ("skewed", 100): (0.34, 0.077, 0.36),
    ("skewed", 300): (0.29, 0.057, 0.52),
    ("skewed", 1_000): (0.21, 0.046, 0.69),
}
"""(prior, items) -> published: drop > .05 and z without drift, z at .75 -> .60."""


def labelled(alpha: float, items: int, prior: FloatArray, rng: np.random.Generator) -> IntArray:
    """(items, V) how often each label was given, two labels an item."""
    labels = rng.choice(len(prior), (items, 2), p=prior)
    clear = rng.random(items) < alpha
    labels[clear, 1] = labels[clear, 0]
    return _counted(labels, len(prior))


def by_accuracy(
    accuracy: float, prevalence: float, items: int, rng: np.random.Generator
) -> IntArray:
    """(items, 2) answers of two people who are right with a given chance, on either label."""
    truth = rng.random((items, 1)) < prevalence
    right = rng.random((items, 2)) < accuracy
    return _counted(np.where(right, truth, ~truth).astype(np.int64), 2)


def _counted(labels: IntArray, v: int) -> IntArray:
    return np.asarray((labels[:, :, None] == np.arange(v)).sum(axis=1), dtype=np.int64)


def arm(counts: IntArray) -> AgreementArm:
    """Estimate one arm as an audit does."""
    patterns = from_counts(counts)
    return AgreementArm(
        estimate("krippendorff-alpha", patterns, "nominal"),
        estimate("percent-agreement", patterns, "nominal"),
        int((counts.max(axis=1) < counts.sum(axis=1)).sum()),
    )


def judge(old: AgreementArm, new: AgreementArm) -> dict[str, bool]:
    """Return what the rules say: ours before and after it asks for enough disagreement."""
    drift = agreement_drift(old, new)
    a, b = old.coefficient, new.coefficient
    tested = bool(a.se and b.se and max(a.value or 1, b.value or 1) < 1)
    z = log_ratio(a, b)[0] if tested else 0.0
    return {
        "drop > .05": (b.value or 0) < (a.value or 0) - 0.05,
        "z": tested and normal_above(z) < LEVEL,
        "reported": drift.cause is not None,
        "unknown": drift.drop.p is None,
        "prevalence-effect": drift.cause == "prevalence-effect",
        "quality-drop": drift.cause == "quality-drop",
        "unclear": drift.cause == "unclear",
    }


def simulate(name: str, items: int, alpha: float, runs: int, seed: int) -> dict[str, float]:
    """Return how often each rule fires in W2."""
    rng, prior = np.random.default_rng([seed, items]), PRIORS[name]
    found = [
        judge(
            arm(labelled(BASELINE_ALPHA, BASELINE_ITEMS, prior, rng)),
            arm(labelled(alpha, items, prior, rng)),
        )
        for _ in range(runs)
    ]
    return _shares(found)


def causes(
    accuracy: tuple[float, float], prevalence: tuple[float, float], runs: int, seed: int
) -> dict[str, float]:
    """Return the causes named when accuracy or prevalence change: 500 items against 500."""
    rng = np.random.default_rng(seed)
    found = [
        judge(*(arm(by_accuracy(accuracy[i], prevalence[i], 500, rng)) for i in (0, 1)))
        for _ in range(runs)
    ]
    return _shares(found)


def _shares(found: list[dict[str, bool]]) -> dict[str, float]:
    return {name: float(np.mean([each[name] for each in found])) for name in found[0]}


def cells(runs: int) -> Iterator[Cell]:
    """Yield every cell of W2, with the published ones beside."""
    for (name, items), (drop, alarm, power) in REFERENCE.items():
        place = f"{name}, {items} items"
        still = simulate(name, items, BASELINE_ALPHA, runs, 1)
        yield Cell(place, "drop > .05", still["drop > .05"], runs, drop, REFERENCE_RUNS)
        yield Cell(place, "z", still["z"], runs, alarm, REFERENCE_RUNS, alarm=True)
        yield Cell(place, "**z, as reported**", still["reported"], runs, alarm=True)
        yield Cell(place, "answered unknown", still["unknown"], runs)
        worse = simulate(name, items, 0.60, runs, 2)
        place = f"{place}, .75 -> .60"
        yield Cell(place, "z", worse["z"], runs, power, REFERENCE_RUNS)
        yield Cell(place, "**z, as reported**", worse["reported"], runs)
        yield Cell(place, "named quality-drop", worse["quality-drop"], runs)


def cause_cells(runs: int) -> Iterator[Cell]:
    """Yield which cause is named when only the prevalence, or only the accuracy, changes."""
    worlds = {
        "accuracy .93, prevalence .5 -> .1": ((0.93, 0.93), (0.5, 0.1)),
        "accuracy .93, prevalence .5 -> .3": ((0.93, 0.93), (0.5, 0.3)),
        "accuracy .93 -> .85, prevalence .5": ((0.93, 0.85), (0.5, 0.5)),
        "accuracy .93 -> .85, prevalence .3": ((0.93, 0.85), (0.3, 0.3)),
        "accuracy .93 -> .85, prevalence .5 -> .1": ((0.93, 0.85), (0.5, 0.1)),
    }
    for seed, (place, (accuracy, prevalence)) in enumerate(worlds.items()):
        seen = causes(accuracy, prevalence, runs, seed)
        for what in ("prevalence-effect", "quality-drop", "unclear"):
            yield Cell(place, what, seen[what], runs)
