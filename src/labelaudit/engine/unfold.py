"""From the kernel's packed counts to tables that measures can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.engine.shapes import Sliced, collect
from labelaudit.engine.sums import add_up
from labelaudit.engine.tables import GoldCounts, PairCounts, PeerCounts

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray, Patterns
    from labelaudit.engine.kernel import Counts
    from labelaudit.engine.names import Names


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


def pair_counts(counts: Counts) -> PairCounts:
    """Return how often each two annotators answered the same unit, and agreed."""
    sums, width = add_up(counts.pairs), counts.codes.annotator_bits
    pair, position = np.unique(sums.keys >> 1, return_inverse=True)
    agreed = np.where(sums.keys & 1, sums.counts, 0)
    together, agreeing = (
        np.bincount(position, weights=column, minlength=len(pair)).astype(np.int64)
        for column in (sums.counts, agreed)
    )
    return PairCounts(pair >> width, pair & ((1 << width) - 1), together, agreeing)


def peer_counts(counts: Counts) -> PeerCounts:
    """Return what leaving one annotator out needs, over all unit sizes."""
    columns = [_peers_of(size, counts) for size in sorted(counts.peers)]
    nothing = np.zeros((5, 0), dtype=np.int64)
    return PeerCounts(*np.concatenate([nothing, *columns], axis=1))


def _peers_of(size: int, counts: Counts) -> IntArray:
    sums = add_up(counts.peers[size])
    rest, squares = np.divmod(sums.keys, size * size + 1)
    annotator, same = np.divmod(rest, size + 1)
    return np.stack([annotator, np.full_like(same, size), same, squares, sums.counts])


def gold_counts(counts: Counts) -> GoldCounts:
    """Return gold answers and right ones by annotator, batch and vendor."""
    sums, codes = add_up(counts.gold), counts.codes
    key, position = np.unique(sums.keys >> 1, return_inverse=True)
    right = np.where(sums.keys & 1, sums.counts, 0)
    answered, correct = (
        np.bincount(position, weights=column, minlength=len(key)).astype(np.int64)
        for column in (sums.counts, right)
    )
    cell = codes.cell(key)
    return GoldCounts(
        codes.annotator(key), codes.batch(cell), codes.vendor(cell), answered, correct
    )
