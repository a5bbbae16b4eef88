"""How hard the units of a batch are, and which of them several people answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import counted, placed
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
    rows = conduct.records
    hard, by = _hardness(conduct)
    slot, unit = placed(rows.batch * len(rows.items) + rows.item)
    size = np.bincount(unit)
    first = _first(conduct, unit, len(slot))
    agreement = _agreement(unit, rows.label, len(slot), size)
    batch, item = np.divmod(slot, max(len(rows.items), 1))
    batches, hardness = len(conduct.tally.names.batches), hard[first]
    starts = np.searchsorted(batch, np.arange(batches + 1))
    for code in range(batches):
        own = slice(starts[code], starts[code + 1])
        yield code, Redundant(item[own], hardness[own], size[own] > 1, agreement[own], by)


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
    known = np.isfinite(duration) & (duration > 0)
    logs = np.where(known, np.log(np.where(known, duration, 1.0)), np.nan)
    return logs - medians(annotator[known], logs[known], people)[annotator]


def _first(conduct: Conduct, unit: IntArray, units: int) -> IntArray:
    """(U,) the row of the first answer to each unit: by time, else in the order of names."""
    moment = conduct.work.moment
    told = np.zeros(len(unit)) if moment is None else np.nan_to_num(moment, nan=np.inf)
    order = np.lexsort((told, unit))
    starts = np.searchsorted(unit[order], np.arange(units))
    return order[starts]


def _agreement(unit: IntArray, label: IntArray, units: int, size: IntArray) -> FloatArray:
    """(U,) share of the pairs of answers to each unit that agree."""
    span = int(label.max(initial=0)) + 1
    key, count = counted(unit * span + label)
    alike = np.bincount(key // span, count * (count - 1.0), units)
    return alike / np.maximum(size * (size - 1.0), 1.0)
