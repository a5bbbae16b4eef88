"""How often does the default interval hold the truth? A seeded study, and the rule it gives.

    python -m bench.coverage [--repetitions 400] [--processes 4] > bench/coverage.md

Two worlds with a known truth, three annotators a unit:

- *clear*: a unit is clear with probability alpha, and then all say one label drawn from the
  prior; else each draws for himself. Alpha is the same on every scale.
- *slips*: every unit has a true label, each annotator misses it with one probability and
  then says any other label.

Two or four labels, balanced or dominated by one; 20 to 400 units; complete, or with 30 % of
the labels missing at random. `labelaudit.coefficients.trust` holds the rule.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from multiprocessing import Pool
from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit.coefficients import estimate, from_counts
from labelaudit.intervals import one_sided, with_interval

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.model import Estimate, Scale

Measure = tuple[str, "Scale"]
MEASURES: tuple[Measure, ...] = (
    ("krippendorff-alpha", "nominal"),
    ("krippendorff-alpha", "ordinal"),
    ("krippendorff-alpha", "interval"),
    ("krippendorff-alpha", "ratio"),
    ("fleiss-kappa", "nominal"),
    ("gwet-ac1", "nominal"),
)
PRIORS = {
    "50/50": (0.5, 0.5),
    "40/30/20/10": (0.4, 0.3, 0.2, 0.1),
    "90/10": (0.9, 0.1),
    "85/10/4/1": (0.85, 0.1, 0.04, 0.01),
}
ALPHAS = (0.4, 0.667, 0.85)
UNITS = (20, 50, 100, 200, 400)
MISSING = (0.0, 0.3)
ANNOTATORS = 3


@dataclass(frozen=True)
class Cell:
    """One setting of the study; `care` is alpha in one world, the chance of a slip in the other."""

    world: Literal["clear", "slips"]
    prior: str
    care: float
    units: int
    missing: float

    @property
    def shares(self) -> FloatArray:
        """(V,) the prior."""
        return np.array(PRIORS[self.prior])

    def joint(self) -> FloatArray:
        """(V, V) the chance that two annotators of a unit give labels c and k."""
        p = self.shares
        if self.world == "clear":
            return self.care * np.diag(p) + (1 - self.care) * np.outer(p, p)
        given = np.full((len(p), len(p)), self.care / (len(p) - 1))
        np.fill_diagonal(given, 1 - self.care)
        return given.T @ np.diag(p) @ given

    def drawn(self, rng: np.random.Generator) -> IntArray:
        """(U, V) counts of the labels of one batch."""
        p, size = self.shares, (self.units, ANNOTATORS)
        truth = rng.choice(len(p), self.units, p=p)[:, None]
        if self.world == "clear":
            clear = rng.random((self.units, 1)) < self.care
            labels = np.where(clear, truth, rng.choice(len(p), size, p=p))
        else:
            slip = rng.random(size) < self.care
            labels = np.where(slip, (truth + rng.integers(1, len(p), size)) % len(p), truth)
        kept = rng.random(size) >= self.missing
        return np.stack([((labels == c) & kept).sum(axis=1) for c in range(len(p))], axis=1)


def truth(measure: Measure, joint: FloatArray) -> float:
    """Return the value that infinitely many units would give."""
    name, scale = measure
    q = joint.sum(axis=0)
    if name == "gwet-ac1":
        chance = float((q * (1 - q)).sum()) / (len(q) - 1)
        return 1 - (1 - float(np.trace(joint))) / (1 - chance)
    y = np.cumsum(q) - q / 2 if scale == "ordinal" else np.arange(1.0, len(q) + 1)
    gap = np.subtract.outer(y, y)
    distance = np.sign(gap) ** 2 if scale == "nominal" else gap**2
    if scale == "ratio":
        distance = distance / np.add.outer(y, y) ** 2
    return 1 - float((joint * distance).sum() / (np.outer(q, q) * distance).sum())


def slips_for(prior: str, alpha: float) -> float:
    """Return the chance of a slip at which nominal alpha is `alpha`, by bisection."""
    low, high = 0.0, 0.5
    for _ in range(60):
        middle = (low + high) / 2
        joint = Cell("slips", prior, middle, 1, 0.0).joint()
        above = truth(("krippendorff-alpha", "nominal"), joint) > alpha
        low, high = (middle, high) if above else (low, middle)
    return low


def cells() -> list[Cell]:
    """List every setting."""
    settings = product(PRIORS, ALPHAS, UNITS, MISSING)
    found = []
    for prior, alpha, units, missing in settings:
        found.append(Cell("clear", prior, alpha, units, missing))
        found.append(Cell("slips", prior, slips_for(prior, alpha), units, missing))
    return found


Tally = dict[Measure, "FloatArray"]
COLUMNS = ("shown", "held_shown", "made", "held_made", "from_below", "from_above")


def judged(found: Estimate, true: float) -> list[bool]:
    """Say what one estimate showed and whether it held, in the order of COLUMNS."""
    shown = found.low is not None and found.high is not None
    made = with_interval(replace(found, interval_undefined=None)) if found.se else found
    below, above = one_sided(found, "lower", 0.95), one_sided(found, "upper", 0.95)
    return [
        shown,
        shown and holds(found, true),
        made.low is not None,
        made.low is not None and holds(made, true),
        below is None or below <= true,
        above is None or above >= true,
    ]


def holds(found: Estimate, true: float) -> bool:
    """Return whether the two-sided interval holds the truth."""
    assert found.low is not None
    assert found.high is not None
    return found.low <= true <= found.high


def run(task: tuple[int, Cell, int]) -> tuple[Cell, Tally]:
    """Simulate one setting: how often each thing of COLUMNS was so."""
    seed, cell, repetitions = task
    rng = np.random.default_rng([20_240_607, seed])
    values = np.arange(1.0, len(cell.shares) + 1)
    asked = [each for each in MEASURES if each[1] == "nominal" or len(values) > 2]
    true = {measure: truth(measure, cell.joint()) for measure in asked}
    counts: Tally = {measure: np.zeros(len(COLUMNS)) for measure in asked}
    for _ in range(repetitions):
        patterns = from_counts(cell.drawn(rng))
        for measure in asked:
            numbers = values if measure[1] in {"interval", "ratio"} else None
            found = estimate(measure[0], patterns, measure[1], values=numbers)
            counts[measure] += judged(found, true[measure])
    return cell, {measure: total / repetitions for measure, total in counts.items()}


def rows(results: list[tuple[Cell, Tally]]) -> list[str]:
    """Write one line per measure, prior, number of units and missing share."""
    groups: dict[tuple[Measure, str, int, float], list[FloatArray]] = defaultdict(list)
    for cell, tally in results:
        for measure, shares in tally.items():
            groups[measure, cell.prior, cell.units, cell.missing].append(shares)
    return [line(*key, np.array(groups[key])) for key in groups]


def line(measure: Measure, prior: str, units: int, missing: float, shares: FloatArray) -> str:
    """Write the mean and the worst of the settings of one line."""
    shown, held_shown, made, held_made, below, above = shares.T
    often = shown >= OFTEN
    worst = f"{(held_shown[often] / shown[often]).min():.2f}" if often.any() else "-"
    mean = f"{held_shown.sum() / shown.sum():.3f}" if shown.sum() else "-"
    without = (held_made / np.maximum(made, 1e-9))[made >= OFTEN].min(initial=1.0)
    name = f"{measure[0]} {measure[1]}"
    return (
        f"| {name} | {prior} | {units} | {missing:.0%} | {shown.mean():.2f} | {mean} | {worst} "
        f"| {without:.2f} | {below.mean():.3f} | {below.min():.2f} | {above.mean():.3f} |"
    )


OFTEN = 0.5
"""Worst coverage is taken over settings where at least half of the batches show an interval."""
HEAD = """# Coverage of the default interval

{repetitions} batches per setting; a line joins two worlds and three true values of alpha
({alphas}). Nominal level 95 %; with {repetitions} batches a true 0.95 varies by about
+/- {noise:.3f}, and the worst of six settings lies lower than their mean by chance alone.

- *shown*: share of batches whose two-sided interval is shown; *covers*: mean and worst
  coverage of those shown; *without the rule*: worst coverage if every interval were shown.
- *from below*: mean and worst coverage of the one-sided 95 % bound that a gate passes on,
  over all batches; *from above*: of the bound that a gate fails on (a withheld one never
  fails).
- Between two labels every scale gives the nominal numbers, so only those are listed.

| coefficient | labels | units | missing | shown | covers | worst | without the rule \
| from below | worst | from above |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def main() -> None:
    """Run the study and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=400)
    parser.add_argument("--processes", type=int, default=4)
    options = parser.parse_args()
    tasks = [(seed, cell, options.repetitions) for seed, cell in enumerate(cells())]
    with Pool(options.processes) as pool:
        results = pool.map(run, tasks, chunksize=4)
    noise = 1.96 * (0.95 * 0.05 / options.repetitions) ** 0.5
    alphas = ", ".join(str(alpha) for alpha in ALPHAS)
    print(HEAD.format(repetitions=options.repetitions, alphas=alphas, noise=noise))
    print("\n".join(rows(results)))


if __name__ == "__main__":
    main()
