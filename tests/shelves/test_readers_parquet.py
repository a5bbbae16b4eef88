"""Parquet: typed columns as text, damaged files, and files that unpack to too much."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labelaudit.errors import InputError
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


def refusal(file: Path, **options) -> InputError:
    with pytest.raises(InputError) as caught:
        list(open_delivery([file], **options).chunks())
    return caught.value


def test_a_schema_without_rows_is_no_rows(tmp_path):
    assert "no rows" in refusal(write(tmp_path, {"a": pa.array([], pa.string())})).problem


def test_column_names_must_be_unique(tmp_path):
    table = pa.table([pa.array(["1"]), pa.array(["2"])], names=["a", "a"])
    assert refusal(write(tmp_path, table)).examples == ("'a' names columns 1, 2",)


@pytest.mark.parametrize("kept", [4, 100, -1])
def test_a_file_that_was_cut_short_is_refused(tmp_path, kept):
    file = write(tmp_path, {"a": pa.array(["1", "2"])})
    file.write_bytes(file.read_bytes()[:kept])
    assert "is damaged" in refusal(file).problem


def test_a_damaged_page_is_refused(tmp_path):
    file = write(tmp_path, {"a": pa.array([str(n) for n in range(9999)])}, compression="zstd")
    content = bytearray(file.read_bytes())
    content[20:200] = b"\xaa" * 180
    file.write_bytes(content)
    assert "is damaged" in refusal(file).problem


@pytest.mark.parametrize(
    ("text", "problem"), [(b"caf\xe9", "bytes that are not UTF-8"), (b"a\x00b", "row 2: a NUL")]
)
def test_text_that_is_no_text_is_refused(tmp_path, text, problem):
    stored = pa.array([b"fine", text]).view(pa.string())
    assert problem in refusal(write(tmp_path, {"a": stored})).problem


def test_a_dictionary_bomb_is_stopped_by_the_budget_before_it_unpacks(tmp_path):
    before = pa.total_allocated_bytes()
    once = pa.DictionaryArray.from_arrays(pa.array([0] * 500), ["x" * 1_000_000])
    file = write(tmp_path, {"a": once}, compression="zstd", store_schema=False)
    assert file.stat().st_size < 1_000
    error = refusal(file, max_bytes=100_000_000)
    assert "unpacks to more than 100,000,000 bytes" in error.problem
    assert "max_bytes under [delivery]" in error.next_step
    assert pa.total_allocated_bytes() - before < 50_000_000


def test_a_nested_dictionary_bomb_is_stopped_as_well(tmp_path):
    table = {"a": pa.array([["x" * 100_000] * 10] * 50)}
    assert "unpacks to more" in refusal(write(tmp_path, table), max_bytes=10_000_000).problem


def test_one_long_text_among_many_short_ones_is_no_bomb(tmp_path):
    texts = pa.array(["x" * 100_000, *["short"] * 9_999])
    delivery = open_delivery([write(tmp_path, {"a": texts})], max_bytes=1_000_000)
    assert sum(len(chunk) for chunk in delivery.chunks()) == 10_000


def test_packed_parquet_is_refused(tmp_path):
    import gzip

    file = tmp_path / "batch.parquet.gz"
    file.write_bytes(gzip.compress(write(tmp_path, {"a": pa.array(["1"])}).read_bytes()))
    assert "Parquet file packed with gzip" in refusal(file).problem
