"""Results as Parquet: one column per field, of the type the field declares, also when empty."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, get_type_hints

import pyarrow.parquet as pq

from labelaudit.engine.arrays import REAL, TEXT, TEXTS, WHOLE, YES_NO, array, table

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa
    from _typeshed import DataclassInstance

    from labelaudit.listing import Listing

_TYPES: tuple[tuple[object, pa.DataType], ...] = (
    (tuple[str, ...], TEXTS),
    (bool, YES_NO),
    (int, WHOLE),
    (int | None, WHOLE),
    (float, REAL),
    (float | None, REAL),
)


def write_parquet(listing: Listing[DataclassInstance], path: Path) -> None:
    """Write one row per result; what is neither number, text nor list of texts is JSON."""
    hints = get_type_hints(listing.kind)
    columns = {
        field.name: array(
            [_cell(getattr(result, field.name)) for result in listing], _type(hints[field.name])
        )
        for field in fields(listing.kind)
    }
    pq.write_table(table(columns), path, compression="zstd")


def _type(hint: object) -> pa.DataType:
    return next((kind for declared, kind in _TYPES if declared == hint), TEXT)


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
