"""Names behind codes: every code comes from a sorted list, never from order of arrival."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.engine.arrays import places, whole
from labelaudit.engine.reading_labels import member_text
from labelaudit.model import NUMERIC_SCALES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.model import Question


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The label domain of a question: names by code, and how a label's text finds its code.

    Labels that are the same number, or the same set of members in another order, share a
    code; `values` (V,) then holds the numbers in ascending order, or the sets. On other
    scales it is None.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...]
    codes: tuple[int, ...]
    values: FloatArray | tuple[frozenset[str], ...] | None = None


def label_names(question: Question, observed: Iterable[str], gold: Iterable[str] = ()) -> Labels:
    """Return the codes of a question's labels: the declared domain, else what was observed.

    `gold` are the gold labels that can be read on the scale.

    Examples
    --------
    >>> from labelaudit.model import Question
    >>> label_names(Question("q", "interval"), ["10", "9", "9.0"]).names
    ('9', '10')

    """
    found = {*observed, *gold}
    if question.scale in NUMERIC_SCALES:
        return _numbers(sorted(found | set(question.labels)))
    if question.scale == "set":
        return _sets(sorted(found))
    names = question.labels or tuple(sorted(found))
    return Labels(names, names, tuple(range(len(names))))


def _numbers(texts: list[str]) -> Labels:
    read = np.array([float(text) for text in texts], dtype=np.float64) + 0.0  # -0.0 is 0.0
    values, codes = np.unique(read, return_inverse=True)
    first: dict[int, str] = {}
    for text, code in zip(texts, codes.tolist(), strict=True):
        first.setdefault(code, text)
    names = tuple(min(first[code], _plain(values[code]), key=len) for code in range(len(values)))
    return Labels(names, tuple(texts), tuple(codes.tolist()), values)


def _sets(texts: list[str]) -> Labels:
    members = [frozenset(map(member_text, json.loads(text))) for text in texts]
    names = [json.dumps(sorted(found), ensure_ascii=False) for found in members]
    sets = dict(sorted(zip(names, members, strict=True)))
    place = {name: code for code, name in enumerate(sets)}
    codes = tuple(place[name] for name in names)
    return Labels(tuple(sets), tuple(texts), codes, tuple(sets.values()))


def _plain(value: float) -> str:
    return f"{value:.12g}"


def coded(column: pa.ChunkedArray) -> tuple[tuple[str, ...], IntArray]:
    """Return a text column's distinct texts in code point order, and each row's code (-1 null)."""
    encoded = whole(column).dictionary_encode()
    arrived = encoded.dictionary.to_pylist()
    place = sorted(range(len(arrived)), key=arrived.__getitem__)
    rank = np.empty(len(arrived) + 1, dtype=np.int64)
    rank[place] = np.arange(len(arrived))
    rank[-1] = -1
    arrival = places(encoded.indices)
    return tuple(arrived[index] for index in place), rank[arrival]


def bits(count: int) -> int:
    """Return how many bits hold the codes 0 .. count - 1."""
    return max(count - 1, 0).bit_length()


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """All names of one question's annotations, each list in code order."""

    labels: Labels
    annotators: tuple[str, ...]
    batches: tuple[str, ...]
    vendors: tuple[str, ...]
