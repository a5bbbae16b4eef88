"""What is wrong with several files is shown at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from labelaudit.errors import InputError
from labelaudit.readers import open_delivery

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

CSV = b"item,label\n1,a\n2,b\n"
JSONL = b'{"label": "c", "item": 3}\n'


def plant(folder: Path, **contents: bytes) -> Path:
    for name, content in contents.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def refusal(folder: Path, **options) -> InputError:
    with pytest.raises(InputError) as caught:
        list(open_delivery([folder], **options).chunks())
    return caught.value


def test_files_whose_columns_differ_are_refused_with_what_differs(tmp_path):
    plant(tmp_path, a_csv=CSV, b_csv=CSV, c_csv=b"item,Label\n1,a\n", d_jsonl=b'{"item": 1}\n')
    error = refusal(tmp_path)
    assert error.problem == "2 of 4 files have other columns than this one"
    assert error.examples[0].endswith("c.csv: lacks 'label', has 'Label' beside")
    assert error.examples[1].endswith("d.jsonl: lacks 'label'")


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


def test_a_file_that_vanished_after_it_was_looked_at_is_refused(tmp_path):
    delivery = open_delivery([plant(tmp_path, a_csv=CSV)])
    (tmp_path / "a.csv").unlink()
    with pytest.raises(InputError, match="cannot be read: No such file"):
        next(delivery.chunks())


def test_a_file_that_was_changed_after_it_was_looked_at_is_refused(tmp_path):
    delivery = open_delivery([plant(tmp_path, a_jsonl=JSONL)])
    plant(tmp_path, a_jsonl=JSONL + b"{broken\n")
    with pytest.raises(InputError, match="1 line is not one JSON object each"):
        list(delivery.chunks())


def test_no_row_follows_a_fault(tmp_path):
    plant(tmp_path, a_csv=b"item,label\n1\n", b_csv=CSV)
    seen: list[pa.RecordBatch] = []
    with pytest.raises(InputError):
        seen.extend(open_delivery([tmp_path]).chunks())
    assert seen == []
