"""CSV records with the line on which each starts; what cannot be parsed is noted.

Strict: a quoted field must end where its quote ends, every quote must be closed, and a
record must have as many fields as the header.
"""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING

from labelaudit.errors import SHOWN, InputError
from labelaudit.readers.contract import (
    CELL_CHARACTERS,
    CHUNK_BYTES,
    FEW_ROWS,
    RECORD_CHARACTERS,
    Budget,
)
from labelaudit.readers.quotes import breaks, stray_quote
from labelaudit.readers.text import Meter, pieces

if TYPE_CHECKING:
    from _csv import Reader as CsvReader
    from collections.abc import Iterator

    from labelaudit.readers.contract import Source
    from labelaudit.readers.faults import Offences
    from labelaudit.readers.ragged import Widths

CLOSE = "close the quote, or double it where it belongs to the text"


@dataclass(slots=True)
class Block:
    """The fields of some records, one after the other, and the line on which each starts.

    One flat list: a list for each record would keep the garbage collector busy.
    """

    cells: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Records:
    """One pass over the records of a file."""

    source: Source
    delimiter: str
    budget: Budget
    offences: Offences
    meter: Meter = field(default_factory=lambda: Meter(most=CHUNK_BYTES + RECORD_CHARACTERS))
    reader: CsvReader = field(init=False)

    def __post_init__(self) -> None:
        lines = chain.from_iterable(pieces(self.source, self.budget, self.meter))
        self.reader = csv.reader(lines, delimiter=self.delimiter, strict=True)

    def header(self) -> list[str] | None:
        """Return the first record; None if the file is empty or it cannot be parsed."""
        with _long_fields():
            try:
                return next(self.reader, None)
            except csv.Error as error:
                self._note(str(error), 1)
                return None

    def blocks(self, widths: Widths, rows: int = FEW_ROWS) -> Iterator[Block]:
        """Yield the records that fit, until the file ends."""
        before = -1
        while before != self.reader.line_num:
            before = self.reader.line_num
            self.meter.characters = 0
            block = Block()
            with _long_fields():
                self._fill(block, widths, rows)
            if block.starts:
                yield block

    def _fill(self, block: Block, widths: Widths, rows: int) -> None:
        reader, meter, cells, starts = self.reader, self.meter, block.cells, block.starts
        width = widths.expected
        start = reader.line_num + 1
        try:
            for record in islice(reader, rows):
                if len(record) == width:
                    cells += record
                    starts.append(start)
                else:
                    widths.misfit(record, start, after=len(starts))
                start = reader.line_num + 1
                if meter.characters > CHUNK_BYTES:
                    break
        except csv.Error as error:
            self._note(str(error), start)
        widths.fit(len(starts))

    def _note(self, error: str, start: int) -> None:
        """Note a stray quote; raise where the rest of the file is lost with the record."""
        end = self.reader.line_num
        if "expected after" in error:
            opened = self._opened(start, end) if self.offences.count < SHOWN else end
            since = f", in a quoted field that opens on line {opened}" if opened < end else ""
            self.offences.note(end, f"text after a closing quote{since}")
            return
        opened = self._opened(start, end)
        problem = "the quote that opens here is never closed"
        if "field limit" in error:
            problem = f"a field longer than {CELL_CHARACTERS:,} characters"
            problem += ", or a quote that is never closed" if opened < end else ""
        raise InputError(self.source.name, f"line {opened}: {problem}", next_step=CLOSE)

    def _opened(self, start: int, end: int) -> int:
        """Return the line on which the quoted field opens that a record trips over."""
        if start == end:
            return start
        lines = chain.from_iterable(pieces(self.source, Budget(self.budget.limit), Meter()))
        record = "".join(islice(lines, start - 1, end))
        place = stray_quote(record, self.delimiter)
        return start if place is None else start + breaks(record[:place])


@contextmanager
def _long_fields() -> Iterator[None]:
    """Allow fields as long as a cell may be; the limit is csv's own, and global."""
    before = csv.field_size_limit(CELL_CHARACTERS)
    try:
        yield
    finally:
        csv.field_size_limit(before)
