"""Parquet: typed columns as text."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labelaudit.readers import open_delivery

if TYPE_CHECKING:
    from pathlib import Path

UTC = dt.UTC
MOMENTS = [
    dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
    dt.datetime(2024, 1, 2, 3, 4, 5, 120_000, tzinfo=UTC),
    dt.datetime(1969, 12, 31, tzinfo=UTC),
]

NAIVE = [moment.replace(tzinfo=None) for moment in MOMENTS]
FLOATS = [1.0, 0.1, -0.0, 1e15, 1e16, 1e-5, 123456.789, float("nan"), float("inf")]
TYPED = {
    "int": pa.array([-5, 2**62, None]),
    "uint": pa.array([2**64 - 1], pa.uint64()),
    "bool": pa.array([True, False, None]),
    "float": pa.array([*FLOATS, 5e-324, None]),
    "single": pa.array(FLOATS, pa.float32()),
    "half": pa.array([0.1, 1.5], pa.float16()),
    "decimal": pa.array([Decimal("1.50"), None], pa.decimal128(9, 2)),
    "date": pa.array([dt.date(2024, 1, 2), dt.date(1, 1, 1)]),
    "time": pa.array([dt.time(1, 2, 3), dt.time(1, 2, 3, 500_000)]),
    "timestamp": pa.array(NAIVE, pa.timestamp("us")),
    "milliseconds": pa.array(NAIVE, pa.timestamp("ms")),
    "nanoseconds": pa.array(NAIVE, pa.timestamp("ns")),
    "zoned": pa.array(MOMENTS, pa.timestamp("us", "Europe/Berlin")),
    "duration": pa.array([5], pa.duration("us")),
    "text": pa.array(["007", "1e5", "NA", "é", None]),
    "large": pa.array(["x"], pa.large_string()),
    "category": pa.array(["a", "b", "a", None]).dictionary_encode(),
    "nothing": pa.nulls(2),
}


def write(folder: Path, table: pa.Table | dict[str, pa.Array], **options) -> Path:
    file = folder / "batch.parquet"
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), file, **options)
    return file


def cells(file: Path, column: str) -> list[str | None]:
    chunks = open_delivery([file]).chunks()
    return [text for chunk in chunks for text in chunk.column(column).to_pylist()]


@pytest.mark.parametrize("kind", TYPED)
def test_a_typed_column_becomes_the_text_that_the_engine_would_make_of_it(tmp_path, kind):
    file = write(tmp_path, {"cell": TYPED[kind]})
    with duckdb.connect() as engine:
        engine.execute("set TimeZone = 'UTC'")
        query = f"select cast(cell as varchar) from '{file}'"  # noqa: S608 - our own path
        expected = [row[0] for row in engine.execute(query).fetchall()]
    assert cells(file, "cell") == expected


def test_identifiers_that_are_uuids_are_read_as_they_are_written(tmp_path):
    one = uuid.UUID(int=7)
    stored = pa.ExtensionArray.from_storage(pa.uuid(), pa.array([one.bytes], pa.binary(16)))
    assert cells(write(tmp_path, {"item": stored}), "item") == [str(one)]


def test_nested_values_become_compact_json(tmp_path):
    table = {
        "list": pa.array([[1.5, None], None]),
        "struct": pa.array([{"b": "é", "a": [{"c": True}]}, None]),
        "map": pa.array([[("k", "v")], None], pa.map_(pa.string(), pa.string())),
    }
    file = write(tmp_path, table)
    assert cells(file, "list") == ["[1.5,null]", None]
    assert cells(file, "struct") == ['{"a":[{"c":true}],"b":"é"}', None]
    assert cells(file, "map") == ['[["k","v"]]', None]
    assert open_delivery([file]).parquet_paths is None


def test_rows_are_numbered_from_one_through_all_row_groups(tmp_path):
    file = write(tmp_path, {"item": pa.array([str(row) for row in range(250)])}, row_group_size=100)
    chunks = list(open_delivery([file]).chunks())
    assert [row for chunk in chunks for row in chunk.column("__row").to_pylist()] == list(
        range(1, 251)
    )
    assert cells(file, "item")[249] == "249"


def test_float_columns_are_named_because_they_make_poor_ids(tmp_path):
    table = {"item": pa.array([1.0]), "label": pa.array(["a"]), "n": pa.array([1])}
    assert open_delivery([write(tmp_path, table)]).float_columns == {"item"}


def test_a_column_of_bytes_is_left_out_and_this_is_said(tmp_path):
    image = pa.array([{"bytes": b"\xff", "path": "a.png"}])
    delivery = open_delivery([write(tmp_path, {"item": pa.array(["1"]), "image": image})])
    assert delivery.columns == ("item",)
    assert delivery.files[0].said == ("Parquet", "column 'image' left out: it holds bytes")
    assert next(delivery.chunks()).column_names == ["item", "__file", "__row"]


def test_names_with_dots_and_prefixes_are_told_apart(tmp_path):
    table = {"a": pa.array(["1"]), "a.b": pa.array(["2"]), "ab": pa.array(["3"])}
    delivery = open_delivery([write(tmp_path, table)])
    assert next(delivery.chunks()).to_pylist()[0] == {
        "a": "1", "a.b": "2", "ab": "3", "__file": 0, "__row": 1,
    }  # fmt: skip
