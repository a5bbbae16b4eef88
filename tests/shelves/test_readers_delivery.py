"""Several files as one delivery: names, order, columns and provenance."""

from __future__ import annotations

import gzip
import hashlib
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


def test_a_key_that_a_whole_jsonl_file_lacks_is_empty_there(tmp_path):
    plant(tmp_path, a_jsonl=b'{"item": 1}\n', b_jsonl=b'{"item": 2, "label": "x"}\n')
    rows = [
        row["label"] for chunk in open_delivery([tmp_path]).chunks() for row in chunk.to_pylist()
    ]
    assert rows == [None, "x"]


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
