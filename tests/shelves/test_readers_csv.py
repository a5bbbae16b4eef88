"""What a CSV file may look like, and what is made of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from labelaudit.readers import open_delivery

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, content: str | bytes, **options) -> list[dict[str, object]]:
    file = folder / "batch.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    delivery = open_delivery([file], **options)
    return [row for chunk in delivery.chunks() for row in chunk.to_pylist()]


def said(folder: Path, content: str | bytes) -> tuple[str, ...]:
    read(folder, content)
    return open_delivery([folder / "batch.csv"]).files[0].said


def test_ids_stay_the_text_they_are(tmp_path):
    rows = read(tmp_path, "item,label\n007,a\n1e5,b\n1234567890123456789,c\n")
    assert [row["item"] for row in rows] == ["007", "1e5", "1234567890123456789"]


def test_words_for_nothing_are_labels_and_only_the_empty_cell_is_missing(tmp_path):
    rows = read(tmp_path, "item,label\n1,NA\n2,None\n3,null\n4,nan\n5,\n6,N/A\n")
    assert [row["label"] for row in rows] == ["NA", "None", "null", "nan", None, "N/A"]


def test_the_configuration_says_what_else_is_missing(tmp_path):
    rows = read(tmp_path, "item,label\n1,NA\n2,\n3,a\n", missing=("", "NA"))
    assert [row["label"] for row in rows] == [None, None, "a"]


def test_white_space_is_kept(tmp_path):
    rows = read(tmp_path, "item,label\n 1 ,\ta\n2, \n")
    assert [(row["item"], row["label"]) for row in rows] == [(" 1 ", "\ta"), ("2", " ")]


@pytest.mark.parametrize(
    ("delimiter", "word"),
    [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe")],
)
def test_the_delimiter_is_sniffed_and_said(tmp_path, delimiter, word):
    content = "item,note,label\n1,x y,0\n2,x,5\n".replace(",", delimiter)
    assert f"{word}-separated" in said(tmp_path, content)
    assert read(tmp_path, content)[1] == {
        "item": "2", "note": "x", "label": "5", "__file": 0, "__row": 3,
    }  # fmt: skip


def test_decimal_commas_do_not_mislead_the_sniffing(tmp_path):
    content = "item;seconds;note\n1;0,5;a, b\n2;0,7;c, d\n"
    assert [row["seconds"] for row in read(tmp_path, content)] == ["0,5", "0,7"]


def test_a_delimiter_between_quotes_does_not_separate(tmp_path):
    rows = read(tmp_path, 'item,"a; b; c"\n1,"x; y, z"\n2,"v; w"\n')
    assert [row["a; b; c"] for row in rows] == ["x; y, z", "v; w"]


def test_one_column_needs_no_delimiter(tmp_path):
    assert said(tmp_path, "label\ncat\n") == ("one column", "UTF-8")


def test_a_byte_order_mark_is_said_and_is_no_part_of_the_first_name(tmp_path):
    content = b"\xef\xbb\xbfitem,label\n1,a\n"
    assert "UTF-8 with BOM" in said(tmp_path, content)
    assert read(tmp_path, content)[0]["item"] == "1"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read_alike(tmp_path, end):
    rows = read(tmp_path, end.join(["item,label", "1,a", "2,b", ""]))
    assert [(row["item"], row["label"], row["__row"]) for row in rows] == [
        ("1", "a", 2),
        ("2", "b", 3),
    ]


def test_a_line_break_between_quotes_belongs_to_the_cell(tmp_path):
    rows = read(tmp_path, 'item,note\n1,"two\nlines"\n2,"CR\r\nLF ""and"" quotes"\n3,x\n')
    assert [row["note"] for row in rows] == ["two\nlines", 'CR\r\nLF "and" quotes', "x"]


def test_a_row_is_numbered_by_the_line_on_which_it_starts(tmp_path):
    rows = read(tmp_path, '"it\nem",note\n1,"two\nlines"\n2,x\n3,"a\rb\r\nc"\n4,y\n')
    assert [row["__row"] for row in rows] == [3, 5, 6, 9]


def test_the_last_line_needs_no_line_end_and_may_be_followed_by_empty_ones(tmp_path):
    assert len(read(tmp_path, "item,label\n1,a\n2,b")) == 2
    assert len(read(tmp_path, "item,label\n1,a\n2,b\n\n\r\n\n")) == 2


def test_a_formula_and_markup_are_text(tmp_path):
    rows = read(tmp_path, "item,label\n1,=1+1\n2,<b>x</b>\n")
    assert [row["label"] for row in rows] == ["=1+1", "<b>x</b>"]


def test_a_cell_may_be_longer_than_the_standard_library_allows(tmp_path):
    rows = read(tmp_path, f"item,note\n1,{'x' * 500_000}\n")
    assert len(str(rows[0]["note"])) == 500_000


def test_many_rows_come_in_several_chunks_with_the_lines_they_stand_on(tmp_path):
    file = tmp_path / "batch.csv"
    file.write_text("item,label\n" + "".join(f"{row},a\n" for row in range(120_000)))
    chunks = list(open_delivery([file]).chunks())
    lines = [line for chunk in chunks for line in chunk.column("__row").to_pylist()]
    assert len(chunks) > 1
    assert lines == list(range(2, 120_002))
    assert chunks[-1].column("item")[-1].as_py() == "119999"


def test_long_texts_come_in_chunks_of_fewer_rows(tmp_path):
    file = tmp_path / "batch.csv"
    file.write_text("item,note\n" + "".join(f"{row},{'x' * 9_000}\n" for row in range(2_000)))
    sizes = [len(chunk) for chunk in open_delivery([file]).chunks()]
    assert sum(sizes) == 2_000
    assert max(sizes) < 1_500


def test_the_wide_reader_is_the_same_and_taken_only_when_asked_for(tmp_path):
    (tmp_path / "batch.csv").write_text("item,ann,bob\n1,a,\n")
    assert open_delivery([tmp_path]).reader == "csv-long"
    wide = open_delivery([tmp_path], reader="csv-wide")
    assert (wide.reader, wide.columns) == ("csv-wide", ("item", "ann", "bob"))
    assert next(wide.chunks()).column("bob").to_pylist() == [None]
