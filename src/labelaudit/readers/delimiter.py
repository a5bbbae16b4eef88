"""Which character separates the fields: the one that cuts the first lines alike."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from labelaudit.readers.unpacking import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = {",": "comma-separated", ";": "semicolon-separated", "\t": "tab-separated"}
DELIMITERS["|"] = "pipe-separated"
RECORDS = 50


def sniff(head: bytes) -> str:
    r"""Return the delimiter of a file that begins with these bytes.

    Only a character that cuts the header is considered; among these the one for which
    most of the first records have as many fields as the header, then the one that makes
    more fields. A file that none of them cuts has one column.

    >>> sniff(b"item;label\n1;0,5\n2;0,7\n")
    ';'
    """
    text = head.decode("utf-8-sig", errors="replace")
    return max(DELIMITERS, key=lambda one: _fit(text, one, whole=len(head) < HEAD))


def said(delimiter: str, columns: int) -> str:
    """Return the delimiter in words."""
    return DELIMITERS[delimiter] if columns > 1 else "one column"


def _fit(text: str, delimiter: str, *, whole: bool) -> tuple[float, int]:
    widths = list(_widths(text, delimiter))
    header, *records = widths or [0]
    if header < 2:
        return (-1.0, 0)
    if not whole and len(widths) < RECORDS:
        records = records[:-1]  # the last record was cut off with the head
    return (records.count(header) / max(1, len(records)), header)


def _widths(text: str, delimiter: str) -> Iterator[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in islice(reader, RECORDS):
            if record:
                yield len(record)
    except csv.Error:
        yield 0  # a quote that ends where no field does: likely another delimiter
