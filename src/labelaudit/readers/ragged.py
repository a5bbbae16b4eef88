"""The number of fields of every record, held against the header."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from labelaudit.errors import InputError

if TYPE_CHECKING:
    from labelaudit.readers.faults import Offences

TRAILING = "each row ends with a delimiter that the header lacks: export without it"
INDEX = (
    "the first column is probably a row index without a name: export without it"
    " (pandas: index=False), or give it a name in the header"
)
HEADER = "correct the header, or ask whether it belongs to these rows"
QUOTING = "correct these lines; a text that holds the delimiter or a line end must stand in quotes"


@dataclass(slots=True)
class Widths:
    """The records that have more or fewer fields than the header names."""

    expected: int
    offences: Offences
    found: set[int] = field(default_factory=set)
    empty_last: int = 0
    fitting: int = 0
    fitting_at_empty: int = 0

    def misfit(self, record: list[str], start: int, *, after: int) -> None:
        """Note a record that does not fit, after so many of its block that do."""
        fitting = self.fitting + after
        if fitting > self.fitting_at_empty:
            self.offences.record_follows()
        if not record:
            self.fitting_at_empty = fitting
            self.offences.note_empty(start)
            return
        self.offences.note(start, f"{len(record)} fields instead of {self.expected}")
        self.empty_last += not record[-1]
        if len(self.found) < 2:
            self.found.add(len(record))

    def fit(self, count: int) -> None:
        """Count the records of a block that fit, when it ends."""
        self.fitting += count
        if self.fitting > self.fitting_at_empty:
            self.offences.record_follows()

    def fault(self, name: str) -> InputError:
        """Return the error for all that was noted."""
        count = self.offences.count
        if len(self.found) == 1 and not self.fitting:
            (width,) = self.found
            problem = f"every row has {width} fields, but the header names {self.expected}"
            next_step = self._cause(width)
        else:
            records = "1 record does" if count == 1 else f"{count:,} records do"
            problem = f"{records} not fit the header of {self.expected} fields"
            next_step = QUOTING
        examples = self.offences.examples
        return InputError(name, problem, examples=examples, count=count, next_step=next_step)

    def _cause(self, width: int) -> str:
        """Return what to do where the rows agree with one another."""
        if width != self.expected + 1:
            return HEADER
        return TRAILING if self.empty_last == self.offences.count else INDEX
