"""Typed columns as text, written as DuckDB's CAST AS VARCHAR writes them (in UTC)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from labelaudit.readers.json_values import cell

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = pa.string()
UUID = "arrow.uuid"


def is_nested(kind: pa.DataType) -> bool:
    """Say whether values of this type are lists, structs or maps."""
    return bool(pa.types.is_nested(kind))


def is_float(kind: pa.DataType) -> bool:
    """Say whether values of this type are floating point numbers."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_floating(kind))


def holds_bytes(kind: pa.DataType) -> bool:
    """Say whether values of this type are, or hold, bytes that are not text."""
    if isinstance(kind, pa.BaseExtensionType):
        return kind.extension_name != UUID and holds_bytes(kind.storage_type)
    if pa.types.is_dictionary(kind):
        return holds_bytes(kind.value_type)
    if pa.types.is_nested(kind):
        return any(holds_bytes(kind.field(place).type) for place in range(kind.num_fields))
    return any(
        (
            pa.types.is_binary(kind),
            pa.types.is_large_binary(kind),
            pa.types.is_binary_view(kind),
            pa.types.is_fixed_size_binary(kind),
        )
    )


def as_text(cells: pa.Array) -> pa.Array:
    """Return the cells as text; null stays null.

    >>> as_text(pa.array([1.0, 0.1, None, 1e20])).to_pylist()
    ['1.0', '0.1', None, '1e+20']
    """
    kind = cells.type
    if isinstance(kind, pa.BaseExtensionType):
        return _each(cells, str) if kind.extension_name == UUID else as_text(cells.storage)
    if pa.types.is_dictionary(kind):
        return as_text(cells.dictionary_decode())
    if pa.types.is_floating(kind):
        return _each(cells, _shortest if pa.types.is_float64(kind) else _shortest_single)
    if pa.types.is_temporal(kind) and not pa.types.is_duration(kind):
        return _moment(cells)
    return _each(cells, cell) if is_nested(kind) else pc.cast(cells, TEXT)


def _each(cells: pa.Array, to_text: Callable[[object], str | None]) -> pa.Array:
    texts = [None if value is None else to_text(value) for value in cells.to_pylist()]
    return pa.array(texts, TEXT)


def _shortest(value: object) -> str:
    """Return the shortest text that reads back as the same number."""
    return repr(value)


def _shortest_single(value: object) -> str:
    """Return the same for numbers of single precision and less."""
    return repr(float(str(np.float32(str(value)))))


def _moment(cells: pa.Array) -> pa.Array:
    """Write dates and times as ISO 8601 with a space, without zeros at the end."""
    kind = cells.type
    zoned = pa.types.is_timestamp(kind) and kind.tz is not None
    if zoned:
        cells = pc.cast(cells, pa.timestamp(kind.unit))
    text = pc.replace_substring_regex(pc.cast(cells, TEXT), r"(\.\d*?)0+$", r"\1")
    text = pc.replace_substring_regex(text, r"\.$", "")
    return pc.binary_join_element_wise(text, "+00", "") if zoned else text
