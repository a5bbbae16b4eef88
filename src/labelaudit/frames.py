"""Results as Parquet: one column per field, of the type the field declares, also when empty."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import DataclassInstance

    from labelaudit.listing import Listing

_TYPES: tuple[tuple[object, pa.DataType], ...] = (
    (tuple[str, ...], pa.list_(pa.string())),
    (bool, pa.bool_()),
    (int, pa.int64()),
    (int | None, pa.int64()),
    (float, pa.float64()),
    (float | None, pa.float64()),
)


def write_parquet(listing: Listing[DataclassInstance], path: Path) -> None:
    """Write one row per result; what is neither number, text nor list of texts is JSON."""
    hints = get_type_hints(listing.kind)
    columns = {
        field.name: pa.array(
            [_cell(getattr(result, field.name)) for result in listing], _type(hints[field.name])
        )
        for field in fields(listing.kind)
    }
    pq.write_table(pa.table(columns), path, compression="zstd")


def _type(hint: object) -> pa.DataType:
    return next((kind for declared, kind in _TYPES if declared == hint), pa.string())


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
