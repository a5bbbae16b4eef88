"""Flags on a group with a view of its own: pooled, and scored within the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.worlds.judging import screened
from bench.worlds.minority import Views, opinions
from bench.worlds.page import table
from labelaudit.behaviour import suite, within_groups

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.worlds.people import FloatArray

CASES = (Views(), Views(group=0.10), Views(subjective=0.15))


def flag_rates(views: Views, seeds: Iterable[int]) -> FloatArray:
    """(2, 3) flagged, pooled and within groups: minority, majority, people answering blindly."""
    hits, count = np.zeros((2, 3)), np.zeros(3)
    for seed in seeds:
        drawn = opinions(views, seed)
        who = [(drawn.group == 1), (drawn.group == 0)]
        sets = [*(part & ~drawn.blind for part in who), drawn.blind]
        count += [part.sum() for part in sets]
        apart = suite(within_groups(drawn.work, drawn.group), None, group=drawn.group)
        for row, found in enumerate((screened(drawn.work), apart)):
            hits[row] += [(found.flagged & part).sum() for part in sets]
    return hits / count


def groups(seeds: range) -> str:
    """Return the table of flags by group."""
    rows = []
    for views in CASES:
        title = f"{views.group:.0%} minority, {views.subjective:.0%} of the units contested"
        for name, rates in zip(("pooled", "within group"), flag_rates(views, seeds), strict=True):
            rows.append((title, name, *(f"{rate:.3f}" for rate in rates)))
    return table(
        ("world", "scored", "honest minority flagged", "honest majority flagged", "blind flagged"),
        rows,
    )
