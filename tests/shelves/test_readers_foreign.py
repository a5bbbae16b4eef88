"""Files that are not what their name says: what they really are, told by content."""

from __future__ import annotations

import io
import pickle
import zipfile

import numpy as np
import pyarrow as pa
import pytest

from labelaudit.errors import InputError
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
