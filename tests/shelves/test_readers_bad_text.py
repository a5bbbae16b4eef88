"""CSV files that are refused because they are empty or no UTF-8 text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from labelaudit.errors import InputError
from labelaudit.readers import open_delivery

if TYPE_CHECKING:
    from pathlib import Path


def refusal(folder: Path, content: str | bytes) -> InputError:
    file = folder / "batch.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError) as caught:
        list(open_delivery([file]).chunks())
    assert caught.value.where == file.as_posix()
    assert caught.value.next_step
    return caught.value


@pytest.mark.parametrize("content", ["", "\n\n", " \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_has_no_rows(tmp_path, content):
    assert "no rows: the file is empty" in refusal(tmp_path, content).problem


@pytest.mark.parametrize("content", ["item,label", "item,label\n", "item,label\r\n\r\n"])
def test_a_header_alone_is_no_rows(tmp_path, content):
    assert "no rows: a header and nothing under it" in refusal(tmp_path, content).problem


def test_invalid_utf8_is_found_with_its_line_and_byte(tmp_path):
    content = b"item,label\n" + b"1,a\n" * 5 + b"7,caf\xe9\n" + b"8,b\n"
    error = refusal(tmp_path, content)
    assert error.problem == "line 7: byte 0xE9 is not UTF-8"
    assert "iconv -f WINDOWS-1252 -t UTF-8" in error.next_step


def test_a_nul_byte_is_found_with_its_line(tmp_path):
    assert refusal(tmp_path, b"item,label\n1,a\n2,b\x00\n").problem.startswith("line 3: a NUL byte")


def test_faults_above_a_bad_byte_are_shown_with_it(tmp_path):
    error = refusal(tmp_path, b"item,label\n1\n2,\xff\n")
    assert error.problem == "2 faults"
    assert "line 2: 1 fields instead of 2" in error.examples[0]
    assert "line 3: byte 0xFF is not UTF-8" in error.examples[1]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32LE"),
        ("utf-32-be", "UTF-32BE"),
    ],
)
def test_utf16_and_utf32_are_named_with_the_command_that_converts_them(tmp_path, encoding, named):
    error = refusal(tmp_path, "item,label\n1,positive\n2,negative\n".encode(encoding))
    assert error.problem == f"expected UTF-8, found {named} text"
    assert f"iconv -f {named} -t UTF-8" in error.next_step
