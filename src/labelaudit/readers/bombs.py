"""How many bytes of text a Parquet file unpacks to, before anything is unpacked.

A dictionary-coded column stores a long text once and points to it from every row: half a
kilobyte can stand for half a gigabyte, and the footer does not show it. So the
dictionaries are read: the longest entry bounds what the rows can hold. Only where this
bound is too high for the budget are the pointers counted as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from labelaudit.readers.contract import CHUNK_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def bounds(path: Path, columns: Sequence[str]) -> list[tuple[int, int]]:
    """Return rows and a bound on the unpacked bytes, never too low, of each row group."""
    with _as_dictionaries(path) as file:
        groups = range(file.metadata.num_row_groups)
        return [
            (file.metadata.row_group(one).num_rows, _bound(file, one, columns)) for one in groups
        ]


def exact(path: Path, columns: Sequence[str]) -> int:
    """Return the bytes of text that the columns unpack to, and what the footer says beside."""
    with _as_dictionaries(path) as file:
        return sum(_exact(file, group, columns) for group in range(file.metadata.num_row_groups))


def _bound(file: pq.ParquetFile, group: int, columns: Sequence[str]) -> int:
    if any(pa.types.is_nested(file.schema_arrow.field(column).type) for column in columns):
        return _exact(file, group, columns)  # how many values a row has is not known
    batches = file.iter_batches(1, row_groups=[group], columns=list(columns), use_threads=False)
    first = next(batches, None)  # the first row brings the whole dictionary with it
    longest = 0
    for texts in _dictionaries(first) if first else ():
        longest += pc.max(pc.binary_length(texts.dictionary)).as_py() or 0
    return _footer_bytes(file, group) + int(file.metadata.row_group(group).num_rows) * longest


def _exact(file: pq.ParquetFile, group: int, columns: Sequence[str]) -> int:
    total = _footer_bytes(file, group)
    for batch in file.iter_batches(CHUNK_ROWS, row_groups=[group], columns=list(columns)):
        for texts in _dictionaries(batch):
            lengths = pc.binary_length(texts.dictionary)
            total += pc.sum(lengths.take(texts.indices)).as_py() or 0
    return total


def _footer_bytes(file: pq.ParquetFile, group: int) -> int:
    return int(file.metadata.row_group(group).total_byte_size)


def _as_dictionaries(path: Path) -> pq.ParquetFile:
    """Open a file so that text stays in its dictionary, and buffers stay small."""
    schema = pq.read_metadata(path).schema
    leaves = [schema.column(place) for place in range(len(schema))]
    texts = [leaf.path for leaf in leaves if leaf.physical_type == "BYTE_ARRAY"]
    return pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False, buffer_size=2**16)


def _dictionaries(cells: pa.RecordBatch | pa.Array) -> Iterator[pa.DictionaryArray]:
    """Yield the dictionary-coded texts of a batch, however deep they are nested."""
    if isinstance(cells, pa.RecordBatch):
        parts = cells.columns
    elif isinstance(cells.type, pa.BaseExtensionType):
        parts = [cells.storage]
    elif pa.types.is_struct(cells.type):
        parts = cells.flatten()
    elif pa.types.is_map(cells.type):
        parts = [cells.keys, cells.items]
    elif pa.types.is_nested(cells.type):
        parts = [cells.values]
    else:
        parts = []
        if pa.types.is_dictionary(cells.type) and _is_text(cells.type.value_type):
            yield cells
    for part in parts:
        yield from _dictionaries(part)


def _is_text(kind: pa.DataType) -> bool:
    return any((pa.types.is_string(kind), pa.types.is_large_string(kind), pa.types.is_binary(kind)))
