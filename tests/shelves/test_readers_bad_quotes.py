"""CSV files that are refused for their quotes and for what is too long."""

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


def test_text_after_a_closing_quote_in_the_header_is_refused(tmp_path):
    error = refusal(tmp_path, '"item"x,label\n1,a\n')
    assert error.problem == "the header cannot be read"
    assert error.examples == ("line 1: text after a closing quote",)


def test_a_field_of_more_than_a_million_characters_is_refused_with_its_line(tmp_path):
    error = refusal(tmp_path, f"item,note\n1,x\n2,{'y' * 1_000_001}\n")
    assert error.problem == "line 3: a field longer than 1,000,000 characters"


def test_a_line_of_more_than_eight_million_characters_is_refused_with_its_number(tmp_path):
    error = refusal(tmp_path, "item,note\n1,x\n" + "2," * 4_500_000)
    assert error.problem == "line 3: the line is longer than 8,000,000 characters"


def test_a_record_over_endless_lines_is_refused(tmp_path):
    error = refusal(tmp_path, "item,note\n1,x\n" + '"a\n",' * 5_000_000)
    assert re.match(r"line [\d]+: a record that reaches to here is longer", error.problem)
