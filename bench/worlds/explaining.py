"""Which single signals point at which kind of person, and how often at an honest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.worlds.judging import fitted_profiles
from bench.worlds.world import WORLDS, delivered
from labelaudit.behaviour import (
    constant_answering,
    decay,
    gold_accuracy,
    gold_gap,
    label_bias,
    learning_curve,
    long_run,
    others,
    pattern_answering,
    response_time,
)
from labelaudit.outliers import adjusted_p

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.worlds.people import BoolArray, IntArray
    from bench.worlds.world import Delivery
    from labelaudit.behaviour import Signal

_FALSE_DISCOVERY = 0.10


def signals(delivery: Delivery) -> tuple[Signal, ...]:
    """Return every signal that explains a flag, on one delivery."""
    work, gold = delivery.work, delivery.gold
    seen = others(work)
    return (
        response_time(work),
        decay(work, seen=seen).signal,
        learning_curve(work, seen=seen),
        pattern_answering(work),
        constant_answering(work, seen=seen),
        long_run(work, seen=seen),
        gold_accuracy(work, gold),
        gold_gap(work, gold),
        label_bias(work, fitted_profiles(work)).signal,
    )


def marked(world: str, seeds: Iterable[int]) -> dict[str, list[tuple[IntArray, BoolArray]]]:
    """Return, by signal, who people are and whether it marks them, one pair a delivery."""
    found: dict[str, list[tuple[IntArray, BoolArray]]] = {}
    for seed in seeds:
        delivery = delivered(WORLDS[world], seed)
        for signal in signals(delivery):
            hits = (signal.p < 1) & (adjusted_p(signal.p) <= _FALSE_DISCOVERY)
            found.setdefault(signal.name, []).append((delivery.people.kind, hits))
    return found
