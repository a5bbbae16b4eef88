"""How hard the units of a batch are, and which of them several people answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import ascending, counted
from labelaudit.medians import medians

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.conduct import Conduct

_SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Redundant:
    """The U units of one batch.

    Attributes
    ----------
    item
        (U,) their item codes.
    hardness
        (U,) higher is harder, NaN where unknown.
    several
        (U,) whether two people or more answered.
    agreement
        (U,) share of pairs of answers that agree; 0 for a single answer.
    by
        What hardness was read from: "time" or "length".

    """

    item: IntArray
    hardness: FloatArray
    several: npt.NDArray[np.bool_]
    agreement: FloatArray
    by: str

    def hardest_once(self) -> list[int]:
        """Return the item codes of the hardest units that one person answered."""
        once = np.flatnonzero(~self.several & np.isfinite(self.hardness))
        order = np.argsort(-self.hardness[once], kind="stable")[:_SHOWN]
        return [int(code) for code in self.item[once[order]]]


def redundant(conduct: Conduct) -> Iterator[tuple[int, Redundant]]:
    """Yield the units of every batch, with its code."""
    rows, batches = conduct.records, len(conduct.tally.names.batches)
    order = ascending(rows.batch, batches)
    batch, item = rows.batch[order], rows.item[order]
    new = (np.diff(batch, prepend=-1) != 0) | (np.diff(item, prepend=-1) != 0)
    starts, unit = np.flatnonzero(new), np.cumsum(new) - 1
    size = np.diff(starts, append=len(order))
    hard, by = _hardness(conduct)
    hardness = hard[order[_first(conduct.work.moment, order, starts)]]
    agreement = _agreement(unit, rows.label[order], len(starts), size)
    ends = np.searchsorted(batch[starts], np.arange(batches + 1))
    for code in range(batches):
        own = slice(ends[code], ends[code + 1])
        yield (
            code,
            Redundant(item[starts[own]], hardness[own], size[own] > 1, agreement[own], by),
        )


def _hardness(conduct: Conduct) -> tuple[FloatArray, str]:
    """(N,) how hard each row's unit looks by this answer, and what tells so."""
    rows, spent = conduct.records, conduct.work.duration
    if spent is not None and np.isfinite(spent).any():
        return slowness(rows.annotator, spent, len(conduct.people)), "time"
    told = rows.beside.get("content")
    if told is None:
        return np.full(len(rows), np.nan), "time"
    lengths = np.array([*map(len, told.names), np.nan], dtype=np.float64)
    return lengths[told.code], "length"


def slowness(annotator: IntArray, duration: FloatArray, people: int) -> FloatArray:
    """(N,) log of the time over the annotator's median time; NaN where it is not known.

    Examples
    --------
    >>> slowness(np.array([0, 0, 0]), np.array([1.0, 2.0, 4.0]), 1).round(2).tolist()
    [-0.69, 0.0, 0.69]

    """
    logs = np.log(duration)
    known = np.isfinite(logs)
    return logs - medians(annotator[known], logs[known], people)[annotator]


def _first(moment: FloatArray | None, order: IntArray, starts: IntArray) -> IntArray:
    """(U,) the place of the first answer to each unit: by time, else as the rows stand."""
    if moment is None or not len(starts):
        return starts
    told = np.nan_to_num(moment[order], nan=np.inf)
    earliest = np.minimum.reduceat(told, starts)
    at = np.flatnonzero(told == np.repeat(earliest, np.diff(starts, append=len(told))))
    return at[np.searchsorted(at, starts)]


def _agreement(unit: IntArray, label: IntArray, units: int, size: IntArray) -> FloatArray:
    """(U,) share of the pairs of answers to each unit that agree."""
    span = int(label.max(initial=0)) + 1
    key, count = counted(unit * span + label)
    alike = np.bincount(key // span, count * (count - 1.0), units)
    return alike / np.maximum(size * (size - 1.0), 1.0)
