"""Cells of the tables: how often each rule accepts, over seeded repetitions of one world."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bench.gate.rules import (
    FLOOR,
    GOLD_FLOOR,
    TARGET,
    alpha_of,
    looked_at,
    once,
    sizes,
    used_again,
)
from labelaudit.intervals import one_sided

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.gate.worlds import Gold, Items
    from labelaudit.deciding import Held

_SEED = 20_261_122


@dataclass(frozen=True, slots=True)
class Cell:
    """Shares of the repetitions by name, or means."""

    world: Items | Gold
    size: int
    runs: int
    shares: dict[str, float]


def one_look(world: Items, units: int, runs: int) -> Cell:
    """Decide batches once, as the gate does and as a gate on points does."""

    def judged(rng: np.random.Generator) -> dict[str, float]:
        found = alpha_of(world.drawn(rng, units))
        held, value = once(found), found.value
        passed, failed = held.outcome == "pass", held.outcome == "fail"
        whole = looked_at([found])
        return {
            "point": value is not None and value >= FLOOR,
            "point at target": value is not None and value >= TARGET,
            "pass": passed,
            "fail": failed,
            "inconclusive": not passed and not failed,
            "first look": whole.outcome == "pass",
        }

    return _repeated(world, units, runs, judged)


def topped_up(world: Items, planned: int, runs: int) -> Cell:
    """Take up to four looks at batches that grow, by four rules."""

    def judged(rng: np.random.Generator) -> dict[str, float]:
        spending, again = sizes(planned, 1.25), sizes(planned, 1.0)
        counts = world.drawn(rng, max(*spending, *again, planned))
        first = alpha_of(counts[: planned // 3]).value
        looks, reused = (
            rule(alpha_of(counts[:size]) for size in grown)
            for rule, grown in ((looked_at, spending), (used_again, again))
        )
        whole = alpha_of(counts[:planned])
        return {
            "point": first is not None and first >= FLOOR,
            "again": _passed(reused),
            "spending": _passed(looks),
            "once": _passed(once(whole)),
            "whole": _passed(looked_at([whole])),
            "items again": reused.n,
            "items spending": looks.n,
        }

    return _repeated(world, planned, runs, judged)


def gold(world: Gold, answers: int, runs: int) -> Cell:
    """Decide on gold: by the point, as if answers were independent, and as the gate does."""

    def judged(rng: np.random.Generator) -> dict[str, float]:
        (found,) = world.drawn(rng, answers)
        plain = replace(found, method="clopper-pearson", df=float(found.annotations))
        lower = one_sided(plain, "lower", 0.95)
        held = once(found)
        return {
            "point": found.value is not None and found.value >= GOLD_FLOOR,
            "independent": lower is not None and lower >= GOLD_FLOOR,
            "pass": _passed(held),
            "fail": held.outcome == "fail",
        }

    return _repeated(world, answers, runs, judged)


def gold_topped_up(world: Gold, answers: int, runs: int) -> Cell:
    """Take up to four looks at batches whose gold answers grow to 1.25 times a size."""

    def judged(rng: np.random.Generator) -> dict[str, float]:
        grown = world.drawn(rng, *sizes(answers, 1.25))
        again, spending = used_again(grown), looked_at(grown)
        return {"again": _passed(again), "spending": _passed(spending)}

    return _repeated(world, answers, runs, judged)


def _passed(held: Held) -> bool:
    return held.outcome == "pass"


def _repeated(
    world: Items | Gold,
    size: int,
    runs: int,
    judged: Callable[[np.random.Generator], dict[str, float]],
) -> Cell:
    """Return the mean of what is judged; the seed is the cell's own."""
    text = f"{world} {size}"
    rng = np.random.default_rng([_SEED, *text.encode()])
    found: Sequence[dict[str, float]] = [judged(rng) for _ in range(runs)]
    means = {name: float(np.mean([each[name] for each in found])) for name in found[0]}
    return Cell(world, size, runs, means)
