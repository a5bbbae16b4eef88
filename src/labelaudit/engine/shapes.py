"""Shapes: patterns under construction, each packed into one integer with its slice.

The labels of a unit, sorted, are written into one 62-bit key below the code of the slice
the unit lies in; equal keys are then counted. Where a unit has too many labels or the
domain is too large for a key, its labels are kept as they are, one pattern each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from labelaudit.coefficients.patterns import Patterns
from labelaudit.engine.sums import Sums, Totals, sum_by_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from labelaudit.coefficients.patterns import IntArray

_KEY_BITS = 62


@dataclass(slots=True)
class Shapes:
    """Counted patterns by unit size m; `loose` holds those that fit no key, in few bytes."""

    label_bits: int
    slice_bits: int
    packed: dict[int, Totals] = field(default_factory=dict)
    loose: list[tuple[IntArray, npt.NDArray[np.unsignedinteger]]] = field(default_factory=list)

    def add(self, slices: IntArray, labels: IntArray) -> None:
        """Count units of one size: slices (U,), labels (m, U) ascending in each column."""
        size = len(labels)
        if self.slice_bits + size * self.label_bits > _KEY_BITS:
            small = np.min_scalar_type((1 << self.label_bits) - 1)
            self.loose.append((slices, labels.T.astype(small)))
            return
        key = slices
        for row in labels:
            key = (key << self.label_bits) | row
        self._packed_of(size).add(key)

    def take(self, other: Shapes) -> None:
        """Add what another has counted."""
        for size, counted in other.packed.items():
            self._packed_of(size).take(counted)
        self.loose.extend(other.loose)

    def _packed_of(self, size: int) -> Totals:
        limit = 1 << (self.slice_bits + size * self.label_bits)
        return self.packed.setdefault(size, Totals(limit))

    def blocks(
        self, regroup: Callable[[IntArray], IntArray]
    ) -> Iterable[tuple[IntArray, IntArray, IntArray]]:
        """Yield (slices, labels, units) per size, slices renamed; a negative one is left out."""
        for size, counted in sorted(self.packed.items()):
            yield self._unpack(size, counted.sums(), regroup)
        for size in sorted({labels.shape[1] for _, labels in self.loose}):
            yield self._in_order(size, regroup)

    def _in_order(
        self, size: int, regroup: Callable[[IntArray], IntArray]
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Return the loose units of one size in an order that does not depend on arrival."""
        parts = [part for part in self.loose if part[1].shape[1] == size]
        named = regroup(np.concatenate([slices for slices, _ in parts]))
        labels = np.concatenate([labels for _, labels in parts])
        order = np.lexsort([*labels.T[::-1], named]) if len(named) > 1 else np.arange(len(named))
        kept = order[named[order] >= 0]
        return named[kept], labels[kept].astype(np.int64), np.ones(len(kept), dtype=np.int64)

    def _unpack(
        self, size: int, sums: Sums, regroup: Callable[[IntArray], IntArray]
    ) -> tuple[IntArray, IntArray, IntArray]:
        width = size * self.label_bits
        shape = sums.keys & ((1 << width) - 1)
        named = regroup(sums.keys >> width)
        kept = named >= 0
        again = sum_by_key((named[kept] << width) | shape[kept], sums.counts[kept])
        shifts = np.arange(size - 1, -1, -1, dtype=np.int64) * self.label_bits
        labels = (again.keys[:, None] >> shifts) & ((1 << self.label_bits) - 1)
        return again.keys >> width, labels, again.counts


@dataclass(frozen=True, slots=True, eq=False)
class Sliced:
    """Patterns of every slice of one slicing, side by side."""

    slices: IntArray
    patterns: Patterns

    def of(self, code: int) -> Patterns:
        """Return the patterns of one slice."""
        low, high = np.searchsorted(self.slices, [code, code + 1])
        whole = self.patterns
        starts = whole.starts[low:high]
        first = int(starts[0]) if len(starts) else 0
        last = int(whole.starts[high]) if high < len(whole.starts) else len(whole.codes)
        last = last if len(starts) else first
        return Patterns(
            starts - first,
            whole.codes[first:last],
            whole.counts[first:last],
            whole.units[low:high],
            whole.n_labels,
        )


def collect(blocks: Iterable[tuple[IntArray, IntArray, IntArray]], n_labels: int) -> Sliced:
    """Write blocks of counted units as one table of patterns, ordered by slice."""
    parts = [block for block in blocks if len(block[0])]
    nothing = np.zeros(0, dtype=np.int64)
    if not parts:
        return Sliced(nothing, Patterns(nothing, nothing, nothing, nothing, n_labels))
    cells = [_cells(labels) for _, labels, _ in parts]
    slices = np.concatenate([part[0] for part in parts])
    units = np.concatenate([part[2] for part in parts])
    lengths = np.concatenate([cell[0] for cell in cells])
    codes = np.concatenate([cell[1] for cell in cells])
    counts = np.concatenate([cell[2] for cell in cells])
    order = np.argsort(slices, kind="stable")
    index = _gather(lengths, order)
    kept = lengths[order]
    patterns = Patterns(np.cumsum(kept) - kept, codes[index], counts[index], units[order], n_labels)
    return Sliced(slices[order], patterns)


def _cells(labels: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return per row the number of distinct labels, then all labels and their counts."""
    new = np.ones(labels.shape, dtype=bool)
    new[:, 1:] = labels[:, 1:] != labels[:, :-1]
    first = np.flatnonzero(new.ravel())
    counts = np.diff(first, append=labels.size)
    return new.sum(axis=1).astype(np.int64), labels.ravel()[first], counts.astype(np.int64)


def _gather(lengths: IntArray, order: IntArray) -> IntArray:
    """Return the cell positions that put rows of given lengths into a new order."""
    starts = np.cumsum(lengths) - lengths
    kept = lengths[order]
    offset = np.repeat(starts[order] - (np.cumsum(kept) - kept), kept)
    return offset + np.arange(len(offset), dtype=np.int64)
