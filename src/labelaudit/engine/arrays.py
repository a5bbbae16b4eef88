"""Arrow arrays from values in memory, without `pyarrow.array`: it imports pandas.

That import costs more than everything that is done with the arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEXT = pa.string()
WHOLE = pa.int64()
REAL = pa.float64()
TEXTS = pa.list_(TEXT)
YES_NO = pa.bool_()


def table(columns: Mapping[str, pa.Array]) -> pa.Table:
    """Return a table of columns by name."""
    return pa.Table.from_arrays(list(columns.values()), names=list(columns))


def numbers(values: npt.NDArray[np.int64] | npt.NDArray[np.float64]) -> pa.Array:
    """Return whole or real numbers, none of them missing."""
    kind = WHOLE if values.dtype.kind == "i" else REAL
    return pa.Array.from_buffers(kind, len(values), [None, _buffer(values)])


def array(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    """Return texts, whole or real numbers, yes or no, or lists of texts; None is missing.

    Examples
    --------
    >>> array(["a", None], TEXT).to_pylist(), array([(), ("b", "c")], TEXTS).to_pylist()
    (['a', None], [[], ['b', 'c']])
    >>> array([True, None, False], YES_NO).to_pylist()
    [True, None, False]

    """
    present = np.array([value is not None for value in values], dtype=bool)
    known = None if present.all() else _buffer(np.packbits(present, bitorder="little"))
    if kind == YES_NO:
        data = _buffer(np.packbits(np.array(values, dtype=bool), bitorder="little"))
        return pa.Array.from_buffers(kind, len(values), [known, data])
    if kind in (WHOLE, REAL):
        filled = [0 if value is None else value for value in values]
        data = _buffer(np.array(filled, dtype=np.int64 if kind == WHOLE else np.float64))
        return pa.Array.from_buffers(kind, len(values), [known, data])
    if kind == TEXTS:
        lists = [value if isinstance(value, list | tuple) else () for value in values]
        inside = array([text for texts in lists for text in texts], TEXT)
        ends = _ends([len(texts) for texts in lists])
        return pa.Array.from_buffers(kind, len(values), [known, ends], children=[inside])
    parts = [b"" if value is None else str(value).encode() for value in values]
    data = pa.py_buffer(b"".join(parts))
    return pa.Array.from_buffers(kind, len(values), [known, _ends(list(map(len, parts))), data])


def whole(column: pa.ChunkedArray) -> pa.Array:
    """Return a column as one array; an empty one too, for which Arrow imports pandas.

    Examples
    --------
    >>> len(whole(pa.chunked_array([], TEXT)))
    0

    """
    return column.combine_chunks() if column.num_chunks else pa.nulls(0, column.type)


def whole_numbers(found: pa.Array) -> npt.NDArray[np.int64]:
    """Return the whole numbers of an array; where one is missing, any number."""
    data, kind = found.buffers()[1], np.dtype(f"i{found.type.bit_width // 8}")
    if data is None or not len(found):
        return np.zeros(0, dtype=np.int64)
    numbers = np.frombuffer(data, dtype=kind, count=found.offset + len(found))[found.offset :]
    return numbers.astype(np.int64, copy=False)


def real_numbers(found: pa.Array) -> npt.NDArray[np.float64]:
    """Return the real numbers of an array, NaN where one is missing."""
    data = found.buffers()[1]
    if data is None or not len(found):
        return np.zeros(0)
    count = found.offset + len(found)
    known = np.frombuffer(data, dtype=np.float64, count=count)[found.offset :]
    return np.where(_present(found), known, np.nan) if found.null_count else known


def places(found: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Return whole numbers, -1 where one is missing."""
    found = whole(found) if isinstance(found, pa.ChunkedArray) else found
    known = whole_numbers(found)
    return np.where(_present(found), known, -1) if found.null_count else known


def _present(found: pa.Array) -> npt.NDArray[np.bool_]:
    """(N,) where an array with missing values has one; `fill_null` would import pandas."""
    return _bits(found, 0)


def _bits(found: pa.Array, buffer: int) -> npt.NDArray[np.bool_]:
    bits = np.frombuffer(found.buffers()[buffer], dtype=np.uint8)
    count = found.offset + len(found)
    return np.unpackbits(bits, count=count, bitorder="little")[found.offset :].astype(bool)


def encoded(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], pa.Array]:
    """(N,) a code per text, -1 where it is missing, and the texts, as they first appear.

    Examples
    --------
    >>> codes, texts = encoded(pa.chunked_array([array(["b", None, "a", "b"], TEXT)]))
    >>> codes.tolist(), texts.to_pylist()
    ([0, -1, 1, 0], ['b', 'a'])

    """
    found = column.dictionary_encode()
    if not found.num_chunks:
        return np.zeros(0, dtype=np.int64), whole(column)
    codes = np.concatenate([places(chunk.indices) for chunk in found.chunks])
    return codes, found.chunk(0).dictionary


def runs(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], pa.Array]:
    """(N,) the place of each text among the distinct ones, which stand together, and these.

    Examples
    --------
    >>> places, texts = runs(pa.chunked_array([array(["a", "a", "b"], TEXT)]))
    >>> places.tolist(), texts.to_pylist()
    ([0, 0, 1], ['a', 'b'])

    """
    first = np.zeros(len(column), dtype=np.int64)
    if len(column) > 1:
        first[1:] = _bits(whole(pc.not_equal(column[1:], column[:-1])), 1)
    place = np.cumsum(first)
    first[:1] = 1
    return place, whole(column.take(numbers(np.flatnonzero(first))))


def _ends(lengths: list[int]) -> pa.Buffer:
    return _buffer(np.cumsum([0, *lengths], dtype=np.int32))


def _buffer(values: npt.NDArray[np.generic]) -> pa.Buffer:
    return pa.py_buffer(np.ascontiguousarray(values))
