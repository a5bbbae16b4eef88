"""CSV and its kin: comma, semicolon, tab or pipe between fields, quotes around text.

Serves `csv-long` and `csv-wide` alike: which columns are annotators is for the mapping
to say. Only a cell that is empty is missing; `NA`, `None` and `null` are text.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from labelaudit.errors import InputError
from labelaudit.readers import delimiter as delimiters
from labelaudit.readers import encoding
from labelaudit.readers.cells import chunk_of
from labelaudit.readers.contract import Budget, Table
from labelaudit.readers.faults import Offences, collected, no_rows, together
from labelaudit.readers.names import check_names
from labelaudit.readers.ragged import Widths
from labelaudit.readers.records import CLOSE, Records
from labelaudit.readers.unpacking import head_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.readers.contract import Chunk, Source

SUFFIXES: tuple[str, ...] = (".csv", ".tsv", ".tab", ".psv")
TEXT = True

JSON_LIKE = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*(?:"[^"\n]*"\s*:|\}|$)|\[\s*(?:[\[{\]]|$))')


def recognises(head: bytes) -> bool:
    """Take any text that is not JSON."""
    return not JSON_LIKE.match(head)


def look(source: Source, budget: Budget) -> Table:
    """Sniff the delimiter, read the header and see that a row follows it."""
    head = head_of(source, budget)
    delimiter = delimiters.sniff(head)
    header = _header(source, delimiter, Budget(budget.limit))
    columns = check_names(source.name, header)
    words = (delimiters.said(delimiter, len(columns)), encoding.said(head))
    return Table(columns, words, partial(_read, source, delimiter, len(columns)))


def _header(source: Source, delimiter: str, budget: Budget) -> list[str]:
    """Return the fields of the header, if there is one and a row under it."""
    offences = Offences(source.name)
    records = Records(source, delimiter, budget, offences)
    header = records.header()
    if offences.count:
        problem = "the header cannot be read"
        raise InputError(source.name, problem, examples=offences.examples, next_step=CLOSE)
    if not header:
        problem = "line 1: expected column names, found an empty line"
        raise InputError(source.name, problem, next_step="begin the file with its header")
    widths = Widths(len(header), offences)
    with suppress(InputError):  # raised again by the pass that reads the rows
        if next(records.blocks(widths, rows=1), None) is None and not offences.count:
            header = []
    if not header:
        raise no_rows(source.name, "a header and nothing under it")
    return header


def _read(source: Source, delimiter: str, width: int, budget: Budget) -> Iterator[Chunk]:
    """Yield the rows until one offends; go on to the end to find all that do."""
    offences = Offences(source.name)
    widths = Widths(width, offences)
    faults: list[InputError] = []
    with collected(faults):
        records = Records(source, delimiter, budget, offences)
        records.header()
        for block in records.blocks(widths):
            if not offences.count:
                columns = (block.cells[place::width] for place in range(width))
                yield chunk_of(block.starts, columns)
    if offences.count:
        faults.insert(0, widths.fault(source.name))
    if faults:
        raise together(faults)
