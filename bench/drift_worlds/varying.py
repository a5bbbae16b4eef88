"""Whole deliveries whose batches vary by nature: which batches do the checks name?

Ten batches of 120 items, three of ten people on each. From batch to batch the label shares
wander by five points, the ease of the work by 0.35 on the logit scale and the pace by 15 %.
In a world with a fault the last batch has another mix, worse work, or half the time as well.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import labelaudit
from bench.drift_worlds.cells import Cell
from labelaudit.checks import duration_drift, gold_drift, label_drift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients import FloatArray

BATCHES, ITEMS, PEOPLE, PER_ITEM = 10, 120, 10, 3
LABELS = np.array(["cat", "dog", "bird", "other"])
MIX = np.array([0.4, 0.3, 0.2, 0.1])
CHECKS = (label_drift, gold_drift, duration_drift)
CONFIG = f"""[columns]
item = "item"
annotator = "who"
label = "label"
batch = "batch"
gold = "gold"
duration_s = "seconds"
[questions.label]
scale = "nominal"
labels = {LABELS.tolist()}
"""


@dataclass(frozen=True, slots=True)
class World:
    """How much batches vary (1 as described, 0 not at all), and what is wrong in the last."""

    name: str
    varies: float = 1.0
    mix: tuple[float, ...] | None = None
    worse: float = 0.0
    pace: float = 1.0
    found_by: str = ""


WORLDS = (
    World("batches that vary"),
    World("batches alike", varies=0.0),
    World("vary, 15 points of the mix", mix=(0.25, 0.3, 0.2, 0.25), found_by="label-drift"),
    World("vary, 30 points of the mix", mix=(0.1, 0.3, 0.2, 0.4), found_by="label-drift"),
    World("alike, 15 points of the mix", 0.0, (0.25, 0.3, 0.2, 0.25), found_by="label-drift"),
    World("vary, work worse by 1.5 logits", worse=1.5, found_by="gold-drift"),
    World("vary, half the time", pace=0.5, found_by="duration-drift"),
)


def delivery(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Return the rows of one delivery."""
    skill, pace = rng.normal(2.6, 0.5, PEOPLE), rng.normal(np.log(12), 0.25, PEOPLE)
    parts = [_batch(world, number, skill, pace, rng) for number in range(BATCHES)]
    return pd.concat(parts, ignore_index=True)


def _batch(
    world: World, number: int, skill: FloatArray, pace: FloatArray, rng: np.random.Generator
) -> pd.DataFrame:
    faulty = number == BATCHES - 1
    mix = np.array(world.mix if faulty and world.mix else MIX)
    if world.varies:
        mix = rng.dirichlet(mix * (np.mean(MIX * (1 - MIX)) / 0.05**2 - 1))
    ease = world.varies * rng.normal(0, 0.35) - faulty * world.worse
    slower = world.varies * rng.normal(0, 0.15) + faulty * np.log(world.pace)
    truth, hard = rng.choice(4, ITEMS, p=mix), rng.normal(0, 0.8, (ITEMS, 1))
    who = np.argsort(rng.random((ITEMS, PEOPLE)), axis=1)[:, :PER_ITEM]
    right = rng.random(who.shape) < 1 / (1 + np.exp(hard - skill[who] - ease))
    label = np.where(right, truth[:, None], (truth[:, None] + rng.integers(1, 4, who.shape)) % 4)
    mood, noise = rng.normal(0, 0.08, PEOPLE), rng.normal(0, 0.35, who.shape)
    took = np.exp(pace[who] + mood[who] + slower + 0.1 * hard + noise)
    gold = np.where(np.arange(ITEMS) % 3 == 0, LABELS[truth], "")
    columns = {
        "item": np.repeat([f"b{number}-{item}" for item in range(ITEMS)], PER_ITEM),
        "who": [f"w{code}" for code in who.ravel()],
        "label": LABELS[label.ravel()],
        "batch": f"b{number}",
        "gold": np.repeat(gold, PER_ITEM),
        "seconds": took.ravel().round(2).astype(str),
    }
    return pd.DataFrame(columns)


def named(rows: pd.DataFrame, folder: Path) -> set[tuple[str, str | None]]:
    """Return the checks and the batches that they name."""
    rows.to_csv(folder / "delivery.csv", index=False)
    project = folder / "labelaudit.toml"
    project.write_text(CONFIG, encoding="utf-8")
    with labelaudit.read(folder / "delivery.csv", project=project) as annotations:
        findings = labelaudit.run(annotations, checks=CHECKS, row_by_row=False).findings
    return {(found.check, found.batch_id) for found in findings if found.outcome == "breach"}


def cells(runs: int) -> Iterator[Cell]:
    """Yield the share of deliveries with a false alarm, and of faulty batches that are found."""
    for place, world in enumerate(WORLDS):
        rng = np.random.default_rng([11, place])
        with tempfile.TemporaryDirectory() as folder:
            seen = [named(delivery(world, rng), Path(folder)) for _ in range(runs)]
        for check in CHECKS if not world.found_by else ():
            false = [any(name == check.NAME for name, _ in one) for one in seen]
            what = f"{check.NAME}: deliveries with a false alarm"
            yield Cell(world.name, what, float(np.mean(false)), runs, alarm=True)
        if world.found_by:
            last = world.found_by, f"b{BATCHES - 1}"
            share = float(np.mean([last in one for one in seen]))
            yield Cell(world.name, f"{world.found_by}: found", share, runs)
