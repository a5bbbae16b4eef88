"""CSV files that are refused: where, what, how many, and what to do."""

from __future__ import annotations

import re
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


def test_an_extra_field_on_one_row_is_found_with_its_line(tmp_path):
    error = refusal(tmp_path, "item,label\n1,a\n2,b,c\n3,d\n")
    assert error.problem == "1 record does not fit the header of 2 fields"
    assert error.examples == ("line 3: 3 fields instead of 2",)


def test_a_short_row_is_found_with_the_line_on_which_it_starts(tmp_path):
    error = refusal(tmp_path, 'item,note,label\n1,"x\ny",a\n2,b\n')
    assert error.examples == ("line 4: 2 fields instead of 3",)


def test_all_ragged_rows_are_counted_and_five_are_shown(tmp_path):
    error = refusal(tmp_path, "item,label\n1,a\n" + "2\n" * 12_345)
    assert (error.count, len(error.examples)) == (12_345, 5)
    assert error.examples[4] == "line 7: 1 fields instead of 2"
    assert "... and 12,340 more" in error.block()


def test_an_unnamed_index_column_is_the_likely_cause_of_one_field_too_many_everywhere(tmp_path):
    error = refusal(tmp_path, "item,label\n0,1,a\n1,2,b\n")
    assert error.problem == "every row has 3 fields, but the header names 2"
    assert "row index" in error.next_step


def test_a_delimiter_at_the_end_of_every_row_is_recognised(tmp_path):
    error = refusal(tmp_path, "item,label\n1,a,\n2,b,\n")
    assert error.problem == "every row has 3 fields, but the header names 2"
    assert "ends with a delimiter" in error.next_step


def test_a_header_that_belongs_to_other_rows_is_recognised(tmp_path):
    error = refusal(tmp_path, "item,label,note,more\n1,a\n2,b\n")
    assert error.problem == "every row has 2 fields, but the header names 4"
    assert "correct the header" in error.next_step


def test_an_empty_line_between_rows_is_an_offence(tmp_path):
    error = refusal(tmp_path, "item,label\n1,a\n\n2,b\n\n\n")
    assert error.examples == ("line 3: an empty line",)


def test_an_empty_line_between_two_chunks_is_an_offence(tmp_path):
    rows = "".join(f"{row},a\n" for row in range(4095))
    error = refusal(tmp_path, f"item,label\n{rows}\n{rows}")
    assert error.examples == ("line 4097: an empty line",)


def test_an_empty_line_where_the_header_should_be_is_refused(tmp_path):
    assert "expected column names" in refusal(tmp_path, "\nitem,label\n1,a\n").problem


@pytest.mark.parametrize(
    ("header", "example"),
    [
        ("item,label,item", "'item' names columns 1, 3"),
        ("item,,label", "column 2 has no name"),
        ("item,label, ", "column 3 has no name"),
        ("item,label,__row", "'__row' is a name that labelaudit keeps for itself"),
    ],
)
def test_column_names_must_be_unique_not_empty_and_not_ours(tmp_path, header, example):
    error = refusal(tmp_path, f"{header}\n1,a,b\n")
    assert error.problem == "expected unique, non-empty column names"
    assert error.examples == (example,)


def test_a_quote_that_is_never_closed_is_found_where_it_opens(tmp_path):
    error = refusal(tmp_path, 'item,note,label\n1,"x\ny",a\n2,"never closed,b\n3,c,d\n')
    assert error.problem == "line 4: the quote that opens here is never closed"


def test_a_quote_left_open_until_the_next_one_is_found_where_it_opens(tmp_path):
    error = refusal(tmp_path, 'item,note\n1,x\n2,"left open\n3,"next"\n4,y\n')
    assert error.examples == (
        "line 4: text after a closing quote, in a quoted field that opens on line 3",
    )


def test_a_quote_left_open_over_a_million_characters_is_found_where_it_opens(tmp_path):
    error = refusal(tmp_path, 'item,note\n1,x\n2,"left open\n' + "3,some more text\n" * 100_000)
    assert error.problem.startswith("line 3: a field longer than 1,000,000 characters, or a quote")


def test_text_after_a_closing_quote_is_an_offence_among_others(tmp_path):
    error = refusal(tmp_path, 'item,label\n1,"a"b\n2\n3,c\n')
    assert error.examples == (
        "line 2: text after a closing quote",
        "line 3: 1 fields instead of 2",
    )


def test_an_unclosed_quote_in_the_header_is_refused(tmp_path):
    assert "line 1: the quote" in refusal(tmp_path, 'item,"label\n1,a\n').problem


def test_a_field_of_more_than_a_million_characters_is_refused_with_its_line(tmp_path):
    error = refusal(tmp_path, f"item,note\n1,x\n2,{'y' * 1_000_001}\n")
    assert error.problem == "line 3: a field longer than 1,000,000 characters"


def test_a_line_of_more_than_eight_million_characters_is_refused_with_its_number(tmp_path):
    error = refusal(tmp_path, "item,note\n1,x\n" + "2," * 4_500_000)
    assert error.problem == "line 3: the line is longer than 8,000,000 characters"


def test_a_record_over_endless_lines_is_refused(tmp_path):
    error = refusal(tmp_path, "item,note\n1,x\n" + '"a\n",' * 5_000_000)
    assert re.match(r"line [\d]+: a record that reaches to here is longer", error.problem)


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
