"""Many texts as codes: short texts are numbers of 64 bits, which are looked up faster.

A dictionary of a million texts misses the cache at every row. Texts of a few words are read
as such words instead and mixed into one number; that equal numbers mean equal texts is
checked, never assumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import IntArray

    Words = npt.NDArray[np.uint64]

_MANY = 1 << 17  # fewer texts fit into the cache as a dictionary
_LOOKED_AT = 1 << 12
_WIDEST = 32  # bytes
_MULTIPLIER, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


def encode(texts: pa.Array) -> tuple[IntArray, pa.Array]:
    """Return the code of each text (N,), and the distinct texts in the order they appear."""
    found = _by_words(texts) if len(texts) > _MANY and _differ(texts) else None
    if found is not None:
        return found
    known = texts.dictionary_encode()
    return known.indices.to_numpy().astype(np.int64), known.dictionary


def _differ(texts: pa.Array) -> bool:
    """Say whether most texts seem to be rare: few distinct ones are soon looked up."""
    return len(texts[:_LOOKED_AT].unique()) > _LOOKED_AT // 4


def _by_words(texts: pa.Array) -> tuple[IntArray, pa.Array] | None:
    """Look numbers up instead of texts; None where texts are long, or numbers coincide."""
    starts, data = _bytes(texts)
    lengths = np.diff(starts)
    if int(lengths.max()) > _WIDEST:
        return None
    words = _words(starts[:-1], lengths, data)
    codes, numbers = pd.factorize(_mixed(words))
    first = np.empty(len(numbers), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(texts))[::-1]
    stands_for = first[codes]
    if any(bool((word[stands_for] != word).any()) for word in words):
        return None
    return codes.astype(np.int64, copy=False), texts.take(pa.array(first))


def _bytes(texts: pa.Array) -> tuple[IntArray, npt.NDArray[np.uint8]]:
    """Return where each text starts (N + 1,), and the bytes of all."""
    wide = texts.cast(pa.large_string())
    _, offsets, data = wide.buffers()
    starts = np.frombuffer(offsets, dtype=np.int64)[wide.offset : wide.offset + len(wide) + 1]
    return starts, np.frombuffer(data, dtype=np.uint8) if data else np.zeros(1, dtype=np.uint8)


def _words(starts: IntArray, lengths: IntArray, data: npt.NDArray[np.uint8]) -> list[Words]:
    """Return the bytes of each text as words (N,) of eight, and the lengths where they differ."""
    width = int(lengths.max())
    if int(lengths.min()) == width > 0:
        padded = np.zeros((len(starts), -(-width // 8) * 8), dtype=np.uint8)
        padded[:, :width] = data[starts[0] : starts[0] + padded.shape[0] * width].reshape(-1, width)
        return list(np.ascontiguousarray(padded.view(np.uint64).T))
    cells = np.zeros((-(-width // 8) * 8, len(starts)), dtype=np.uint8)
    for at in range(width):
        here = data[np.minimum(starts + at, len(data) - 1)]
        cells[at] = np.where(lengths > at, here, 0)
    found = [lengths.astype(np.uint64)]
    for first in range(0, len(cells), 8):
        word = np.zeros(len(starts), dtype=np.uint64)
        for cell in cells[first : first + 8]:
            word <<= np.uint64(8)
            word |= cell
        found.append(word)
    return found


def _mixed(words: list[Words]) -> Words:
    """(N,) one number for all words of a text."""
    number = np.zeros(len(words[0]), dtype=np.uint64)
    for word in words:
        number ^= word
        number *= _MULTIPLIER
        number ^= number >> _SHIFT
    return number
