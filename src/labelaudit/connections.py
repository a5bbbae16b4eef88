"""Which people of a delivery are linked by items they share, and what keeps groups apart?

People are linked through any items of a question in the whole delivery: a set of items that
two teams label links all of their batches. In a slice only those count who labeled an item
there that somebody else labeled, too: nobody else's labels are compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import Patterns
from labelaudit.coefficients.undefined import DISCONNECTED
from labelaudit.dense import counted
from labelaudit.engine.kernel import MAX_PAIR_LABELS
from labelaudit.engine.rows import compared_people, labeled_rows
from labelaudit.overlap import Links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.annotations import Annotations
    from labelaudit.coefficients import IntArray
    from labelaudit.model import Estimate
    from labelaudit.slices import Slice

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


@dataclass(frozen=True, slots=True)
class Connections:
    """How the people of one question are linked, and who is compared in which slice."""

    annotations: Annotations
    number: int
    links: Links
    _met: dict[str, tuple[IntArray, IntArray]] = field(default_factory=dict)

    @classmethod
    def of(cls, annotations: Annotations, number: int) -> Connections:
        """Return the connections of one question."""
        return cls(annotations, number, links_of(annotations, number))

    def apart_by(self, column: str) -> dict[int, bool]:
        """Say of each `batch` or `vendor` (code) whether it compares several groups."""
        if not self.links.apart():
            return {}
        cube = self.annotations.tallies[self.number].cube
        here = cube.label >= 0
        perhaps = disconnected(self.links, cube.annotator[here], getattr(cube, column)[here])
        if not any(perhaps.values()):
            return perhaps
        slices, people = self.met(column)
        return disconnected(self.links, people, slices)

    def met(self, column: str) -> tuple[IntArray, IntArray]:
        """Return codes of slices and of the people who are compared in them."""
        if column not in self._met:
            names = self.annotations.tallies[self.number].names
            slices = {"batch": names.batches, "vendor": names.vendors}[column]
            rows = compared_people(self.annotations.session, self.number, column)
            self._met[column] = (
                _codes([where for where, _ in rows], slices),
                _codes([who for _, who in rows], names.annotators),
            )
        return self._met[column]

    def compared(self, part: Slice) -> IntArray:
        """Return the people (codes) of a slice whose labels are compared with others' there.

        Where it makes no difference, those who labeled alone are among them.
        """
        if not part.where or not self.links.apart(part.people):
            return part.people
        names = self.annotations.tallies[self.number].names
        if isinstance(part.data, Patterns):
            ((column, name),) = part.where.items()
            slices, people = self.met(column)
            listed = names.batches if column == "batch" else names.vendors
            return np.unique(people[slices == listed.index(name)])
        return np.sort(part.codes[part.data.pairable().annotators()])


def _codes(column: Sequence[str], listed: Sequence[str]) -> IntArray:
    place = {name: code for code, name in enumerate(listed)}
    return np.array([place[name] for name in column], dtype=np.int64)


def overlap_of(connections: Connections, part: Slice) -> Overlap:
    """Return the groups that the people of a slice fall into, by name."""
    annotations, links = connections.annotations, connections.links
    named = annotations.tallies[connections.number].names.annotators
    found = links.groups(connections.compared(part))
    groups = tuple(
        Group(len(group), tuple(annotations.people.name(named[code]) for code in group[:SHOWN]))
        for group in found
    )
    alone = int((links.group[part.people] < 0).sum())
    return Overlap(groups, alone, _separating(connections, part.people) if len(groups) > 1 else ())


def _separating(connections: Connections, people: IntArray) -> tuple[str, ...]:
    return tuple(name for name in ("vendor", "batch") if _keeps_apart(connections, name, people))


def _keeps_apart(connections: Connections, column: str, people: IntArray) -> bool:
    slices, compared = connections.met(column)
    here = np.isin(compared, people)
    apart = disconnected(connections.links, compared[here], slices[here])
    return len(apart) > 1 and not any(apart.values())


def disconnected(links: Links, annotator: IntArray, slices: IntArray) -> dict[int, bool]:
    """Say of each slice (N,) whether its annotators (N,) fall into several groups."""
    group = links.group[annotator]
    linked = group >= 0
    people = max(len(links.group), 1)
    pairs, _ = counted(slices[linked] * people + group[linked])
    names, groups = counted(pairs // people)
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
