"""Several files as one delivery: order, provenance, packing, budget, and all faults at once."""

from __future__ import annotations

import gzip
import hashlib
import tracemalloc
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labelaudit.errors import InputError
from labelaudit.readers import open_delivery

if TYPE_CHECKING:
    from pathlib import Path

CSV = b"item,label\n1,a\n2,b\n"
JSONL = b'{"label": "c", "item": 3}\n'


def zstd(content: bytes) -> bytes:
    return bytes(pa.compress(content, codec="zstd", asbytes=True))


def plant(folder: Path, **contents: bytes) -> Path:
    for name, content in contents.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def parquet(folder: Path, name: str, **columns: list[object]) -> None:
    pq.write_table(pa.table(columns), folder / name)


def refusal(folder: Path, **options) -> InputError:
    with pytest.raises(InputError) as caught:
        list(open_delivery([folder], **options).chunks())
    return caught.value


def test_every_row_knows_its_file_and_line(tmp_path):
    delivery = open_delivery([plant(tmp_path, a_csv=CSV, c_jsonl=JSONL)])
    rows = [tuple(row.values()) for chunk in delivery.chunks() for row in chunk.to_pylist()]
    assert rows == [("1", "a", 0, 2), ("2", "b", 0, 3), ("3", "c", 1, 1)]
    assert [file.path.name for file in delivery.files] == ["a.csv", "c.jsonl"]
    assert delivery.reader == "csv-long, jsonl"


def test_a_file_is_known_by_the_hash_of_its_bytes_on_disk(tmp_path):
    packed = gzip.compress(CSV)
    delivery = open_delivery([plant(tmp_path, a_csv_gz=packed)])
    assert delivery.files[0].sha256 == hashlib.sha256(packed).hexdigest()


def test_a_file_is_called_what_the_user_calls_it(tmp_path, monkeypatch):
    plant(tmp_path, a_csv=CSV)
    monkeypatch.chdir(tmp_path)
    assert open_delivery(["a.csv"]).files[0].name == "a.csv"
    assert open_delivery(["."]).files[0].name == "a.csv"
    assert open_delivery([tmp_path]).files[0].name == (tmp_path / "a.csv").as_posix()


def test_columns_may_stand_in_another_order(tmp_path):
    plant(tmp_path, a_csv=CSV, b_csv=b"label;item\nz;9\n")
    last = list(open_delivery([tmp_path]).chunks())[-1].to_pylist()[0]
    assert (last["item"], last["label"]) == ("9", "z")


def test_files_whose_columns_differ_are_refused_with_what_differs(tmp_path):
    plant(tmp_path, a_csv=CSV, b_csv=CSV, c_csv=b"item,Label\n1,a\n", d_jsonl=b'{"item": 1}\n')
    error = refusal(tmp_path)
    assert error.problem == "2 of 4 files have other columns than this one"
    assert error.examples[0].endswith("c.csv: lacks 'label', has 'Label' beside")
    assert error.examples[1].endswith("d.jsonl: lacks 'label'")


def test_a_key_that_a_whole_jsonl_file_lacks_is_empty_there(tmp_path):
    plant(tmp_path, a_jsonl=b'{"item": 1}\n', b_jsonl=b'{"item": 2, "label": "x"}\n')
    rows = [
        row["label"] for chunk in open_delivery([tmp_path]).chunks() for row in chunk.to_pylist()
    ]
    assert rows == [None, "x"]


def test_the_faults_of_all_files_are_shown_at_once(tmp_path):
    plant(
        tmp_path, a_csv=b"item,label\n1\n", b_csv=CSV, c_csv=b"\xff\xfei\x00", d_csv=b"x,x\n1,2\n"
    )
    error = refusal(tmp_path)
    assert error.where.endswith("c.csv")
    assert error.problem == "3 files cannot be read"
    assert {example.split(":")[0][-5:] for example in error.examples} == {"a.csv", "c.csv", "d.csv"}


def test_faults_in_the_rows_of_several_files_are_shown_at_once(tmp_path):
    plant(tmp_path, a_csv=b"item,label\n1\n", b_csv=CSV, c_csv=b'item,label\n1,"x\n')
    error = refusal(tmp_path)
    assert "line 2: 1 fields instead of 2" in error.examples[0]
    assert "line 2: the quote that opens here is never closed" in error.examples[1]


def test_no_row_follows_a_fault(tmp_path):
    plant(tmp_path, a_csv=b"item,label\n1\n", b_csv=CSV)
    seen: list[pa.RecordBatch] = []
    with pytest.raises(InputError):
        seen.extend(open_delivery([tmp_path]).chunks())
    assert seen == []


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("zst", zstd)])
def test_a_packed_file_is_read_and_its_packing_is_said(tmp_path, suffix, pack):
    (tmp_path / f"a.csv.{suffix}").write_bytes(pack(CSV))
    delivery = open_delivery([tmp_path])
    packing = {"gz": "gzip", "zst": "zstd"}[suffix]
    assert delivery.files[0].said == ("comma-separated", "UTF-8", packing)
    assert next(delivery.chunks()).column("item").to_pylist() == ["1", "2"]


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_packing_is_told_by_content(tmp_path, pack):
    plant(tmp_path, a_csv=pack(CSV), b_csv_gz=CSV)
    assert sum(len(chunk) for chunk in open_delivery([tmp_path]).chunks()) == 4


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_packed_file_that_was_cut_short_is_refused(tmp_path, pack):
    plant(tmp_path, a_csv=pack(CSV)[:-5])
    assert "stream is damaged or cut short" in refusal(tmp_path).problem


def test_what_is_packed_twice_is_refused(tmp_path):
    plant(tmp_path, a_csv_gz=gzip.compress(gzip.compress(CSV)))
    assert "a gzip file inside a packed file" in refusal(tmp_path).problem


@pytest.mark.parametrize("pack", [gzip.compress, zstd, bytes])
def test_a_delivery_that_unpacks_to_more_than_the_budget_is_stopped(tmp_path, pack):
    plant(tmp_path, a_csv=pack(CSV + b"3,c\n" * 1_000_000))
    error = refusal(tmp_path, max_bytes=2_000_000)
    assert "unpacks to more than 2,000,000 bytes" in error.problem
    assert "raise max_bytes under [delivery]" in error.next_step


def test_the_budget_is_that_of_all_files_together(tmp_path):
    plant(tmp_path, a_csv=CSV * 1, b_csv=CSV, c_csv=CSV)
    assert "more than 50 bytes" in refusal(tmp_path, max_bytes=50).problem
    assert sum(len(one) for one in open_delivery([tmp_path], max_bytes=57).chunks()) == 6


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_bomb_is_stopped_in_bounded_memory(tmp_path, pack):
    plant(tmp_path, a_csv=pack(CSV + b'3,"' + b"c" * 100_000_000))
    tracemalloc.start()
    error = refusal(tmp_path, max_bytes=200_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "longer than" in error.problem
    assert peak < 60_000_000


def test_parquet_files_alike_may_be_scanned_by_the_engine(tmp_path):
    parquet(tmp_path, "a.parquet", item=["1"], n=[1])
    parquet(tmp_path, "b.parquet", item=["2"], n=[2])
    delivery = open_delivery([tmp_path])
    assert delivery.parquet_paths == (tmp_path / "a.parquet", tmp_path / "b.parquet")


def test_parquet_files_of_other_types_are_read_as_text_together(tmp_path):
    parquet(tmp_path, "a.parquet", item=["01"])
    parquet(tmp_path, "b.parquet", item=[2])
    delivery = open_delivery([tmp_path])
    items = [item for chunk in delivery.chunks() for item in chunk.column("item").to_pylist()]
    assert (delivery.parquet_paths, items) == (None, ["01", "2"])


def test_parquet_files_whose_columns_differ_are_refused(tmp_path):
    parquet(tmp_path, "a.parquet", item=["1"])
    parquet(tmp_path, "b.parquet", item=["1"], label=["x"])
    assert refusal(tmp_path).examples[0].endswith("b.parquet: has 'label' beside")


def test_a_delivery_can_be_read_again(tmp_path):
    delivery = open_delivery([plant(tmp_path, a_csv=CSV, b_jsonl=JSONL)], max_bytes=60)
    assert list(delivery.chunks()) == list(delivery.chunks())
