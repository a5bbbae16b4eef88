"""The page of the worlds: tables of what was found, and of who was named wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.worlds.people import KINDS, SINGLE
from bench.worlds.reference import RATES, apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.worlds.judging import Judged
    from bench.worlds.people import BoolArray, IntArray

Row = tuple[str, ...]


def table(head: Row, rows: Sequence[Row]) -> str:
    """Return a markdown table."""
    lines = (head, tuple("---" for _ in head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def found(worlds: Mapping[str, Sequence[Judged]]) -> str:
    """Return the shares of people and pairs found, with the reference in brackets."""
    rows = [
        (world, *(_kind(world, kind, runs) for kind in SINGLE), _pairs(world, runs))
        for world, runs in worlds.items()
        if any(run.pairs_planted for run in runs)
    ]
    return table(("world", *SINGLE, "copying pairs"), rows)


def _kind(world: str, kind: str, runs: Sequence[Judged]) -> str:
    hits, count = (sum(part) for part in zip(*(run.rate(kind) for run in runs), strict=True))
    return _cell(world, kind, hits, count, count // len(runs))


def _pairs(world: str, runs: Sequence[Judged]) -> str:
    if not any(run.pairs_testable for run in runs):
        return "not testable"
    planted = sum(run.pairs_planted for run in runs)
    hits = sum(run.pairs_found for run in runs)
    return _cell(world, "pairs", hits, planted, planted // len(runs))


def _cell(world: str, column: str, hits: int, count: int, each: int) -> str:
    rate = hits / count
    away = apart(world, column, rate, count, each)
    if away is None:
        return f"{rate:.2f}"
    cell = RATES[world][(*SINGLE, "pairs").index(column)]
    return f"{rate:.2f} ({cell:.2f}){' **low**' if away < -2 else ''}"


def named(worlds: Mapping[str, Sequence[Judged]]) -> str:
    """Return how often honest people are named."""
    return table(
        (
            "world",
            "false share of those named",
            "honest people named",
            "deliveries that name anybody",
            "false pairs a delivery",
        ),
        [
            (
                world,
                f"{np.mean([run.honest_flagged / max(run.named, 1) for run in runs]):.3f}",
                f"{_honest(runs):.3f}",
                f"{np.mean([run.named > 0 for run in runs]):.2f}",
                f"{np.mean([run.pairs_false for run in runs]):.2f}",
            )
            for world, runs in worlds.items()
        ],
    )


def _honest(runs: Sequence[Judged]) -> float:
    return sum(run.honest_flagged for run in runs) / sum(int((run.kind == 0).sum()) for run in runs)


def explained(marked: Mapping[str, Sequence[tuple[IntArray, BoolArray]]]) -> str:
    """Return which signal marks which kind of person."""
    rows = []
    for signal, runs in marked.items():
        kind = np.concatenate([part[0] for part in runs])
        hits = np.concatenate([part[1] for part in runs])
        rates = [float(hits[kind == code].mean()) for code in range(len(KINDS))]
        rows.append((signal, *(f"{rate:.2f}" if rate else "." for rate in rates)))
    return table(("signal", *KINDS), rows)
