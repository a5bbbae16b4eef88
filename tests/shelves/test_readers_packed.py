"""Packed files, and the budget of bytes that a delivery may unpack to."""

from __future__ import annotations

import gzip
import tracemalloc
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from labelaudit.errors import InputError
from labelaudit.readers import open_delivery

if TYPE_CHECKING:
    from pathlib import Path

CSV = b"item,label\n1,a\n2,b\n"


def zstd(content: bytes) -> bytes:
    return bytes(pa.compress(content, codec="zstd", asbytes=True))


def plant(folder: Path, **contents: bytes) -> Path:
    for name, content in contents.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def refusal(folder: Path, **options) -> InputError:
    with pytest.raises(InputError) as caught:
        list(open_delivery([folder], **options).chunks())
    return caught.value


def test_a_spent_budget_is_shown_beside_the_faults_of_other_files(tmp_path):
    plant(tmp_path, a_csv=b"x,x\n1,2\n", b_csv=CSV * 9)
    error = refusal(tmp_path, max_bytes=50)
    assert "expected unique" in error.examples[0]
    assert "unpacks to more than 50 bytes" in error.examples[1]


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
