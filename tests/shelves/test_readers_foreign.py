"""Files that are not what their name says: what they really are, told by content."""

from __future__ import annotations

import io
import pickle
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labelaudit.errors import InputError, UsageError
from labelaudit.readers import READERS, open_delivery


def in_zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return stream.getvalue()


def as_npy(numbers: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, numbers)
    return stream.getvalue()


def as_arrow(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    with pa.ipc.new_file(stream, table.schema) as file:
        file.write_table(table)
    return stream.getvalue()


def as_parquet(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


TABLE = pa.table({"item": ["1", "2"], "label": ["a", "b"]})
FOREIGN = {
    "xlsx": (in_zip("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook (.xlsx)"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "an old Excel workbook"),
    "zip": (in_zip("a.csv"), "a ZIP archive"),
    "torch": (in_zip("model/data.pkl", "model/data/0"), "a PyTorch file"),
    "npz": (in_zip("labels.npy"), "NumPy arrays"),
    "npy": (as_npy(np.zeros(9)), "a NumPy array"),
    "html": (b"\n <!DOCTYPE html><html><body>Please log in</body></html>", "a web page"),
    "table": (b"\xef\xbb\xbf<table><tr><td>1</td></tr></table>", "a web page"),
    "xml": (b'<?xml version="1.0"?><labels/>', "an XML document"),
    "feather": (as_arrow(TABLE), "Arrow"),
    "bzip2": (b"BZh91AY&SY" + bytes(20), "a bzip2 file"),
    "sqlite": (b"SQLite format 3\x00" + bytes(100), "an SQLite database"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "a Git LFS pointer"),
    "random": (bytes(range(256)) * 8, "binary data of an unknown kind"),
}
for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
    FOREIGN[f"pickle {protocol}"] = (pickle.dumps([1, 2], protocol), "a Python pickle")
FOREIGN["pickle 0"] = (pickle.dumps([1, 2], 0), "a Python pickle")
FOREIGN["pickle 0 of an object"] = (pickle.dumps(np.float64(1), 0), "a Python pickle")


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("name", ["batch.csv", "batch.jsonl", "batch.parquet", "batch"])
def test_a_foreign_file_is_refused_by_what_it_really_is(tmp_path, kind, name):
    content, what = FOREIGN[kind]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        open_delivery([tmp_path / name])
    assert caught.value.problem.startswith("expected a table of text, found ")
    assert what in caught.value.problem
    assert caught.value.next_step


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", FOREIGN)
def test_no_reader_takes_a_foreign_file_even_when_asked_to(tmp_path, kind, reader):
    (tmp_path / "batch").write_bytes(FOREIGN[kind][0])
    with pytest.raises(InputError, match="expected a table of text"):
        open_delivery([tmp_path / "batch"], reader=reader)


def test_a_pickle_is_not_opened(tmp_path):
    class Trap:
        def __reduce__(self):
            return (tmp_path.joinpath("sprung").touch, ())

    (tmp_path / "batch.csv").write_bytes(pickle.dumps(Trap()))
    with pytest.raises(InputError, match="a Python pickle"):
        open_delivery([tmp_path / "batch.csv"])
    assert not (tmp_path / "sprung").exists()


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


def test_a_reader_that_is_asked_for_must_fit(tmp_path):
    (tmp_path / "batch.csv").write_bytes(CONTENTS["csv-long"])
    with pytest.raises(InputError, match="was to be read as jsonl, but it looks like csv-long"):
        open_delivery([tmp_path / "batch.csv"], reader="jsonl")


def test_a_reader_that_does_not_exist_is_a_fault_of_the_configuration(tmp_path):
    (tmp_path / "batch.csv").write_bytes(CONTENTS["csv-long"])
    with pytest.raises(UsageError, match=r"'csvlong' \(did you mean csv-long\?\)"):
        open_delivery([tmp_path / "batch.csv"], reader="csvlong")
