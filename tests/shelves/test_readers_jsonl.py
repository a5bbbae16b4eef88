"""JSON lines: what becomes of their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from labelaudit.readers import open_delivery

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, content: str | bytes, name: str = "batch.jsonl") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def read(folder: Path, content: str | bytes, **options) -> list[dict[str, object]]:
    delivery = open_delivery([write(folder, content)], **options)
    return [row for chunk in delivery.chunks() for row in chunk.to_pylist()]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3.50", "3.50"),
        ("1234567890123456789", "1234567890123456789"),
        ("1e5", "1e5"),
        ("-0", "-0"),
        ("true", "true"),
        ("false", "false"),
        ("null", None),
        ('""', None),
        ('"NA"', "NA"),
        ('" x "', " x "),
        (r'"\u00e9\ud83d\ude00"', "é😀"),
        ('["b", "a", 1.50, "1.50"]', '["b","a",1.50,"1.50"]'),
        ('{"b": [true, null], "a": {"d": 1, "c": "é"}}', '{"a":{"c":"é","d":1},"b":[true,null]}'),
    ],
)
def test_a_value_becomes_text(tmp_path, value, text):
    assert read(tmp_path, f'{{"item": {value}}}')[0]["item"] == text


def test_columns_are_all_keys_in_the_order_they_are_first_seen(tmp_path):
    content = '{"item": 1, "label": "a"}\n{"note": "x", "item": 2}\n'
    assert open_delivery([write(tmp_path, content)]).columns == ("item", "label", "note")
    assert [row["label"] for row in read(tmp_path, content)] == ["a", None]
    assert [row["note"] for row in read(tmp_path, content)] == [None, "x"]


def test_a_row_is_numbered_by_its_line(tmp_path):
    content = b'\xef\xbb\xbf{"a": 1}\r\n{"a": "line\\nbreak"}\r\n {"a": 3} \n\n\n'
    assert [row["__row"] for row in read(tmp_path, content)] == [1, 2, 3]


def test_many_lines_come_in_several_chunks_with_their_numbers(tmp_path):
    content = "".join(f'{{"item": {number}}}\n' for number in range(1, 60_001))
    chunks = list(open_delivery([write(tmp_path, content)]).chunks())
    assert len(chunks) > 1
    numbers = [number for chunk in chunks for number in chunk.column("__row").to_pylist()]
    assert numbers == list(range(1, 60_001))
    assert chunks[-1].column("item")[-1].as_py() == "60000"


def test_line_separators_of_unicode_end_no_line(tmp_path):
    assert read(tmp_path, '{"a": "x\u2028y\u0085z"}\n')[0]["a"] == "x\u2028y\u0085z"


def test_a_json_file_that_holds_an_object_a_line_is_read(tmp_path):
    delivery = open_delivery([write(tmp_path, '{"a": 1}\n{"a": 2}\n', "batch.json")])
    assert delivery.reader == "jsonl"
