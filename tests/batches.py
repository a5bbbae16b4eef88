"""Seeded deliveries of several batches by honest people, for checks that compare batches."""

from __future__ import annotations

import numpy as np

from deliveries import COLUMNS, FLOOR

ANIMALS = ("cat", "dog", "bird", "other")
MIX = (0.4, 0.3, 0.2, 0.1)
OTHER_MIX = (0.1, 0.3, 0.2, 0.4)
CONFIG = (
    f'{COLUMNS}vendor = "vendor"\n[questions.label]\nscale = "nominal"\n'
    f"labels = {[*ANIMALS]}\n{FLOOR}".replace("'", '"')
)
TIMED = 'duration_s = "seconds"\nsubmitted_at = "finished"\n'
GOLD = 'gold = "gold"\n'


def crowd(
    batch: str,
    seed: int = 0,
    *,
    units: int = 120,
    people: int = 8,
    per_unit: int = 3,
    mix: tuple[float, ...] = MIX,
    error: float = 0.08,
    swap: float = 0.0,
    seconds: float = 10.0,
    by: str = "w",
    vendor: str = "v1",
    day: int = 1,
) -> list[dict[str, str]]:
    """Return answers of able people; `swap` is how often they take a cat for a dog, or back."""
    rng = np.random.default_rng([seed, *map(ord, batch)])
    rows = []
    for unit in range(units):
        truth = int(rng.choice(4, p=mix))
        for place, person in enumerate(rng.permutation(people)[:per_unit]):
            given = int(rng.integers(4)) if rng.random() < error else truth
            if truth < 2 and rng.random() < swap:
                given = 1 - truth
            second = 60 * unit + 17 * place + int(rng.integers(15))
            rows.append(
                {
                    "item": f"{batch}-{unit:04}",
                    "who": f"{by}{person + 1}",
                    "label": ANIMALS[given],
                    "batch": batch,
                    "vendor": vendor,
                    "gold": ANIMALS[truth] if unit % 3 == 0 else "",
                    "seconds": f"{seconds * np.exp(rng.normal(0, 0.3)):.2f}",
                    "finished": f"2026-03-{day:02}T{8 + second // 3600:02}:"
                    f"{second // 60 % 60:02}:{second % 60:02}Z",
                }
            )
    return rows


def usual(count: int = 4, **change: object) -> list[dict[str, str]]:
    """Return some batches in which nothing is wrong: b1, b2, ..."""
    return [
        row
        for number in range(1, count + 1)
        for row in crowd(f"b{number}", day=number, **change)  # type: ignore[arg-type]
    ]


def config(*columns: str, more: str = "") -> str:
    """Return the configuration with more columns, and more tables at its end."""
    return CONFIG.replace(COLUMNS, COLUMNS + "".join(columns)) + more
