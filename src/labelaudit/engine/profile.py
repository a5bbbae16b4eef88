"""What each column of a loaded delivery looks like: all that `init` knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.engine.casts import TIMES, duration, time
from labelaudit.engine.source import SOURCE, as_text, stored_numbers
from labelaudit.engine.sql import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.engine.session import Session
    from labelaudit.model import Columns, Intake

SHOWN_VALUES = 60


@dataclass(frozen=True, slots=True)
class Profile:
    """One column: its rows, how many are filled, distinct, numbers or lists, and values.

    `values` are distinct texts in code point order, all of them up to `SHOWN_VALUES`.
    """

    name: str
    rows: int
    filled: int
    distinct: int
    numbers: int
    lists: int
    longest: int
    values: tuple[str, ...]


def profiles(session: Session, columns: Sequence[str]) -> tuple[Profile, ...]:
    """Profile the columns of `source`, one scan each."""
    return tuple(profile_of(session, name) for name in columns)


def unreadable(session: Session, columns: Columns, intake: Intake) -> tuple[str, ...]:
    """Return the roles of numbers and times whose column holds values, not one of them readable."""
    numbers = stored_numbers(session)
    casts = {
        "duration_s": duration(columns.duration_s, numbers),
        **{name: time(getattr(columns, name), intake) for name in TIMES},
    }
    found = []
    for role, cast in casts.items():
        if name := getattr(columns, role):
            (filled, read) = session.integers(
                f"select count({as_text(name)}), count({cast}) from {SOURCE}"
            )
            found += [role] if filled and not read else []
    return tuple(found)


def profile_of(session: Session, name: str, among: tuple[str, str] | None = None) -> Profile:
    """Profile a column of `source`, or what it holds in rows with a value in another column."""
    column = as_text(name)
    there = f"{as_text(among[0])} = {text(among[1])}" if among else "true"
    rows, filled, distinct, numbers, lists, longest = session.integers(
        f"select count(*), count({column}), count(distinct {column}),"
        f" count(try_cast({column} as double)),"
        f" count(*) filter (where {column} like '[%]'), max(length({column}))"
        f" from {SOURCE} where {there}"
    )
    values = session.rows(
        f"select distinct {column} as value from {SOURCE} where {there} and {column} is not null"
        f" order by value limit {SHOWN_VALUES + 1}"
    )
    listed = tuple(str(value) for (value,) in values)[:SHOWN_VALUES]
    return Profile(name, rows, filled, distinct, numbers, lists, longest, listed)
