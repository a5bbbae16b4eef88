"""Which reader takes a file: its content first, then its suffix."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labelaudit.errors import InputError, UsageError
from labelaudit.readers import READERS, open_delivery
from labelaudit.readers.sniffing import choose


def as_parquet(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


TABLE = pa.table({"item": ["1", "2"], "label": ["a", "b"]})
CONTENTS = {
    "csv-long": b"item,label\n1,a\n",
    "jsonl": b'{"item": 1, "label": "a"}\n',
    "parquet": as_parquet(TABLE),
}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("parquet", "batch.csv"),
        ("parquet", "batch.jsonl"),
        ("jsonl", "batch.csv"),
        ("jsonl", "batch.parquet"),
        ("csv-long", "batch.jsonl"),
        ("csv-long", "batch.parquet"),
    ],
)
def test_content_that_belies_the_suffix_is_refused_with_the_name_it_should_have(
    tmp_path, content, name
):
    (tmp_path / name).write_bytes(CONTENTS[content])
    with pytest.raises(InputError, match=f"it looks like {content}") as caught:
        open_delivery([tmp_path / name])
    assert READERS[content].SUFFIXES[0] in caught.value.next_step


@pytest.mark.parametrize("name", ["batch", "batch.dat", "batch.TXT"])
@pytest.mark.parametrize("reader", CONTENTS)
def test_content_decides_where_the_suffix_says_nothing(tmp_path, reader, name):
    (tmp_path / name).write_bytes(CONTENTS[reader])
    assert open_delivery([tmp_path / name]).reader == reader


@pytest.mark.parametrize(
    "header",
    [
        "{x},y",
        "[x],y",
        "(x,y",
        "category",
        "cost",
        "PARENT,x",
        "ORCID,x",
        "BZh,x",
        "PAR1,x",
        "FEA1",
    ],
)
def test_a_strange_header_is_still_a_csv_file(tmp_path, header):
    (tmp_path / "batch.csv").write_text(f"{header}\n" + ("a,b\n" if "," in header else "cat\n"))
    assert open_delivery([tmp_path / "batch.csv"]).columns == tuple(header.split(","))


def test_a_shelf_without_a_fitting_reader_refuses_a_file():
    with pytest.raises(InputError, match="it looks like nothing that labelaudit reads"):
        choose({"parquet": READERS["parquet"]}, "batch.parquet", b"item,label\n1,a\n", None)


def test_a_reader_that_is_asked_for_must_fit(tmp_path):
    (tmp_path / "batch.csv").write_bytes(CONTENTS["csv-long"])
    with pytest.raises(InputError, match="was to be read as jsonl, but it looks like csv-long"):
        open_delivery([tmp_path / "batch.csv"], reader="jsonl")


def test_a_reader_that_does_not_exist_is_a_fault_of_the_configuration(tmp_path):
    (tmp_path / "batch.csv").write_bytes(CONTENTS["csv-long"])
    with pytest.raises(UsageError, match=r"'csvlong' \(did you mean csv-long\?\)"):
        open_delivery([tmp_path / "batch.csv"], reader="csvlong")
