"""The four lists: which units changed as asked, otherwise, not at all, or without being asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.comparing.record import KINDS, Change, ChangeCount
from labelaudit.comparing.rows import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from labelaudit.coefficients import IntArray
    from labelaudit.comparing.asking import Ask, Request
    from labelaudit.comparing.record import Kind
    from labelaudit.comparing.rows import Rows

    Mask = npt.NDArray[np.bool_]

MAX_LISTED = 1_000
"""Units listed of one list and question; the counts are of all."""


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """One run's votes: (C,) cells of unit and label with their counts; (I,) label settled on.

    `settled` is the label with most votes, `NONE` where labels tie or nobody answered.
    """

    key: IntArray
    count: IntArray
    answers: IntArray
    settled: IntArray

    @classmethod
    def of(cls, rows: Rows) -> Votes:
        """Count the votes of the rows of one run."""
        units, width = len(rows.items), max(len(rows.labels), 1)
        key, count = np.unique(rows.unit * width + rows.label, return_counts=True)
        unit, label = np.divmod(key, width)
        order = np.lexsort((label, -count, unit))
        ranked, votes = unit[order], count[order]
        place = np.arange(len(ranked)) - np.searchsorted(ranked, ranked)
        best, second = np.zeros((2, units), dtype=np.int64)
        best[ranked[place == 0]], second[ranked[place == 1]] = votes[place == 0], votes[place == 1]
        settled = np.full(units, NONE)
        settled[ranked[place == 0]] = label[order][place == 0]
        settled[best == second] = NONE
        return cls(key, count, np.bincount(rows.unit, minlength=units), settled)

    def text(self, unit: int, labels: tuple[str, ...]) -> str:
        """Write the votes of a unit, most frequent label first: 2 x dog, 1 x cat."""
        width = max(len(labels), 1)
        start, end = np.searchsorted(self.key, [unit * width, (unit + 1) * width])
        cells = zip(self.count[start:end].tolist(), self.key[start:end].tolist(), strict=True)
        ranked = sorted(cells, key=lambda cell: (-cell[0], cell[1]))
        return ", ".join(f"{count} x {labels[key % width]}" for count, key in ranked)


class Changes:
    """What happened to every unit of a question between two runs."""

    def __init__(self, rows: Rows, request: Request) -> None:
        self.rows, self._request = rows, request
        self.before, self.after = (Votes.of(rows.select(rows.side == side)) for side in (0, 1))

    @cached_property
    def asks(self) -> dict[int, Ask]:
        """What was asked, by the code of the unit."""
        place = {name: code for code, name in enumerate(self.rows.items)}
        own = self.rows.question.question_id
        asked = self._request.asks.items()
        return {place[item]: ask for (name, item), ask in asked if name == own and item in place}

    @cached_property
    def asked(self) -> Mask:
        """(I,) whether a unit was asked for."""
        found = np.zeros(len(self.rows.items), dtype=bool)
        found[list(self.asks)] = True
        return found

    @cached_property
    def changed(self) -> Mask:
        """(I,) whether a unit is in both runs, with other votes."""
        found = np.zeros(len(self.rows.items), dtype=bool)
        width = max(len(self.rows.labels), 1)
        found[
            _differing((self.before.key, self.before.count), (self.after.key, self.after.count))
            // width
        ] = True
        return found & self.shared

    @cached_property
    def shared(self) -> Mask:
        """(I,) whether a unit was answered in both runs."""
        return (self.before.answers > 0) & (self.after.answers > 0)

    @cached_property
    def kinds(self) -> dict[Kind, Mask]:
        """(I,) for each list, which units stand in it; no unit stands in two."""
        right = np.zeros(len(self.rows.items), dtype=bool)
        right[[unit for unit, ask in self.asks.items() if self._is_right(unit, ask)]] = True
        asked, lost = self.asked, (self.before.answers > 0) & (self.after.answers == 0)
        return {
            "changed-as-asked": asked & self.changed & right,
            "changed-otherwise": asked & self.changed & ~right,
            "unchanged-though-asked": asked & self.shared & ~self.changed,
            "missing-though-asked": asked & lost,
            "changed-not-asked": ~asked & self.changed,
        }

    def _is_right(self, unit: int, ask: Ask) -> bool:
        """Say whether a unit is now as asked: the label wanted, else labels added, else settled."""
        settled = int(self.after.settled[unit])
        label = self.rows.labels[settled] if settled != NONE else None
        if ask.wanted is not None:
            return label == self.rows.label_of(ask.wanted)
        if ask.more and self.after.answers[unit] - self.before.answers[unit] >= ask.more:
            return True
        code = int(self.before.settled[unit])
        old = self.rows.labels[code] if code != NONE else None
        return label is not None and label != (self.rows.label_of(ask.old) if ask.old else old)

    def listed(self) -> Iterator[Change]:
        """Yield the first units of each list."""
        for kind in KINDS:
            for unit in np.flatnonzero(self.kinds[kind])[:MAX_LISTED].tolist():
                yield self._change(kind, unit)

    @property
    def left_out(self) -> int:
        """How many units stand in a list and are not listed."""
        return sum(max(int(found.sum()) - MAX_LISTED, 0) for found in self.kinds.values())

    def _change(self, kind: Kind, unit: int) -> Change:
        rows, ask, cells = self.rows, self.asks.get(unit), self.cells
        first = np.searchsorted(cells.unit, unit)
        batch, vendor = int(cells.batch[first]), int(cells.vendor[first])
        return Change(
            kind=kind,
            question_id=rows.question.question_id,
            item_id=rows.items[unit],
            batch_id=rows.batches[batch],
            vendor=rows.vendors[vendor] if vendor != NONE else None,
            before=self.before.text(unit, rows.labels),
            after=self.after.text(unit, rows.labels),
            wanted=ask.wanted if ask else None,
        )

    @cached_property
    def cells(self) -> Cells:
        """Where each unit is counted."""
        return Cells.of(self.rows)

    def counts(self) -> Iterator[ChangeCount]:
        """Yield the counts over all, then by batch and vendor."""
        everywhere = np.flatnonzero((self.before.answers > 0) | (self.after.answers > 0))
        yield self._count(everywhere, None, None)
        cells, rows = self.cells, self.rows
        where, group = np.unique(np.stack([cells.batch, cells.vendor]), axis=1, return_inverse=True)
        for at, (batch, vendor) in enumerate(where.T.tolist()):
            name = rows.vendors[vendor] if vendor != NONE else None
            yield self._count(cells.unit[group == at], rows.batches[batch], name)

    def _count(self, units: IntArray, batch: str | None, vendor: str | None) -> ChangeCount:
        found = {kind.replace("-", "_"): int(self.kinds[kind][units].sum()) for kind in KINDS}
        asked = int((self.asked & (self.before.answers > 0))[units].sum())
        own = self.rows.question.question_id
        return ChangeCount(own, batch, vendor, len(units), asked, **found)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """(C,) unit (rising), batch and vendor of every place where a unit is counted.

    A unit that changed is counted where its answers changed, of the first run if they did
    there; every other one where it is.
    """

    unit: IntArray
    batch: IntArray
    vendor: IntArray

    @classmethod
    def of(cls, rows: Rows) -> Cells:
        """Find the places of all units of two runs."""
        width, vendors = max(len(rows.labels), 1), len(rows.vendors) + 1
        places = len(rows.batches) * vendors
        place = rows.batch * vendors + rows.vendor + 1
        key = (rows.unit * places + place) * width + rows.label
        sides = [np.unique(key[rows.side == side], return_counts=True) for side in (0, 1)]
        first, second = (np.unique(side[0] // width) for side in sides)
        moved = np.unique(_differing(*sides) // width)
        of_first = np.intersect1d(moved, first)
        of_second = _other_units(np.setdiff1d(moved, first), of_first, places)
        changed = np.concatenate([of_first, of_second])
        still = _other_units(np.union1d(first, second), changed, places)
        unit, place = np.divmod(np.sort(np.concatenate([changed, still])), places)
        batch, vendor = np.divmod(place, vendors)
        return cls(unit, batch, vendor - 1)


def _other_units(cells: IntArray, known: IntArray, places: int) -> IntArray:
    """Return the cells of units that none of the known cells is of."""
    return cells[~np.isin(cells // places, known // places)]


def _differing(first: tuple[IntArray, IntArray], second: tuple[IntArray, IntArray]) -> IntArray:
    """Return the keys whose counts differ; a key that is not there has none.

    Examples
    --------
    >>> here = np.array([1, 4]), np.array([2, 1])
    >>> _differing(here, (np.array([1, 5]), np.array([2, 3]))).tolist()
    [4, 5]

    """
    keys = np.concatenate([first[0], second[0]])
    counts = np.concatenate([first[1], -second[1]])
    distinct, which = np.unique(keys, return_inverse=True)
    kept = np.bincount(which, weights=counts, minlength=len(distinct)) != 0
    return np.asarray(distinct[kept])
