"""JSON lines that are refused: which, why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from labelaudit.errors import InputError
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


def refusal(folder: Path, content: str | bytes, name: str = "batch.jsonl") -> InputError:
    with pytest.raises(InputError) as caught:
        open_delivery([write(folder, content, name)])
    assert caught.value.next_step
    return caught.value


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"a": 1', "expecting ',' delimiter (character"),
        ('{"a": 1,}', "character 9"),
        ("{'a': 1}", "expecting property name"),
        ('{"a": 1} {"a": 2}', "more than one value (character 10)"),
        ('{"a": NaN}', "NaN is not JSON"),
        ('{"a": [-Infinity]}', "-Infinity is not JSON"),
        ('{"a": 1, "b": 2, "a": 1}', "the key 'a' stands twice"),
        ('{"a": {"b": 1, "b": 1}}', "the key 'b' stands twice"),
        ("[1, 2]", "expected an object, found a list"),
        ("17", "expected an object, found a bare value"),
        ("null", "expected an object, found null"),
        ('{"a": ' + "[" * 100 + "]" * 100 + "}", "nested deeper than 100 levels"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested deeper than 100 levels"),
        (r'{"a": "\u0000"}', "a NUL character"),
        (r'{"a": ["\ud800"]}', "half of a surrogate pair"),
        (r'{"\udc00": 1}', "half of a surrogate pair"),
        ('{"a": "tab\there"}', "invalid control character"),
        ("", "an empty line"),
    ],
)
def test_a_line_that_is_not_one_plain_object_is_refused(tmp_path, line, problem):
    error = refusal(tmp_path, f'{{"a": 1}}\n{line}\n{{"a": 3}}\n')
    assert error.problem == "1 line is not one JSON object each"
    assert error.examples[0].startswith("line 2: ")
    assert problem in error.examples[0]


def test_a_hundred_levels_and_brackets_in_text_are_not_too_deep(tmp_path):
    deep = "[" * 99 + "]" * 99
    brackets = "[" * 300
    rows = read(tmp_path, f'{{"a": {deep}, "b": "{brackets}"}}')
    assert (rows[0]["a"], rows[0]["b"]) == (deep, brackets)


def test_all_broken_lines_are_counted_and_five_are_shown(tmp_path):
    error = refusal(tmp_path, '{"a": 1}\n' + "{broken\n" * 1_200)
    assert (error.count, len(error.examples)) == (1_200, 1_000)
    assert "line 6: " in error.block()
    assert "... and 1,195 more" in error.block()


@pytest.mark.parametrize("name", ["batch.jsonl", "batch.ndjson", "batch.json", "batch"])
@pytest.mark.parametrize("content", ['[{"a": 1}, {"a": 2}]', '[\n  {"a": 1}\n]\n', "[]"])
def test_an_array_is_refused_with_the_command_that_unfolds_it(tmp_path, name, content):
    error = refusal(tmp_path, content, name)
    assert "expected one JSON object on each line, found one JSON array" in error.problem
    assert "jq -c '.[]'" in error.next_step


def test_json_over_several_lines_is_refused_with_the_command_that_folds_it(tmp_path):
    error = refusal(tmp_path, '{\n  "a": 1,\n  "b": [\n    2\n  ]\n}\n')
    assert "found JSON that runs over several lines" in error.problem
    assert "jq -c '.'" in error.next_step


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_an_empty_file_has_no_rows(tmp_path, content):
    assert "no rows" in refusal(tmp_path, content).problem


def test_an_object_without_keys_has_no_columns(tmp_path):
    assert "no columns" in refusal(tmp_path, "{}\n{}\n").problem


def test_an_empty_key_is_refused(tmp_path):
    assert refusal(tmp_path, '{"": 1}\n').examples == ("column 1 has no name",)


def test_values_in_the_place_of_keys_are_refused(tmp_path):
    lines = "".join(f'{{"item-{number}": "a"}}\n' for number in range(10_001))
    assert "has 10,001 columns" in refusal(tmp_path, lines).problem


def test_invalid_utf8_is_found_with_its_line_and_broken_lines_above_it(tmp_path):
    error = refusal(tmp_path, b'{"a": 1}\n{broken\n{"a": "\xff"}\n')
    assert "line 2: " in error.examples[0]
    assert "line 3: byte 0xFF is not UTF-8" in error.examples[1]


def test_a_text_of_more_than_a_million_characters_is_refused_with_its_row(tmp_path):
    with pytest.raises(InputError, match=r"row 2, column 'a': a cell longer than 1,000,000"):
        read(tmp_path, '{"a": "x"}\n{"a": "' + "y" * 1_000_001 + '"}\n')
