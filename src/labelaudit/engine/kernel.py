"""The numpy kernel: one pass over the units' lists of labels, integers out.

Units of one size m are counted together, as a block (m, U) of packed annotations that
ascends in each column, so that the labels of a unit are sorted. The kernel never divides:
the order of rows, files, blocks and threads cannot change a digit.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.engine.counts import Counts
    from labelaudit.engine.packing import Codes
    from labelaudit.engine.shapes import Shapes

MAX_PAIR_LABELS = 100
"""Units with more labels add no annotator pairs, for pairs grow as the square of m."""
MAX_PEER_LABELS = 300
"""Units with more labels add nothing to leave-one-out agreement (exact sums of squares)."""
_BLOCK = 1 << 20
_NETWORK = 8


def count(
    counts: Counts, packed: IntArray, starts: IntArray, beside: IntArray | None = None
) -> None:
    """Count one block of units.

    Parameters
    ----------
    counts
        What was counted so far, which is added to.
    packed
        (N,) packed annotations, those of a unit side by side.
    starts
        (U + 1,) where each unit begins, and the end.
    beside
        (2, U) lowest and highest gold label code of each unit, -1 without gold, where gold
        is not packed.

    """
    codes, gold = counts.codes, beside
    if codes.gold_bits:
        gold = _gold_range(codes.gold(packed), starts)
        packed, starts = _without_blanks(codes, codes.answer(packed), starts)
    counts.cube.add(packed)
    for rows, block in _by_size(packed, starts):
        labels = codes.label(block)
        _count_shapes(counts, labels, codes.cell(block))
        if gold is not None:
            _count_gold(counts, codes.person(block), labels, gold[:, rows])
        if len(block) > 1:
            people = codes.annotator(block)
            _count_peers(counts, labels, people)
            _count_pairs(counts, labels, people)


def _gold_range(gold: IntArray, starts: IntArray) -> IntArray:
    """Return (2, U) the lowest and highest gold code that a unit's rows tell, -1 for none."""
    found = np.full((2, len(starts) - 1), -1)
    telling = np.flatnonzero(gold)
    if len(telling):
        unit = np.searchsorted(starts, telling, side="right") - 1
        first = np.flatnonzero(np.diff(unit, prepend=-1))
        told = gold[telling] - 1
        found[0, unit[first]] = np.minimum.reduceat(told, first)
        found[1, unit[first]] = np.maximum.reduceat(told, first)
    return found


def _without_blanks(codes: Codes, packed: IntArray, starts: IntArray) -> tuple[IntArray, IntArray]:
    """Leave out rows that tell gold only; their units stay, perhaps empty."""
    given = codes.label(packed) != codes.blank
    if given.all():
        return packed, starts
    before = np.concatenate([[0], np.cumsum(given)])
    return packed[given], before[starts]


def _by_size(packed: IntArray, starts: IntArray) -> Iterator[tuple[IntArray | slice, IntArray]]:
    """Yield the units of one size, as their numbers and a block (m, U) of bounded memory."""
    sizes = np.diff(starts)
    present = np.flatnonzero(np.bincount(sizes))
    for size in present[present > 0].tolist():
        rows = np.flatnonzero(sizes == size)
        step = max(_BLOCK // size, 1)
        for low in range(0, len(rows), step):
            some = rows[low : low + step]
            yield some, _sorted(_block(packed, starts[some], size))


def _block(packed: IntArray, starts: IntArray, size: int) -> IntArray:
    """Return the units (m, U) that begin at these places, quickly where they adjoin."""
    first, last = int(starts[0]), int(starts[-1])
    if last - first == size * (len(starts) - 1):
        adjoining = packed[first : last + size].reshape(len(starts), size)
        return np.array(adjoining.T, order="C")
    block: IntArray = packed[starts + np.arange(size)[:, None]]
    return block


def _sorted(block: IntArray) -> IntArray:
    """Sort each column of a block (m, U): by exchanges between rows where these are few."""
    size = len(block)
    if size > _NETWORK:
        return np.ascontiguousarray(np.sort(np.ascontiguousarray(block.T)).T)
    for last in range(size - 1, 0, -1):
        for row in range(last):
            low = np.minimum(block[row], block[row + 1])
            np.maximum(block[row], block[row + 1], out=block[row + 1])
            block[row] = low
    return block


def _count_shapes(counts: Counts, labels: IntArray, cells: IntArray) -> None:
    codes = counts.codes
    straddles = (cells[1:] != cells[0]).any(axis=0)
    if not straddles.any():
        counts.whole.add(cells[0], labels)
        return
    counts.whole.add(np.where(straddles, counts.straddling, cells[0]), labels)
    parts = (codes.batch, counts.batch_parts), (codes.vendor, counts.vendor_parts)
    for name, shapes in parts:
        _count_parts(shapes, labels[:, straddles], name(cells[:, straddles]))


def _count_parts(shapes: Shapes, labels: IntArray, slices: IntArray) -> None:
    """Count units that lie in several slices, once for each slice they lie in."""
    unit = np.tile(np.arange(labels.shape[1]), len(labels))
    order = np.lexsort((labels.ravel(), slices.ravel(), unit))
    unit, label, name = unit[order], labels.ravel()[order], slices.ravel()[order]
    new = np.ones(len(unit), dtype=bool)
    new[1:] = (unit[1:] != unit[:-1]) | (name[1:] != name[:-1])
    starts = np.append(np.flatnonzero(new), len(unit))
    for rows, block in _by_size(label, starts):
        shapes.add(name[starts[:-1][rows]], block)


def _count_gold(counts: Counts, people: IntArray, labels: IntArray, gold: IntArray) -> None:
    low, high = gold
    single = np.flatnonzero((low >= 0) & (low == high))
    known = int((low >= 0).sum())
    counts.gold_units += known
    counts.gold_conflicts += known - len(single)
    if len(single):
        correct = labels[:, single] == low[single]
        counts.gold.add(((people[:, single] << 1) | correct).ravel())


def _count_peers(counts: Counts, labels: IntArray, people: IntArray) -> None:
    """Count annotators by (n_uc of their label, sum of n_uc^2): all that leaving one out needs."""
    size = len(labels)
    if size <= MAX_PEER_LABELS:
        same = _same_label(labels)
        key = (people * (size + 1) + same) * (size * size + 1) + same.sum(axis=0)
        counts.peers_of(size).add(key.ravel())


def _same_label(labels: IntArray) -> IntArray:
    """Return (m, U) n_uc of each label given: how often it stands in its (sorted) unit."""
    if len(labels) <= _NETWORK:
        same = np.ones(labels.shape, dtype=np.int64)
        for left, right in combinations(range(len(labels)), 2):
            equal = labels[left] == labels[right]
            same[left] += equal
            same[right] += equal
        return same
    new = np.ones(labels.T.shape, dtype=bool)
    new[:, 1:] = (labels[1:] != labels[:-1]).T
    first = np.flatnonzero(new.ravel())
    runs = np.diff(first, append=labels.size)
    return np.repeat(runs, runs).reshape(new.shape).T


def _count_pairs(counts: Counts, labels: IntArray, people: IntArray) -> None:
    """Count every two annotators of a unit, in the order of their labels, and if they agree."""
    size = len(labels)
    if size > MAX_PAIR_LABELS:
        in_order = np.sort(people, axis=0)
        counts.crowded_repeats += int((in_order[1:] == in_order[:-1]).sum())
        return
    pairs = list(combinations(range(size), 2))
    ones, twos = people << (counts.codes.annotator_bits + 1), people << 1
    step = max(_BLOCK // len(pairs), 1)
    for low in range(0, labels.shape[1], step):
        some = slice(low, low + step)
        keys = np.empty((len(pairs), len(labels[0, some])), dtype=np.int64)
        for place, (left, right) in enumerate(pairs):
            np.bitwise_or(ones[left, some], twos[right, some], out=keys[place])
            keys[place] |= labels[left, some] == labels[right, some]
        counts.pairs.add(keys.ravel())
