"""The numpy kernel: one pass over the units' lists of labels, integers out.

Every unit arrives as one ascending list of packed annotations (`Codes`). The kernel never
divides: it counts patterns, annotator pairs, leave-one-out agreement and gold answers as
integers, so the order of rows, files, batches of lists and threads cannot change a digit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.engine.shapes import Shapes
from labelaudit.engine.sums import Sums, add_up, sum_by_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients.patterns import IntArray

MAX_PAIR_LABELS = 100
"""Units with more labels add no annotator pairs, for pairs grow as the square of m."""
MAX_PEER_LABELS = 300
"""Units with more labels add nothing to leave-one-out agreement (exact sums of squares)."""
_BLOCK = 1 << 21
_MANY = 16


@dataclass(frozen=True, slots=True)
class Codes:
    """How an annotation is packed, high bits first: label, annotator, batch, vendor."""

    label_bits: int
    annotator_bits: int
    batch_bits: int
    vendor_bits: int

    @property
    def slice_bits(self) -> int:
        """Bits of batch and vendor together."""
        return self.batch_bits + self.vendor_bits

    @property
    def total_bits(self) -> int:
        """Bits of a whole packed annotation."""
        return self.label_bits + self.annotator_bits + self.slice_bits

    def label(self, packed: IntArray) -> IntArray:
        """Return label codes."""
        return packed >> (self.annotator_bits + self.slice_bits)

    def annotator(self, packed: IntArray) -> IntArray:
        """Return annotator codes."""
        return (packed >> self.slice_bits) & ((1 << self.annotator_bits) - 1)

    def cell(self, packed: IntArray) -> IntArray:
        """Return codes of (batch, vendor)."""
        return packed & ((1 << self.slice_bits) - 1)

    def batch(self, cell: IntArray) -> IntArray:
        """Return the batch of a (batch, vendor) code."""
        return cell >> self.vendor_bits

    def vendor(self, cell: IntArray) -> IntArray:
        """Return the vendor of a (batch, vendor) code."""
        return cell & ((1 << self.vendor_bits) - 1)


@dataclass(slots=True)
class Counts:
    """Everything the kernel counted, in parts that add up in any order.

    `whole` holds complete units under their (batch, vendor) code, or under `straddling`
    where a unit lies in several; `batch_parts` and `vendor_parts` hold the pieces of those.
    Keys: pairs (annotator, annotator, agree); peers by m (annotator, n_uc, sum n_uc^2);
    gold (annotator, batch, vendor, correct).
    """

    codes: Codes
    whole: Shapes = field(init=False)
    batch_parts: Shapes = field(init=False)
    vendor_parts: Shapes = field(init=False)
    pairs: list[Sums] = field(default_factory=list)
    peers: dict[int, list[Sums]] = field(default_factory=dict)
    gold: list[Sums] = field(default_factory=list)
    duplicates: int = 0
    gold_units: int = 0
    gold_conflicts: int = 0

    def __post_init__(self) -> None:
        """Make the empty tables of patterns."""
        bits = self.codes.label_bits, self.codes.slice_bits + 1
        self.whole, self.batch_parts, self.vendor_parts = (Shapes(*bits) for _ in range(3))

    @property
    def straddling(self) -> int:
        """The slice code of units that lie in several slices."""
        return 1 << self.codes.slice_bits

    def take(self, other: Counts) -> None:
        """Add what another has counted."""
        for mine, theirs in (
            (self.whole, other.whole),
            (self.batch_parts, other.batch_parts),
            (self.vendor_parts, other.vendor_parts),
        ):
            mine.take(theirs)
        self.pairs = _folded(self.pairs + other.pairs, _MANY)
        for size, parts in other.peers.items():
            self.peers[size] = _folded(self.peers.get(size, []) + parts, _MANY)
        self.gold = _folded(self.gold + other.gold, _MANY)
        self.duplicates += other.duplicates
        self.gold_units += other.gold_units
        self.gold_conflicts += other.gold_conflicts


def count(codes: Codes, packed: IntArray, starts: IntArray, gold: IntArray) -> Counts:
    """Count one block of units.

    Parameters
    ----------
    codes
        How annotations are packed.
    packed
        (N,) packed annotations, ascending within each unit.
    starts
        (U + 1,) where each unit begins, and the end.
    gold
        (U, 2) lowest and highest gold label code of each unit, -1 without gold.

    """
    counts = Counts(codes)
    for rows, size in _by_size(starts):
        block = packed[starts[rows][:, None] + np.arange(size)]
        _count_shapes(counts, block)
        _count_gold(counts, block, gold[rows])
        if size > 1:
            _count_peers(counts, block)
            _count_pairs(counts, block)
    return counts


def _folded(parts: list[Sums], many: int) -> list[Sums]:
    return [add_up(parts)] if len(parts) > many else parts


def _by_size(starts: IntArray) -> Iterator[tuple[IntArray, int]]:
    """Yield row numbers of equally large units, in blocks of bounded memory."""
    sizes = np.diff(starts)
    present = np.flatnonzero(np.bincount(sizes))
    for size in present[present > 0].tolist():
        rows = np.flatnonzero(sizes == size)
        step = max(_BLOCK // size, 1)
        for low in range(0, len(rows), step):
            yield rows[low : low + step], size


def _count_shapes(counts: Counts, block: IntArray) -> None:
    codes = counts.codes
    labels, cells = codes.label(block), codes.cell(block)
    straddles = (cells != cells[:, :1]).any(axis=1)
    counts.whole.add(np.where(straddles, counts.straddling, cells[:, 0]), labels)
    if straddles.any():
        parts = (codes.batch, counts.batch_parts), (codes.vendor, counts.vendor_parts)
        for name, shapes in parts:
            _count_parts(shapes, labels[straddles], name(cells[straddles]))


def _count_parts(shapes: Shapes, labels: IntArray, slices: IntArray) -> None:
    """Count units that lie in several slices, once for each slice they lie in."""
    unit = np.repeat(np.arange(len(labels)), labels.shape[1])
    order = np.lexsort((labels.ravel(), slices.ravel(), unit))
    unit, label, name = unit[order], labels.ravel()[order], slices.ravel()[order]
    new = np.ones(len(unit), dtype=bool)
    new[1:] = (unit[1:] != unit[:-1]) | (name[1:] != name[:-1])
    starts = np.append(np.flatnonzero(new), len(unit))
    for rows, size in _by_size(starts):
        shapes.add(name[starts[rows]], label[starts[rows][:, None] + np.arange(size)])


def _count_gold(counts: Counts, block: IntArray, gold: IntArray) -> None:
    known = gold[:, 0] >= 0
    single = known & (gold[:, 0] == gold[:, 1])
    counts.gold_units += int(known.sum())
    counts.gold_conflicts += int((known & ~single).sum())
    if single.any():
        codes, answers = counts.codes, block[single]
        correct = codes.label(answers) == gold[single, :1]
        people = answers & ((1 << (codes.annotator_bits + codes.slice_bits)) - 1)
        counts.gold.append(sum_by_key(((people << 1) | correct).ravel()))


def _count_peers(counts: Counts, block: IntArray) -> None:
    """Count annotators by (n_uc of their label, sum of n_uc^2): all that leaving one out needs."""
    size = block.shape[1]
    if size > MAX_PEER_LABELS:
        return
    same = _same_label(counts.codes.label(block))
    squares = same.sum(axis=1, keepdims=True)
    key = (counts.codes.annotator(block) * (size + 1) + same) * (size * size + 1) + squares
    counts.peers.setdefault(size, []).append(sum_by_key(key.ravel()))


def _same_label(labels: IntArray) -> IntArray:
    """Return (U, m) n_uc of each label given: how often it stands in its (sorted) unit."""
    new = np.ones(labels.shape, dtype=bool)
    new[:, 1:] = labels[:, 1:] != labels[:, :-1]
    first = np.flatnonzero(new.ravel())
    runs = np.diff(first, append=labels.size)
    return np.repeat(runs, runs).reshape(labels.shape)


def _count_pairs(counts: Counts, block: IntArray) -> None:
    size, codes = block.shape[1], counts.codes
    if size > MAX_PAIR_LABELS:
        people = np.sort(codes.annotator(block), axis=1)
        counts.duplicates += int((people[:, 1:] == people[:, :-1]).sum())
        return
    left, right = np.triu_indices(size, 1)
    step = max(_BLOCK // len(left), 1)
    for low in range(0, len(block), step):
        rows = block[low : low + step]
        people, labels = codes.annotator(rows), codes.label(rows)
        one, two = people[:, left].ravel(), people[:, right].ravel()
        agree = (labels[:, left] == labels[:, right]).ravel()
        counts.duplicates += int((one == two).sum())
        key = (np.minimum(one, two) << codes.annotator_bits) | np.maximum(one, two)
        counts.pairs.append(sum_by_key((key << 1) | agree))
