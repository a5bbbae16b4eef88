"""Texts as sets of shingles: runs of three words, hashed the same way on every machine."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import IntArray

HashArray = npt.NDArray[np.uint64]
SIZE = 3
# Scripts written without spaces are cut into single characters.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3040-\u30ff\u3400-\u9fff]+")
_MIX = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


@dataclass(frozen=True, slots=True, eq=False)
class Shingles:
    """The distinct shingles of T texts, text by text (Z in all).

    Attributes
    ----------
    hashes
        (Z,) ascending within a text.
    counts
        (T,) how many each text has.

    """

    hashes: HashArray
    counts: IntArray

    @property
    def text(self) -> IntArray:
        """(Z,) the text of each shingle."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def select(self, keep: npt.NDArray[np.bool_]) -> Shingles:
        """Return only the shingles where `keep` (Z,) is true; the texts remain."""
        counts = np.bincount(self.text[keep], minlength=len(self.counts))
        return Shingles(self.hashes[keep], counts)


def normalised(text: str) -> str:
    r"""Return the text in one Unicode form, case and spacing.

    Examples
    --------
    >>> normalised("  The\tCAT ")
    'the cat'

    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def same_contents(texts: Sequence[str]) -> IntArray:
    """(T,) a code per text, equal for texts that are equal but for case and spacing.

    Examples
    --------
    >>> same_contents(["A cat", "a  cat", "a dog"]).tolist()
    [0, 0, 1]

    """
    seen: dict[str, int] = {}
    codes = (seen.setdefault(normalised(text), len(seen)) for text in texts)
    return np.fromiter(codes, np.int64, len(texts))


def shingled(texts: Sequence[str]) -> Shingles:
    """Cut texts into words and hash every run of three; a shorter text is one shingle."""
    known = _Hashes()
    words = [_WORD.findall(normalised(text)) for text in texts]
    lengths = np.array([len(each) for each in words], dtype=np.int64)
    every = map(known.__getitem__, chain.from_iterable(words))
    codes = np.fromiter(every, np.uint64, int(lengths.sum()))
    text, hashes = _runs(codes, lengths)
    order = np.lexsort((hashes, text))
    text, hashes = text[order], hashes[order]
    new = np.ones(len(text), bool)
    new[1:] = (np.diff(text) > 0) | (hashes[1:] != hashes[:-1])
    return Shingles(hashes[new], np.bincount(text[new], minlength=len(texts)))


class _Hashes(dict[str, int]):
    """The hash of each word, made when it is first asked for."""

    def __missing__(self, word: str) -> int:
        digest = blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()
        self[word] = int.from_bytes(digest, "big")
        return self[word]


def _runs(codes: HashArray, lengths: IntArray) -> tuple[IntArray, HashArray]:
    """Return the text and the hash of every run of words."""
    text = np.repeat(np.arange(len(lengths)), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(codes))
    starts = np.flatnonzero((left >= SIZE) | (left == lengths[text]))
    hashes = np.zeros(len(starts), np.uint64)
    for offset, factor in enumerate(_MIX):
        inside = left[starts] > offset
        word = codes[np.minimum(starts + offset, max(len(codes) - 1, 0))]
        hashes = mixed(hashes ^ np.where(inside, word, np.uint64(0)) * np.uint64(factor))
    return text[starts], hashes


def mixed(value: HashArray) -> HashArray:
    """Spread every bit of a number over all of its bits."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(_MIX[1])
    value = (value ^ (value >> np.uint64(27))) * np.uint64(_MIX[2])
    return value ^ (value >> np.uint64(31))
