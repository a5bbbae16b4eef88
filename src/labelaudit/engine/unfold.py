"""From the kernel's packed counts to tables that measures can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.engine.shapes import Sliced, collect
from labelaudit.engine.sums import sum_by_key
from labelaudit.engine.tables import Cube, GoldCounts, PairCounts, PeerCounts

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray, Patterns
    from labelaudit.engine.counts import Counts
    from labelaudit.engine.names import Names
    from labelaudit.engine.sums import Sums


def slicings(counts: Counts, names: Names) -> tuple[Patterns, Sliced, Sliced]:
    """Return the patterns over everything, by batch and by vendor."""
    codes, n_labels = counts.codes, len(names.labels.names)
    nobody = len(names.vendors)

    def everything(cell: IntArray) -> IntArray:
        return np.zeros_like(cell)

    def batch(cell: IntArray) -> IntArray:
        return np.where(cell == counts.straddling, -1, codes.batch(cell))

    def vendor(cell: IntArray) -> IntArray:
        code = codes.vendor(cell)
        return np.where((cell == counts.straddling) | (code == nobody), -1, code)

    def named(code: IntArray) -> IntArray:
        return np.where(code == nobody, -1, code)

    every = collect(counts.whole.blocks(everything), n_labels)
    by_batch = [*counts.whole.blocks(batch), *counts.batch_parts.blocks(np.copy)]
    by_vendor = [*counts.whole.blocks(vendor), *counts.vendor_parts.blocks(named)]
    return every.patterns, collect(by_batch, n_labels), collect(by_vendor, n_labels)


def cube_of(counts: Counts, names: Names, missing: IntArray) -> Cube:
    """Return annotations by batch, vendor, annotator and label, with the answers left empty.

    `missing` (4, K) are batch, vendor, annotator and number of those.
    """
    sums, codes = counts.cube.sums(), counts.codes
    cell = codes.cell(sums.keys)
    vendor = codes.vendor(cell)
    given = (
        codes.batch(cell),
        np.where(vendor == len(names.vendors), -1, vendor),
        codes.annotator(sums.keys),
        codes.label(sums.keys),
        sums.counts,
    )
    empty = (*missing[:3], np.full_like(missing[3], -1), missing[3])
    columns = [np.concatenate(pair) for pair in zip(given, empty, strict=True)]
    order = np.lexsort(columns[3::-1])
    return Cube(*(column[order] for column in columns))


def pair_counts(counts: Counts) -> PairCounts:
    """Return how often each two annotators answered the same unit, and agreed."""
    sums, width = counts.pairs.sums(), counts.codes.annotator_bits
    one, two = sums.keys >> (width + 1), (sums.keys >> 1) & ((1 << width) - 1)
    pair = (np.minimum(one, two) << width) | np.maximum(one, two)
    either_way = sum_by_key((pair << 1) | (sums.keys & 1), sums.counts)
    key, together, agreeing = _halves(either_way)
    return PairCounts(key >> width, key & ((1 << width) - 1), together, agreeing)


def repeats(counts: Counts, pairs: PairCounts) -> int:
    """Return how often annotators stand beside themselves in a unit."""
    return counts.crowded_repeats + int(pairs.together[pairs.first == pairs.second].sum())


def peer_counts(counts: Counts) -> PeerCounts:
    """Return what leaving one annotator out needs, over all unit sizes."""
    columns = [_peers_of(size, counts) for size in sorted(counts.peers)]
    nothing = np.zeros((5, 0), dtype=np.int64)
    return PeerCounts(*np.concatenate([nothing, *columns], axis=1))


def _peers_of(size: int, counts: Counts) -> IntArray:
    sums = counts.peers[size].sums()
    rest, squares = np.divmod(sums.keys, size * size + 1)
    annotator, same = np.divmod(rest, size + 1)
    return np.stack([annotator, np.full_like(same, size), same, squares, sums.counts])


def gold_counts(counts: Counts) -> GoldCounts:
    """Return gold answers and right ones by annotator, batch and vendor."""
    key, answered, correct = _halves(counts.gold.sums())
    codes = counts.codes
    cell = codes.cell(key)
    return GoldCounts(
        codes.annotator(key), codes.batch(cell), codes.vendor(cell), answered, correct
    )


def _halves(sums: Sums) -> tuple[IntArray, IntArray, IntArray]:
    """Return keys without their lowest bit, their counts, and those where the bit was set."""
    key = sums.keys >> 1  # ascending, as the keys were
    first = np.flatnonzero(np.diff(key, prepend=-1))
    if len(first) == 0:
        return key, sums.counts, sums.counts
    hits = np.where(sums.keys & 1, sums.counts, 0)
    return key[first], np.add.reduceat(sums.counts, first), np.add.reduceat(hits, first)
