"""Paths that stand for nothing that can be read."""

from __future__ import annotations

import os
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


def test_a_folder_without_data_says_what_was_looked_for_and_passed_over(tmp_path):
    plant(tmp_path, "notes.txt", "labels.json")
    with pytest.raises(InputError, match=r"looked for \.csv, .*\.jsonl.*\.parquet") as caught:
        find([tmp_path])
    assert any("labels.json" in example for example in caught.value.examples)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("missing.csv", "does not exist"),
        ("missing/*.csv", "no data file found"),
        ("https://example.org/labels.csv", "is an address"),
        ("s3://bucket/*.csv", "is an address"),
    ],
)
def test_a_path_that_stands_for_nothing_is_refused(path, problem):
    with pytest.raises(InputError, match=problem) as caught:
        find([path])
    assert caught.value.where == path


def test_all_paths_that_stand_for_nothing_are_named_at_once(tmp_path):
    plant(tmp_path, "a.csv")
    with pytest.raises(InputError, match="2 files cannot be read") as caught:
        find([tmp_path / "a.csv", "x.csv", "y.csv"])
    assert [example[:5] for example in caught.value.examples] == ["x.csv", "y.csv"]


def test_nothing_given_is_refused():
    with pytest.raises(InputError, match="no file, folder or pattern was given"):
        find([])


def test_a_broken_link_is_refused(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "gone.csv")
    with pytest.raises(InputError, match="a link to a file that does not exist"):
        find([tmp_path / "a.csv"])


def test_what_is_no_regular_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(InputError, match="is not a regular file"):
        open_delivery([tmp_path / "a.csv"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    plant(tmp_path, "a.csv")
    (tmp_path / "a.csv").chmod(0)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        open_delivery([tmp_path / "a.csv"])
