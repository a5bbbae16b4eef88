"""Files that cannot be read as they claim to be: exit 4, one block with place and next step."""

from __future__ import annotations

import io
import pickle
import zipfile

import pandas as pd
import pytest

from deliveries import CONFIG

HEAD = b"item,who,label,batch\n"
ROW = b"i%d,w%d,cat,b1\n"
ROWS = [ROW % (n // 3, n % 3) for n in range(12)]


def table(*, header=HEAD, change=None):
    """Return a good file with some rows (by their place, from 0) written otherwise."""
    return header + b"".join((change or {}).get(n, row) for n, row in enumerate(ROWS))


def parquet():
    out = io.BytesIO()
    pd.DataFrame({"item": ["1"], "who": ["w"], "label": ["cat"], "batch": ["b"]}).to_parquet(out)
    return out.getvalue()


def workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


FILES = {
    "empty": (b"", ["empty"]),
    "header only": (HEAD, ["no rows"]),
    "an extra field on one row": (table(change={4: b"i1,w1,cat,b1,more\n"}), ["line 6", "5", "4"]),
    "an extra field on every row": (
        HEAD + b"".join(row.replace(b",b1", b",b1,") for row in ROWS),
        ["line 2", "5", "4"],
    ),
    "a short row": (table(change={4: b"i1,w1\n"}), ["line 6", "2", "4"]),
    "an unclosed quote": (table(change={4: b'i1,w1,"cat,b1\n'}), ["line 6", "quote"]),
    "two columns of one name": (
        table(header=b"item,who,label,label\n"),
        ["unique", "label", "columns 3, 4"],
    ),
    "invalid UTF-8 in row 7": (table(change={5: b"i1,w1,c\xfft,b1\n"}), ["line 7", "UTF-8"]),
    "UTF-16": (table().decode().encode("utf-16"), ["UTF-16", "UTF-8"]),
    "a NUL byte": (table(change={4: b"i1,w1,c\x00t,b1\n"}), ["line 6", "NUL"]),
    "a workbook": (workbook(), ["xlsx"]),
    "a Parquet file": (parquet(), ["Parquet"]),
    "a web page": (b"<!DOCTYPE html><html><body>log in</body></html>", ["HTML"]),
    "a pickle": (pickle.dumps({"item": [1, 2, 3]}), ["pickle"]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_is_refused_with_its_place(run, block, tmp_path, name):
    content, words = FILES[name]
    (tmp_path / "labels.csv").write_bytes(content)
    (tmp_path / "labelaudit.toml").write_text(CONFIG)
    done = run("gate", tmp_path / "labels.csv", "-o", tmp_path / "runs")
    said = block(done)
    assert done.code == 4
    assert [word for word in ["labels.csv", *words] if word.casefold() not in said.casefold()] == []
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize("delimiter", [b";", b"\t"])
def test_another_delimiter_is_found_and_said(run, tmp_path, delimiter):
    (tmp_path / "labels.csv").write_bytes(table().replace(b",", delimiter))
    (tmp_path / "labelaudit.toml").write_text(CONFIG)
    done = run("audit", tmp_path / "labels.csv", "-o", tmp_path / "runs")
    name = {b";": "semicolon", b"\t": "tab"}[delimiter]
    assert (done.code, f"{name}-separated" in done.err) == (0, True)


def test_several_broken_files_are_named_together(run, block, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_bytes(table(change={4: b"i1,w1\n"}))
    (tmp_path / "labelaudit.toml").write_text(CONFIG)
    said = block(run("audit", tmp_path / "*.csv", "-o", tmp_path / "runs"))
    assert "one.csv" in said
    assert "two.csv" in said


def test_a_file_that_may_not_be_read_is_refused(run, block, tmp_path):
    (tmp_path / "labels.csv").mkdir()
    done = run("audit", tmp_path / "labels.csv", "-o", tmp_path / "runs")
    assert (done.code, "no data file" in block(done)) == (4, True)


def test_a_missing_file_is_refused(run, block, tmp_path):
    done = run("audit", tmp_path / "absent.csv", "-o", tmp_path / "runs")
    assert (done.code, "absent.csv" in block(done)) == (4, True)
