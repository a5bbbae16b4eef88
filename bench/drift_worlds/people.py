"""Gold accuracy and durations without drift, and with it: worlds with no published cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.drift_worlds.cells import Cell
from labelaudit.drift import GoldArm, duration_drift, gold_drift

if TYPE_CHECKING:
    from collections.abc import Iterator

LEVEL = 0.05
GOLD = ((6, 100, 0.10), (6, 1_000, 0.03), (12, 300, 0.03), (12, 1_000, 0.10), (30, 1_000, 0.03))
ACCURACY, WORSE = 0.95, 0.88


def gold_alarms(
    people: int, answers: int, rho: float, accuracy: float, runs: int, *, same: bool
) -> float:
    """Return how often gold drift is found: the same people in both arms, or others."""
    rng = np.random.default_rng([people, answers, round(1_000 * accuracy), same])
    found = 0
    for _ in range(runs):
        arms = []
        habits = rng.beta(ACCURACY * (1 / rho - 1), (1 - ACCURACY) * (1 / rho - 1), (2, people))
        for number, level in enumerate((ACCURACY, accuracy)):
            right = np.clip(habits[0 if same else number] + level - ACCURACY, 0, 1)
            each = np.full(people, answers // people)
            correct, none = rng.binomial(each, right), np.zeros(people, np.int64)
            shift = (none, correct) if number and not same else (correct, none)
            size = (none, each) if number and not same else (each, none)
            arms.append(GoldArm(np.concatenate(shift), np.concatenate(size)))
        p = gold_drift(arms[0], arms[1]).p
        found += p is not None and p < LEVEL
    return found / runs


def duration_alarms(people: int, answers: int, ratio: float, runs: int) -> float:
    """Return how often a change of pace is found; people's own pace wanders by 10 %."""
    rng = np.random.default_rng([people, answers, round(100 * ratio)])
    arm = np.repeat([False, True], people * answers)
    person = np.tile(np.repeat(np.arange(people), answers), 2)
    found = 0
    for _ in range(runs):
        pace = rng.normal(np.log(18), 0.25, people) + rng.normal(0, 0.1, (2, people))
        noise = rng.normal(0, 0.5, len(arm)) + np.log(ratio) * arm
        walked_away = np.where(rng.random(len(arm)) < 0.02, 20.0, 1.0)
        took = np.exp(pace[arm.astype(int), person] + noise) * walked_away
        p = duration_drift(arm, person, took).ratio.p
        found += p is not None and p < LEVEL
    return found / runs


def cells(runs: int) -> Iterator[Cell]:
    """Yield false alarms and power of both tests."""
    for people, answers, rho in GOLD:
        for same in (True, False):
            who = "the same people" if same else "other people"
            place = f"gold, {people} annotators, {answers} answers, rho {rho:g}, {who}"
            still, worse = (
                gold_alarms(people, answers, rho, level, runs, same=same)
                for level in (ACCURACY, WORSE)
            )
            yield Cell(place, "false alarms", still, runs, alarm=True)
            yield Cell(place, f"found, {ACCURACY:g} -> {WORSE:g}", worse, runs)
    for people in (5, 12, 30):
        place = f"durations, {people} annotators with 40 answers"
        still, slower = (duration_alarms(people, 40, ratio, runs) for ratio in (1.0, 0.75))
        yield Cell(place, "false alarms", still, runs, alarm=True)
        yield Cell(place, "found, a quarter faster", slower, runs)
