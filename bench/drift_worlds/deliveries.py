"""Honest and dishonest deliveries for the signals: redundancy, times, anchors, guidelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from bench.drift_worlds.cells import Cell
from labelaudit.coefficients import from_ratings
from labelaudit.signals import (
    agreement_above_others,
    anchoring,
    gold_position,
    near_duplicates,
    near_equal_times,
    pair_jumps,
    selective_redundancy,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients import FloatArray, IntArray

LEVEL = 0.05
REDUNDANCY = {0.0: 0.0, 0.25: 0.98, 0.5: 1.0, 1.0: 1.0}
"""How strongly easy units are preferred -> published power at .01."""
COPIES = {(20, 0.1, 0.4): 0.87, (60, 0.1, 0.4): 0.97, (20, 0.2, 0.4): 0.4, (20, 0.1, 0.8): 0.23}
"""(words, share edited, cut-off) -> published share found; the third is "about .4"."""


def redundancy(preference: float, rng: np.random.Generator) -> bool:
    """Double 400 of 2000 items, the easier the likelier; return whether it is found at .01."""
    difficulty = rng.normal(0, 1.2, 2_000)
    proxy = difficulty + rng.normal(0, 1.2, 2_000)
    chosen = np.zeros(2_000, bool)
    keys = rng.exponential(size=2_000) / np.exp(-preference * difficulty)
    chosen[np.argsort(keys)[:400]] = True
    right = expit(2.2 - difficulty)
    agrees = rng.random(2_000) < right**2 + 0.6 * (1 - right) ** 2
    p = selective_redundancy(proxy, chosen, agrees.astype(np.float64)).easier.p
    return p is not None and p < 0.01


def rates(rho: float, batches: int, rng: np.random.Generator) -> float:
    """Return the share of honest batches whose agreement is said to lie above the others'."""
    compared = rng.integers(50, 400, batches)
    rate = rng.beta(0.15 * (1 / rho - 1), 0.85 * (1 / rho - 1), batches)
    found = agreement_above_others(rng.binomial(compared, rate), compared)
    return float(np.mean([each.p is not None and each.p < LEVEL for each in found]))


def times(copied: float, rng: np.random.Generator) -> bool:
    """Let 8 people work at the same hours, some second answers made from the first."""
    unit, person = _pairs(400, 8, rng)
    clock = np.zeros(len(unit))
    for who in range(8):
        own = np.flatnonzero(person == who)
        clock[own] = rng.uniform(0, 600) + np.cumsum(rng.lognormal(3, 0.5, len(own)))
    copy = np.flatnonzero(rng.random(400) < copied)
    clock[2 * copy + 1] = clock[2 * copy] + rng.uniform(0, 1, len(copy))
    p = near_equal_times(unit, person, clock).excess.p
    return p is not None and p < LEVEL


def in_step(rng: np.random.Generator) -> bool:
    """Let 8 people begin together and go through one queue: honest, and close in time."""
    pace = rng.lognormal(3, 0.5, (400, 8))
    unit, person = np.divmod(np.arange(3_200), 8)
    p = near_equal_times(unit, person, np.cumsum(pace, axis=0).ravel()).excess.p
    return p is not None and p < LEVEL


def anchors(pull: float, rng: np.random.Generator) -> bool:
    """Show the model's label on two of three items; `pull` adds to the share that follows it."""
    unit, person = _pairs(300, 10, rng)
    habit, ease = rng.normal(0, 0.6, 10), rng.normal(0, 1.2, 300)
    shown = (np.arange(300) % 3 > 0)[unit]
    same = rng.random(len(unit)) < expit(1.2 + habit[person] + ease[unit]) + pull * shown
    p = anchoring(same, shown, unit, person).followed.p
    return p is not None and p < LEVEL


def guideline(confused: float, rng: np.random.Generator) -> bool:
    """Confuse two of five labels more in the second set of 300 items."""
    arms = [_labelled(share, rng) for share in (0.0, confused)]
    unit = np.repeat(np.arange(300), 3)
    before, after = (from_ratings(unit, arm.ravel(), 5) for arm in arms)
    return any(jump.adjusted_p < LEVEL for jump in pair_jumps(before, after).jumps)


def placed(rng: np.random.Generator) -> bool:
    """Scatter 5 % gold over 1000 answers of 10 people."""
    person, gold = rng.integers(0, 10, 1_000), rng.random(1_000) < 0.05
    p = gold_position(person, rng.random(1_000), gold).p
    return p is not None and p < LEVEL


def copies(words: int, share: float, cut: float, rng: np.random.Generator) -> tuple[float, float]:
    """Edit 500 texts; return the share of them found, and false pairs per text."""
    weight = 1 / np.arange(1, 3_001)
    reach = np.cumsum(weight) / weight.sum()
    texts = [np.searchsorted(reach, rng.random(words)).tolist() for _ in range(500)]
    texts += [_edited(text, share, reach, rng) for text in texts]
    found = near_duplicates([" ".join(map(str, text)) for text in texts], cut)
    true = int((found.second - found.first == 500).sum())
    return true / 500, (len(found.first) - true) / 500


def _edited(
    text: list[int], share: float, reach: FloatArray, rng: np.random.Generator
) -> list[int]:
    """Delete, replace or insert, a third each, at a share of the words."""
    out = []
    for word in text:
        kind = int(rng.integers(3)) if rng.random() < share else -1
        new = [int(np.searchsorted(reach, rng.random()))] if kind > 0 else []
        out += new if kind in {0, 1} else [word, *new]
    return out


def _pairs(units: int, people: int, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Two different people on every unit."""
    crew = np.argsort(rng.random((units, people)), axis=1)[:, :2]
    return np.repeat(np.arange(units), 2), crew.ravel()


def _labelled(confused: float, rng: np.random.Generator) -> IntArray:
    """(300, 3) labels of items of unequal difficulty."""
    truth = rng.choice(5, (300, 1), p=[0.35, 0.25, 0.2, 0.1, 0.1])
    wrong = rng.random((300, 3)) < 0.25 * rng.random((300, 1))
    label = np.where(wrong, rng.integers(0, 5, (300, 3)), truth)
    swapped = (rng.random((300, 3)) < confused) & (label < 2)
    return np.where(swapped, 1 - label, label)


def cells(runs: int) -> Iterator[Cell]:
    """Yield false alarms and power of the signals."""
    rng = np.random.default_rng(7)
    for preference, published in REDUNDANCY.items():
        share = float(np.mean([redundancy(preference, rng) for _ in range(min(runs, 200))]))
        place = f"selective redundancy, preference {preference:g}"
        yield Cell(place, "found at .01", share, min(runs, 200), published, 100, preference == 0)
    for batches in (6, 12, 30):
        share = float(np.mean([rates(0.03, batches, rng) for _ in range(runs)]))
        place = f"agreement above {batches - 1} others, rho .03"
        yield Cell(place, "false alarms", share, runs, alarm=True)
    worlds = {
        "near-equal times (10 % copied)": (times, 0.0, 0.10),
        "anchoring (10 points)": (anchors, 0.0, 0.10),
        "guideline change": (guideline, 0.0, 0.20),
    }
    for place, (world, honest, not_honest) in worlds.items():
        for what, level in (("false alarms", honest), ("found", not_honest)):
            share = float(np.mean([world(level, rng) for _ in range(runs)]))
            yield Cell(place, what, share, runs, alarm=level == 0)
    share = float(np.mean([in_step(rng) for _ in range(runs)]))
    yield Cell("near-equal times, 8 people in step", "false alarms", share, runs, alarm=True)
    yield from _copy_cells(rng)
    share = float(np.mean([placed(rng) for _ in range(runs)]))
    yield Cell("place of gold", "false alarms", share, runs, alarm=True)


def _copy_cells(rng: np.random.Generator) -> Iterator[Cell]:
    for (words, share, cut), published in COPIES.items():
        found, false = copies(words, share, cut, rng)
        place = f"near-duplicates, {words} words, {share:.0%} edited, cut-off {cut:g}"
        yield Cell(place, "found", found, 500, published, 500)
        yield Cell(place, "false pairs per text", false, 500)
