"""What a reader is, and what it hands over: the words that all modules here share.

A reader is a plain module with `SUFFIXES`, `TEXT`, `recognises` and `look`. `look` opens one
file, reads no more of it than it must, and returns a `Table` that can be read in chunks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from labelaudit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

DEFAULT_BUDGET = 8 * 2**30
"""Bytes that one delivery may unpack to: about 10^8 annotations as CSV."""

CHUNK_ROWS = 50_000
CHUNK_BYTES = 8 * 2**20
FEW_ROWS = 4096
CELL_CHARACTERS = 1_000_000
RECORD_CHARACTERS = 8_000_000
TOO_LONG = "labelaudit reads tables of short answers: leave the contents of items out"

FILE_COLUMN = "__file"
ROW_COLUMN = "__row"

Packing = Literal["", "gzip", "zstd"]


class OverBudgetError(InputError):
    """The delivery unpacks to more bytes than allowed: nothing more is read."""


@dataclass(slots=True)
class Budget:
    """How many unpacked bytes may still be read in this pass over the delivery."""

    limit: int
    spent: int = 0
    reserved: list[tuple[int, Callable[[], int]]] = field(default_factory=list)

    def reserve(self, bound: int, exact: Callable[[], int], name: str) -> None:
        """Count at most `bound` bytes; `exact` is asked only if the bounds exceed the budget."""
        self.reserved.append((bound, exact))
        self.spend(bound, name)

    def spend(self, count: int, name: str) -> None:
        """Count bytes as read; raise when they are more than the budget."""
        self.spent += count
        while self.spent > self.limit and self.reserved:
            bound, exact = self.reserved.pop()
            self.spent += exact() - bound
        if self.spent > self.limit:
            raise OverBudgetError(
                name,
                f"unpacks to more than {self.limit:,} bytes, the budget of a delivery",
                next_step="if it is as large as it should be, raise max_bytes under [delivery]",
            )


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: where it lies, what the user calls it, how it is packed."""

    path: Path
    name: str
    packing: Packing = ""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Some rows of a table: their numbers, and their cells column by column.

    Attributes
    ----------
    rows
        (n,) int64, the line on which a record starts, or the 1-based row.
    cells
        one (n,) array of text for each column of the table.

    """

    rows: pa.Array
    cells: tuple[pa.Array, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One file that was looked at: what it holds, and how to read it.

    Attributes
    ----------
    columns
        the names of the columns, unique and not empty.
    said
        what was sniffed, in words.
    read
        starts a pass over the file; raises one `InputError` with all that is wrong.
    floats
        the columns that hold floating point numbers, which make poor ids.
    sparse
        whether a column that is absent means empty cells (JSON lines) or another table.
    scan_key
        files with the same key may be scanned together by an engine that reads Parquet.

    """

    columns: tuple[str, ...]
    said: tuple[str, ...]
    read: Callable[[Budget], Iterator[Chunk]]
    floats: frozenset[str] = field(default=frozenset())
    sparse: bool = False
    scan_key: str | None = None


class Reader(Protocol):
    """The contract of a module on this shelf."""

    SUFFIXES: tuple[str, ...]
    TEXT: bool
    """Whether its files are UTF-8 text: bytes are first offered to the readers of others."""

    def recognises(self, head: bytes) -> bool:
        """Say whether a file that begins with these (unpacked) bytes is for this reader."""
        ...

    def look(self, source: Source, budget: Budget) -> Table:
        """Open a file far enough to know its columns; raise `InputError` if it has none."""
        ...


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a delivery, and what it was taken for.

    `name` is the path as the user gave it, with forward slashes; `sha256` is of the bytes
    on disk; `said` is what was sniffed, in words.
    """

    path: Path
    name: str
    sha256: str
    reader: str
    said: tuple[str, ...]
