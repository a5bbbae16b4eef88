"""Which people of a delivery are linked by items they share, and what keeps groups apart?

People are linked through any items of a question in the whole delivery: a set of items that
two teams label links all of their batches.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.undefined import DISCONNECTED
from labelaudit.engine.kernel import MAX_PAIR_LABELS
from labelaudit.engine.rows import labeled_rows
from labelaudit.overlap import Links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.annotations import Annotations
    from labelaudit.coefficients import IntArray
    from labelaudit.engine.tables import Tally
    from labelaudit.model import Estimate

SHOWN = 3
"""How many people of a group are named."""


@dataclass(frozen=True, slots=True)
class Group:
    """People who are linked by items they share: how many, and the first of them by name."""

    people: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """The groups of a slice, the largest first, and its people who share no item with anybody.

    `separated_by` are columns with no value in which people of two groups stand: slices by
    them each have an agreement of their own.
    """

    groups: tuple[Group, ...]
    alone: int
    separated_by: tuple[str, ...] = ()

    @property
    def apart(self) -> bool:
        """Whether the people of the slice fall into groups that share no item."""
        return len(self.groups) > 1


def links_of(annotations: Annotations, number: int) -> Links:
    """Return how the people of one question are linked, over the whole delivery."""
    tally = annotations.tallies[number]
    people = tally.names.annotators
    if int(tally.every.sizes.max(initial=0)) <= MAX_PAIR_LABELS:
        return Links.of(tally.pairs.first, tally.pairs.second, len(people))
    rows = labeled_rows(annotations.session, number, tally.names.labels)
    place = {name: code for code, name in enumerate(people)}
    codes = np.array([place[name] for name in rows.annotators], dtype=np.int64)
    order = np.argsort(rows.item, kind="stable")
    return Links.among_rows(rows.item[order], codes[rows.annotator[order]], len(people))


def overlap_of(annotations: Annotations, number: int, links: Links, people: IntArray) -> Overlap:
    """Return the groups that some people (codes) of a question fall into, by name."""
    tally = annotations.tallies[number]
    named = tally.names.annotators
    found = links.groups(people)
    groups = tuple(
        Group(len(group), tuple(annotations.people.name(named[code]) for code in group[:SHOWN]))
        for group in found
    )
    alone = int((links.group[people] < 0).sum())
    return Overlap(groups, alone, _separating(tally, links, people) if len(groups) > 1 else ())


def _separating(tally: Tally, links: Links, people: IntArray) -> tuple[str, ...]:
    cube = tally.cube
    here = (cube.label >= 0) & np.isin(cube.annotator, people)
    columns = {"vendor": cube.vendor, "batch": cube.batch}
    return tuple(
        name
        for name, column in columns.items()
        if len(np.unique(column[here])) > 1
        and not any(disconnected(links, cube.annotator[here], column[here]).values())
    )


def disconnected(links: Links, annotator: IntArray, slices: IntArray) -> dict[int, bool]:
    """Say of each slice (N,) whether its annotators (N,) fall into several groups."""
    group = links.group[annotator]
    linked = group >= 0
    pairs = np.unique(np.stack([slices[linked], group[linked]], axis=1), axis=0)
    names, groups = np.unique(pairs[:, 0], return_counts=True)
    return dict(zip(names.tolist(), (groups > 1).tolist(), strict=True))


def refused(found: Estimate) -> Estimate:
    """Return the estimate without its number, for people who are not linked."""
    if found.undefined is not None:
        return found
    return replace(
        found,
        **dict.fromkeys(("value", "observed", "expected", "low", "high", "se", "df", "method")),  # type: ignore[arg-type]
        undefined=DISCONNECTED,
        interval_undefined=DISCONNECTED,
    )


def next_step(overlap: Overlap, by: Sequence[str]) -> str:
    """Return what to do about groups that share no item."""
    more = "have people of different groups label the same items"
    columns = [name for name in overlap.separated_by if name not in by]
    return f"--by {columns[0]} keeps the groups apart; or {more}" if columns else more
