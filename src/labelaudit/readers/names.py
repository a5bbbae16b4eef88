"""Column names that can be pointed at: unique, not empty, not ours."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from labelaudit.errors import SHOWN, InputError
from labelaudit.readers.contract import FILE_COLUMN, ROW_COLUMN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

MOST_COLUMNS = 10_000


def check_names(name: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a file, or raise what is wrong with their names."""
    check_count(name, columns)
    if not columns:
        raise InputError(name, "has no columns", next_step="ask for the delivery again")
    faults = [*_unnamed(columns), *_repeated(columns), *_reserved(columns)]
    if faults:
        raise InputError(
            name,
            "expected unique, non-empty column names",
            examples=faults,
            next_step="correct the names (a first column without one is often a row index:"
            " export without it)",
        )
    return tuple(columns)


def check_count(name: str, columns: Collection[str]) -> None:
    """Raise if there are so many columns that values must stand where names should."""
    if len(columns) > MOST_COLUMNS:
        raise InputError(
            name,
            f"has {len(columns):,} columns, more than {MOST_COLUMNS:,}",
            examples=[repr(column) for column in islice(columns, SHOWN)],
            count=len(columns),
            next_step="values seem to stand where names should: ask for one row per annotation",
        )


def _unnamed(columns: Sequence[str]) -> Iterator[str]:
    for position, column in enumerate(columns, start=1):
        if not column.strip():
            yield f"column {position} has no name"


def _repeated(columns: Sequence[str]) -> Iterator[str]:
    places: dict[str, list[str]] = {}
    for position, column in enumerate(columns, start=1):
        places.setdefault(column, []).append(str(position))
    for column, positions in places.items():
        if column.strip() and len(positions) > 1:
            yield f"{column!r} names columns {', '.join(positions)}"


def _reserved(columns: Sequence[str]) -> Iterator[str]:
    for column in (FILE_COLUMN, ROW_COLUMN):
        if column in columns:
            yield f"{column!r} is a name that labelaudit keeps for itself"
