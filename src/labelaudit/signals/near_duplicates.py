"""Which texts are nearly the same? MinHash with locality-sensitive buckets, linear in texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.signals.shingles import SIZE, mixed, same_contents, shingled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.signals.shingles import HashArray, Shingles

BANDS, ROWS = 42, 3
MIN_OWN_WORDS = 8
COMMON_SHARE, COMMON_TEXTS = 0.05, 20
_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class NearDuplicates:
    """Pairs of texts that are nearly the same (M pairs).

    Attributes
    ----------
    first, second
        (M,) positions of the texts, the smaller one first.
    jaccard
        (M,) shared shingles over all shingles of the two, stock phrases left out.
    compared
        How many texts had enough words of their own to be compared.

    """

    first: IntArray
    second: IntArray
    jaccard: FloatArray
    compared: int


def near_duplicates(texts: Sequence[str], at_least: float = 0.4) -> NearDuplicates:
    """Which texts share most of their wording?

    Shingles of three words; 126 MinHash values in 42 bands of 3 find pairs with Jaccard
    similarity 0.4 with a chance of .94 and pairs without common wording hardly ever; every
    pair found is then measured exactly. Texts that are the same but for case and spacing
    are compared once, and form pairs with the first of their kind. Shingles in more than 5%
    of the different texts (and 20 of them) are stock phrases and are left out; a text needs
    8 words of its own.

    Parameters
    ----------
    texts
        (T,) texts.
    at_least
        The similarity from which a pair is named, 0 to 1.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents; Indyk & Motwani (1998),
    Approximate nearest neighbors, STOC (the buckets).

    Examples
    --------
    >>> long = "the quick brown fox jumps over the lazy dog and runs away"
    >>> found = near_duplicates([long, long + " again", "something else that has " + "x " * 9])
    >>> found.first.tolist(), found.second.tolist(), found.jaccard.round(2).tolist()
    ([0], [1], [0.91])

    """
    content = same_contents(texts)
    _, original = np.unique(content, return_index=True)
    own = _own(shingled([texts[position] for position in original.tolist()]))
    enough = np.flatnonzero(own.counts >= MIN_OWN_WORDS - SIZE + 1)
    first, second = _candidates(own, enough)
    jaccard = _jaccard(own, first, second)
    near = jaccard >= at_least
    copies = np.flatnonzero(original[content] != np.arange(len(content)))
    ends = np.stack(
        [
            np.concatenate([original[first[near]], original[content[copies]]]),
            np.concatenate([original[second[near]], copies]),
        ]
    )
    low, high = np.sort(ends, axis=0)
    similar = np.concatenate([jaccard[near], np.ones(len(copies))])
    order = np.lexsort((high, low))
    return NearDuplicates(low[order], high[order], similar[order], len(enough))


def _own(shingles: Shingles) -> Shingles:
    """Leave out the shingles that many of the texts share."""
    _, slot, texts = np.unique(shingles.hashes, return_inverse=True, return_counts=True)
    common = texts > max(COMMON_TEXTS, COMMON_SHARE * len(shingles.counts))
    return shingles.select(~common[slot])


def _candidates(shingles: Shingles, chosen: IntArray) -> tuple[IntArray, IntArray]:
    """Return pairs of texts that share a bucket: each with the first and with the one before."""
    ends = np.cumsum(shingles.counts)
    starts = ends - shingles.counts
    keys = [
        _bands(shingles.hashes[starts[part[0]] : ends[part[-1]]], part, shingles.counts, starts)
        for part in np.array_split(chosen, max(1, int(shingles.counts.sum()) // _CHUNK))
        if len(part)
    ]
    pairs = [np.zeros((0, 2), np.int64)]
    for band in np.concatenate(keys).T if keys else ():
        order = np.argsort(band, kind="stable")
        again = np.flatnonzero(band[order][1:] == band[order][:-1]) + 1
        new = np.ones(len(order), bool)
        new[again] = False
        head = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
        pairs += [np.column_stack([order[to], order[again]]) for to in (again - 1, head[again])]
    met = np.unique(np.sort(np.concatenate(pairs), axis=1), axis=0)
    return chosen[met[:, 0]], chosen[met[:, 1]]


def _bands(hashes: HashArray, part: IntArray, counts: IntArray, starts: IntArray) -> HashArray:
    """(B, 42) the bucket of each text in each band, from the hashes of texts part[0] onwards."""
    inside = starts[part] - starts[part[0]]
    # Texts between the chosen ones end a run of reduceat as well, so their runs are dropped.
    bounds = np.unique(np.concatenate([inside, inside + counts[part]]))
    bounds = bounds[bounds < len(hashes)]
    row = np.searchsorted(bounds, inside)
    salts = mixed(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64))
    keys = np.zeros((len(part), BANDS), np.uint64)
    for number, salt in enumerate(salts):
        least = np.minimum.reduceat(mixed(hashes ^ salt), bounds)[row]
        band = number // ROWS
        keys[:, band] = mixed(keys[:, band] ^ least)
    return keys


def _jaccard(shingles: Shingles, first: IntArray, second: IntArray) -> FloatArray:
    """(Q,) the exact similarity of each pair of texts."""
    ends = np.cumsum(shingles.counts)
    starts = ends - shingles.counts
    codes = np.unique(shingles.hashes, return_inverse=True)[1].astype(np.int64)
    span = int(codes.max(initial=0)) + 1
    present = shingles.text * span + codes
    present.sort()
    shared = np.zeros(len(first))
    for part in np.array_split(np.arange(len(first)), 1 + len(first) // 10_000):
        many = shingles.counts[first[part]]
        pair = np.repeat(np.arange(len(part)), many)
        cell = np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many)
        wanted = second[part][pair] * span + codes[starts[first[part]][pair] + cell]
        at = np.minimum(np.searchsorted(present, wanted), len(present) - 1)
        shared[part] = np.bincount(pair, present[at] == wanted, len(part))
    union = shingles.counts[first] + shingles.counts[second] - shared
    return np.asarray(shared / np.maximum(union, 1))
