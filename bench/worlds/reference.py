"""The rates of the reference simulation of the same worlds, to hold ours against.

Share found by kind of person, then of copying pairs; `RUNS` is how many of its deliveries the
cells of a world rest on.
"""

from __future__ import annotations

COLUMNS = (
    "random", "constant", "prior", "fast", "degrading", "pattern", "gold-known", "pairs",
)  # fmt: skip
RATES: dict[str, tuple[float | None, ...]] = {
    "base": (1.00, 1.00, 1.00, 1.00, 0.65, 1.00, 1.00, 0.95),
    "skewed": (0.93, 1.00, 1.00, 1.00, 0.62, 0.95, 0.97, 0.88),
    "binary": (0.97, 0.97, 0.90, 1.00, 0.67, 0.90, 0.87, 0.90),
    "three labels": (1.00, 1.00, 1.00, 0.90, 0.27, 1.00, 1.00, None),
    "thin": (0.97, 1.00, 0.90, 1.00, 0.13, 0.90, 0.80, None),
    "crowded": (0.61, 0.85, 0.60, 0.99, 0.45, 0.56, 0.17, 0.92),
    "skilled leader": (1.00, 1.00, 1.00, 1.00, 0.77, 1.00, 1.00, 0.65),
}
RUNS = {"binary": 15, "three labels": 15, "thin": 15, "skilled leader": 15}
USUAL_RUNS = 20


def standard_error(rate: float, count: int) -> float:
    """Return the standard error of a share, never 0: two answers of each kind are added."""
    shrunk = (rate * count + 2) / (count + 4)
    return float((shrunk * (1 - shrunk) / (count + 4)) ** 0.5)


def apart(world: str, column: str, rate: float, count: int, each: int) -> float | None:
    """Return how many standard errors a rate lies from its reference; None without one."""
    cells = RATES.get(world)
    cell = cells[COLUMNS.index(column)] if cells else None
    if cell is None:
        return None
    published = standard_error(cell, each * RUNS.get(world, USUAL_RUNS))
    return float((rate - cell) / (published**2 + standard_error(rate, count) ** 2) ** 0.5)
