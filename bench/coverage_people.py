"""Do intervals hold that resample more than units: people, documents, answers on gold?

    python -m bench.coverage_people [--repetitions 2000] [--processes 2] > bench/coverage_people.md

Three worlds with a known truth, seeded:

- *people*: every batch draws its annotators anew from a pool in which some are careful and
  some are not; three of them label each unit. The truth is that of the pool.
- *documents*: units come in documents that are easy or hard, and lean to one label.
- *gold*: annotators of unequal accuracy answer gold items; the truth is the pool's accuracy.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from multiprocessing import Pool
from typing import TYPE_CHECKING

import numpy as np

from bench.coverage import truth
from labelaudit.coefficients import Ratings, Resampling, estimate, ratings
from labelaudit.intervals import gold_accuracy, one_sided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.model import Estimate

LABELS = 3
SLIPS = {"alike": (0.15, 0.15), "unlike": (0.05, 0.25)}
"""The chance of a slip of the careful half and of the careless half."""
COLUMNS = ("shown", "covers", "from below")


@dataclass(frozen=True)
class Cell:
    """One setting: people or documents or gold, how unlike they are, how many, how much."""

    world: str
    spread: str
    groups: int
    units: int


def cells() -> list[Cell]:
    """List every setting."""
    found = [Cell("people", s, a, u) for s in SLIPS for a in (5, 10, 20, 40) for u in (100, 400)]
    found += [Cell("documents", s, g, u) for s in SLIPS for g in (10, 20, 40) for u in (100, 400)]
    return found + [Cell("gold", s, a, u) for s in SLIPS for a in (5, 10, 20, 40) for u in (10, 30)]


def true_alpha(spread: str, *, shared: bool) -> float:
    """Return alpha of the pool; a slip rate is shared by the labels of a document's unit."""
    halves = SLIPS[spread] if shared else (float(np.mean(SLIPS[spread])),)
    joint = np.mean([_joint(slip) for slip in halves], axis=0)
    return truth(("krippendorff-alpha", "nominal"), joint)


def _joint(slip: float) -> FloatArray:
    given = np.full((LABELS, LABELS), slip / (LABELS - 1))
    np.fill_diagonal(given, 1 - slip)
    return np.asarray(given.T @ given / LABELS)


def by_people(cell: Cell, rng: np.random.Generator) -> Iterator[tuple[str, Estimate, float]]:
    """Measure one batch with annotators fixed, and with annotators that vary."""
    slip = rng.choice(SLIPS[cell.spread], cell.groups)
    who = np.argsort(rng.random((cell.units, cell.groups)), axis=1)[:, :3]
    label = rng.integers(LABELS, size=(cell.units, 1))
    data = _table(who, _slipped(label, slip[who], rng))
    true = true_alpha(cell.spread, shared=False)
    yield "units", _alpha(data, Resampling()), true
    yield "units and annotators", _alpha(data, Resampling(annotators=True)), true


def by_documents(cell: Cell, rng: np.random.Generator) -> Iterator[tuple[str, Estimate, float]]:
    """Measure one batch by units and by whole documents."""
    document = np.arange(cell.units) % cell.groups
    slip = rng.choice(SLIPS[cell.spread], cell.groups)[document]
    leaning = rng.integers(LABELS, size=cell.groups)[document]
    leans = rng.random(cell.units) < (0.5 if cell.spread == "unlike" else 0.0)
    label = np.where(leans, leaning, rng.integers(LABELS, size=cell.units))[:, None]
    who = np.tile(np.arange(3), (cell.units, 1))
    data = _table(who, _slipped(label, slip[:, None], rng))
    true = true_alpha(cell.spread, shared=True)
    yield "units", _alpha(data, Resampling()), true
    yield "documents", _alpha(data, Resampling(clusters=document)), true


def by_gold(cell: Cell, rng: np.random.Generator) -> Iterator[tuple[str, Estimate, float]]:
    """Measure accuracy on gold as one heap of answers, and by annotator."""
    right = 1 - rng.choice(SLIPS[cell.spread], cell.groups)
    answered = np.full(cell.groups, cell.units)
    correct = rng.binomial(answered, right)
    heap = np.array([correct.sum()]), np.array([answered.sum()])
    true = 1 - float(np.mean(SLIPS[cell.spread]))
    yield "answers", gold_accuracy(*heap), true
    yield "annotators", gold_accuracy(correct, answered), true


WORLDS = {"people": by_people, "documents": by_documents, "gold": by_gold}


def _slipped(label: IntArray, slip: FloatArray, rng: np.random.Generator) -> IntArray:
    size = (len(label), 3)
    wrong = (label + rng.integers(1, LABELS, size)) % LABELS
    return np.where(rng.random(size) < slip, wrong, label)


def _table(who: IntArray, label: IntArray) -> Ratings:
    unit = np.repeat(np.arange(len(who)), 3)
    return ratings(unit, who.ravel(), label.ravel(), LABELS)


def _alpha(data: Ratings, resampling: Resampling) -> Estimate:
    return estimate("krippendorff-alpha", data, "nominal", resampling=resampling)


def judged(found: Estimate, true: float) -> list[bool]:
    """Say what one estimate showed and whether it held, in the order of COLUMNS."""
    shown = found.low is not None and found.high is not None
    held = shown and found.low <= true <= found.high  # type: ignore[operator]
    below = one_sided(found, "lower", 0.95)
    return [shown, held, below is None or below <= true]


def run(task: tuple[int, Cell, int]) -> tuple[Cell, dict[str, FloatArray]]:
    """Simulate one setting: how often each thing of COLUMNS was so, by what was resampled."""
    seed, cell, repetitions = task
    rng = np.random.default_rng([20_261_122, seed])
    counts: dict[str, FloatArray] = {}
    for _ in range(repetitions):
        for name, found, true in WORLDS[cell.world](cell, rng):
            counts[name] = counts.get(name, np.zeros(len(COLUMNS))) + judged(found, true)
    return cell, {name: total / repetitions for name, total in counts.items()}


HEAD = """# Coverage where people, documents or gold answers are resampled

{repetitions} batches per setting, three labels, nominal alpha or accuracy on gold; nominal level
95 %, so a true 0.95 varies by about +/- {noise:.3f}. Seeded: `python -m bench.coverage_people`.

- *people*: `groups` annotators drawn anew for every batch, three of them on each of `units` items;
  the truth is that of the pool they come from. *unlike*: half slip 5 % of the time, half 25 %.
- *documents*: `units` items in `groups` documents; *unlike*: easy or hard, leaning to a label.
- *gold*: `groups` annotators with `units` gold answers each; the truth is the pool's accuracy.
- *plain* resamples items (or single answers) alone; *right* resamples what varies: items and
  annotators, whole documents, annotators with all their gold answers.
- *shown*: share of batches with a two-sided interval; *covers*: how often it held, of those shown;
  *from below*: how often the one-sided 95 % bound held, over all batches.

| world | who | groups | units | plain covers | from below | shown | right covers | from below |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


def main() -> None:
    """Run the study and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=2_000)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    tasks = [(seed, cell, options.repetitions) for seed, cell in enumerate(cells())]
    with Pool(options.processes) as pool:
        results = pool.map(run, tasks, chunksize=1)
    noise = 1.96 * (0.95 * 0.05 / options.repetitions) ** 0.5
    print(HEAD.format(repetitions=options.repetitions, noise=noise))
    for cell, found in results:
        where = f"{cell.world} | {cell.spread} | {cell.groups} | {cell.units}"
        plain, right = found.values()
        said = [_covers(plain), f"{plain[2]:.3f}", f"{right[0]:.2f}", _covers(right)]
        print(f"| {where} | {' | '.join(said)} | {right[2]:.3f} |")


def _covers(shares: FloatArray) -> str:
    return f"{shares[1] / shares[0]:.3f}" if shares[0] else "-"


if __name__ == "__main__":
    main()
