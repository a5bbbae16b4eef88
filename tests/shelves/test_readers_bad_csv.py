"""CSV files that are refused for their shape: where, what, how many, and what to do."""

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


def test_an_extra_field_on_one_row_is_found_with_its_line(tmp_path):
    error = refusal(tmp_path, "item,label\n1,a\n2,b,c\n3,d\n")
    assert error.problem == "1 record does not fit the header of 2 fields"
    assert error.examples == ("line 3: 3 fields instead of 2",)


def test_a_short_row_is_found_with_the_line_on_which_it_starts(tmp_path):
    error = refusal(tmp_path, 'item,note,label\n1,"x\ny",a\n2,b\n')
    assert error.examples == ("line 4: 2 fields instead of 3",)


def test_all_ragged_rows_are_counted_and_five_are_shown(tmp_path):
    error = refusal(tmp_path, "item,label\n1,a\n" + "2\n" * 12_345)
    assert (error.count, len(error.examples)) == (12_345, 1_000)
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


def test_a_file_of_nothing_but_faults_is_not_read_to_the_end(tmp_path):
    error = refusal(tmp_path, "item,label\n1,a\n" + "\n" * 1_500_000)
    assert error.problem == "line 1000002: reading stopped after 1,000,000 faults"
