"""Which files are meant by a file, a folder or a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from labelaudit.errors import InputError
from labelaudit.readers import find, open_delivery

if TYPE_CHECKING:
    from pathlib import Path


def plant(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("item,label\n1,a\n" if ".csv" in name else "not data")


def found(folder: Path, *paths: str) -> list[str]:
    files = find([folder / path for path in paths] or [folder])
    return [file.relative_to(folder).as_posix() for file in files]


def test_a_folder_stands_for_the_data_files_in_it_and_under_it_in_order(tmp_path):
    plant(tmp_path, "b.csv", "a/2.jsonl", "a/1.tsv", "c.ndjson.gz", "d.PARQUET", "e.csv.zst")
    assert found(tmp_path) == ["a/1.tsv", "a/2.jsonl", "b.csv", "c.ndjson.gz", "d.PARQUET",
                               "e.csv.zst"]  # fmt: skip


def test_what_is_no_data_is_passed_over_and_named(tmp_path):
    others = ["README", "LICENSE", "notes.md", "guide.txt", "a.yaml", "labelaudit.toml", "b.json",
              ".hidden.csv", "labelaudit-ledger.jsonl", "image.png", "~$a.csv"]  # fmt: skip
    plant(tmp_path, "a.csv", *others, ".git/config.csv")
    delivery = open_delivery([tmp_path])
    assert [file.name for file in delivery.files] == [(tmp_path / "a.csv").as_posix()]
    assert delivery.skipped == tuple(sorted((tmp_path / name).as_posix() for name in others))


def test_a_run_folder_is_passed_over(tmp_path):
    plant(tmp_path, "a.csv", "runs/1/audit.json", "runs/1/rejected.csv")
    assert found(tmp_path) == ["a.csv"]
    assert open_delivery([tmp_path]).skipped == ((tmp_path / "runs/1").as_posix(),)


def test_a_spreadsheet_in_a_folder_is_refused_and_not_passed_over(tmp_path):
    plant(tmp_path, "a.csv")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 [Content_Types].xml")
    with pytest.raises(InputError, match=r"b\.xlsx: .* an Excel workbook"):
        open_delivery([tmp_path])


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path):
    plant(tmp_path, "labels.csv.backup", ".hidden.csv")
    assert found(tmp_path, "labels.csv.backup", ".hidden.csv") == [
        ".hidden.csv",
        "labels.csv.backup",
    ]


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("*.csv", ["a.csv", "b.csv"]),
        ("*", ["a.csv", "b.csv", "sub/c.csv"]),
        ("**/*.csv", ["a.csv", "b.csv", "sub/c.csv"]),
        ("**", ["a.csv", "b.csv", "sub/c.csv"]),
        ("[ab].*", ["a.csv", "b.csv"]),
        ("?.txt", ["d.txt"]),
    ],
)
def test_a_pattern_stands_for_the_files_that_match(tmp_path, pattern, files):
    plant(tmp_path, "a.csv", "b.csv", "sub/c.csv", "d.txt")
    assert found(tmp_path, pattern) == files


def test_a_file_whose_name_looks_like_a_pattern_is_taken_literally(tmp_path):
    plant(tmp_path, "a[1].csv", "a1.csv")
    assert found(tmp_path, "a[1].csv") == ["a[1].csv"]


def test_a_file_that_is_meant_twice_is_taken_once(tmp_path):
    plant(tmp_path, "a.csv", "b.csv")
    assert found(tmp_path, "b.csv", "*.csv", "b.csv", ".") == ["a.csv", "b.csv"]


def test_a_link_to_a_file_of_the_delivery_does_not_double_its_rows(tmp_path):
    plant(tmp_path, "a.csv")
    (tmp_path / "latest.csv").symlink_to(tmp_path / "a.csv")
    delivery = open_delivery([tmp_path])
    assert sum(len(chunk) for chunk in delivery.chunks()) == 1
    assert delivery.skipped == ((tmp_path / "latest.csv").as_posix(),)


def test_links_are_followed_and_loops_end(tmp_path):
    plant(tmp_path, "elsewhere/a.csv", "here/b.csv")
    (tmp_path / "here/link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "here/loop").symlink_to(tmp_path / "here")
    assert found(tmp_path, "here") == ["here/b.csv", "here/link/a.csv"]


def test_two_files_of_one_name_in_two_folders_are_two_files(tmp_path):
    plant(tmp_path, "x/labels.csv", "y/labels.csv")
    assert found(tmp_path) == ["x/labels.csv", "y/labels.csv"]
