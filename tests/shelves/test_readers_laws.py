"""Laws that every reader keeps: a reader that is added is held to them by itself."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit.errors import InputError
from labelaudit.readers import READERS, open_delivery

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Rows = list[list[str]]


def as_csv(columns: list[str], rows: Rows, delimiter: str = ",") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([columns, *rows])
    return stream.getvalue().encode()


def as_jsonl(columns: list[str], rows: Rows) -> bytes:
    lines = (json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def as_parquet(columns: list[str], rows: Rows) -> bytes:
    stream = io.BytesIO()
    cells = [pa.array(list(column), pa.string()) for column in zip(*rows, strict=True)]
    pq.write_table(pa.table(cells, names=columns), stream, row_group_size=2)
    return stream.getvalue()


WRITERS: dict[str, Callable[[list[str], Rows], bytes]] = {
    "csv-long": as_csv,
    "csv-wide": lambda columns, rows: as_csv(columns, rows, ";"),
    "jsonl": as_jsonl,
    "parquet": as_parquet,
}
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": lambda content: bytes(pa.compress(content, codec="zstd", asbytes=True)),
}
LINE_END = re.compile(rb"\r\n|\r|\n")
LETTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\v\x85\",;'\\")
TEXTS = st.text(LETTERS, max_size=9)
NAMES = TEXTS.filter(lambda name: bool(name.strip()) and not name.startswith("__"))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], Rows]:
    columns = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    row = st.lists(TEXTS, min_size=len(columns), max_size=len(columns))
    return columns, draw(st.lists(row, min_size=1, max_size=5))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("laws")


def write(folder: Path, reader: str, content: bytes, packing: str = "") -> Path:
    file = folder / f"{reader}{READERS[reader].SUFFIXES[0]}{packing}"
    file.write_bytes(PACKERS[packing](content))
    return file


def read(file: Path, reader: str) -> list[dict[str, object]]:
    chunks = open_delivery([file], reader=reader).chunks()
    return [row for chunk in chunks for row in chunk.to_pylist()]


def test_every_reader_is_held_to_the_laws():
    assert list(WRITERS) == list(READERS)


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=50)
@given(table=tables())
def test_what_was_written_is_read(folder, reader, packing, table):
    if packing and not READERS[reader].TEXT:
        return  # refused: test_packed_parquet_is_refused
    columns, rows = table
    file = write(folder, reader, WRITERS[reader](columns, rows), packing)
    expected = [[cell or None for cell in row] for row in rows]
    assert [[row[column] for column in columns] for row in read(file, reader)] == expected


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=50)
@given(table=tables())
def test_rows_are_numbered_as_an_editor_shows_them(folder, reader, table):
    columns, rows = table
    written = WRITERS[reader]
    file = write(folder, reader, written(columns, rows))
    expected = list(range(1, len(rows) + 1))
    if READERS[reader].TEXT:
        above = (written(columns, rows[:count]) for count in range(len(rows)))
        expected = [1 + len(LINE_END.findall(lines)) for lines in above]
    assert [row["__row"] for row in read(file, reader)] == expected


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=50)
@given(table=tables())
def test_a_cell_is_text_or_null_and_provenance_is_numbers(folder, reader, table):
    file = write(folder, reader, WRITERS[reader](*table))
    schema = next(open_delivery([file], reader=reader).chunks()).schema
    assert schema.types == [*[pa.string()] * len(table[0]), pa.int32(), pa.int64()]


@pytest.mark.parametrize("reader", [name for name in READERS if READERS[name].TEXT])
@given(table=tables(), place=st.integers(0, 200), noise=st.binary(max_size=4))
def test_a_damaged_file_is_refused_or_read_as_text(folder, reader, table, place, noise):
    content = bytearray(WRITERS[reader](*table))
    content[place : place + len(noise)] = noise
    file = write(folder, reader, bytes(content))
    with suppress(InputError):
        cells = [cell for row in read(file, reader) for cell in list(row.values())[:-2]]
        assert all(cell is None or isinstance(cell, str) for cell in cells)


@pytest.mark.parametrize("reader", READERS)
@given(content=st.binary())
def test_bytes_that_are_no_table_are_refused(folder, reader, content):
    file = write(folder, reader, content + b"\x00\xff")
    with pytest.raises(InputError):
        read(file, reader)
