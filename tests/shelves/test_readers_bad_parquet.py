"""Parquet that is refused: damaged, without text, or unpacking to too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labelaudit.errors import InputError
from labelaudit.model import Intake
from labelaudit.readers import open_delivery
from labelaudit.reading import read
from labelaudit.settings import Project

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, table: pa.Table | dict[str, pa.Array], **options) -> Path:
    file = folder / "batch.parquet"
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), file, **options)
    return file


def refusal(file: Path, **options) -> InputError:
    with pytest.raises(InputError) as caught:
        list(open_delivery([file], **options).chunks())
    return caught.value


def test_a_schema_without_rows_is_no_rows(tmp_path):
    assert "no rows" in refusal(write(tmp_path, {"a": pa.array([], pa.string())})).problem


def test_a_table_of_bytes_is_refused(tmp_path):
    assert "holds bytes only" in refusal(write(tmp_path, {"a": pa.array([b"\xff"])})).problem


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


def test_a_dictionary_bomb_stops_the_audit_at_the_budget(tmp_path):
    """The engine scans Parquet where it lies, so it holds the text against the budget itself."""
    path = tmp_path / "bomb.parquet"
    label = pa.array(["x" * 1_000]).take(pa.array([0] * 500))
    names = {name: [f"{name}-{row}" for row in range(500)] for name in ("item", "annotator")}
    pq.write_table(pa.table({**names, "label": label}), path)
    project = Project(intake=Intake(max_bytes=100_000))
    with pytest.raises(InputError, match="more than the budget of 100,000"):
        read(path, project)
