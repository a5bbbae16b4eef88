"""Casts from text to numbers and times: a cast that fails leaves NULL, and a fault to tell it.

Nothing is read generously: `1_000`, an attempt of `1.5` and a time without a zone are
faults of their row, not 1000, 2 and UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.engine.source import as_text
from labelaudit.engine.sql import cell, text

if TYPE_CHECKING:
    from collections.abc import Collection

    from labelaudit.model import Columns, Intake

TIMES = ("started_at", "submitted_at")
EPOCHS = {"epoch-s": 1, "epoch-ms": 1000}
_WHOLE = text(r"[+-]?[0-9]+(\.0+)?")
_ZONED = text(r":[0-9]{2}([.,][0-9]+)?\s*(Z|z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)\s*$")
_LATEST = 1e11  # seconds; far beyond every time the schema allows, far within the engine's


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that breaks a rule: its column, the reason, and the rows it is true of."""

    column: str
    reason: str
    predicate: str


def duration(column: str | None, numbers: Collection[str]) -> str:
    """Return the seconds in a column; those of a column in `numbers` may be infinite."""
    if column is None:
        return "null::double"
    if column in numbers:
        return f"cast({cell(column)} as double)"
    number = _number(as_text(column))
    return f"case when isfinite({number}) then {number} end"


def attempt(column: str | None) -> str:
    """Return the attempt in a column, 0 where the cell is empty."""
    if column is None:
        return "0"
    given = as_text(column)
    whole = f"when regexp_full_match({given}, {_WHOLE}) then try_cast({given} as integer)"
    return f"case when {given} is null then 0 {whole} end"


def time(column: str | None, intake: Intake) -> str:
    """Return the instant in a column."""
    if column is None:
        return "null::timestamptz"
    given = as_text(column)
    if intake.time_format in EPOCHS:
        seconds = f"{_number(given)} / {EPOCHS[intake.time_format]}"
        return f"case when abs({seconds}) < {_LATEST} then to_timestamp({seconds}) end"
    if intake.time_format:
        parsed = f"try_strptime({given}, {text(intake.time_format)})"
        return parsed if _has_zone(intake.time_format) else _local(parsed, intake)
    zoned = f"regexp_matches({given}, {_ZONED})"
    joined = rf"regexp_replace({given}, '\s+([+-])', '\1')"
    naive = _local(_naive(given), intake)
    return f"case when {zoned} then try_cast({joined} as timestamptz) else {naive} end"


def _naive(given: str) -> str:
    """Return a time without a zone; `infinity` is none."""
    read = f"try_cast({given} as timestamp)"
    return f"case when isfinite({read}) then {read} end"


def _local(naive: str, intake: Intake) -> str:
    """Return a time without a zone as an instant in the declared one, if any."""
    return (
        f"{naive} at time zone {text(intake.timezone)}" if intake.timezone else "null::timestamptz"
    )


def _number(given: str) -> str:
    return f"try_cast(replace({given}, '_', '?') as double)"


def _has_zone(time_format: str) -> bool:
    return "%z" in time_format or "%Z" in time_format


def faults(columns: Columns, intake: Intake, numbers: Collection[str] = ()) -> tuple[Fault, ...]:
    """Return the cast faults that a delivery with these columns can have.

    A column in `numbers` is stored as numbers: it is never turned to text to be judged.
    """
    found = []
    if columns.duration_s in numbers:
        found.append(Fault("duration_s", "duration-not-finite", "not isfinite(duration_s)"))
    elif columns.duration_s:
        number, unread = _number("duration_s_text"), _unread("duration_s")
        found += [
            Fault("duration_s", "duration-not-a-number", f"{unread} and {number} is null"),
            Fault("duration_s", "duration-not-finite", f"{unread} and {number} is not null"),
        ]
    if columns.attempt:
        found.append(Fault("attempt", "attempt-not-a-number", _unread("attempt")))
    for name in TIMES:
        if getattr(columns, name):
            found += _time_faults(name, intake)
    return tuple(found)


def _time_faults(name: str, intake: Intake) -> list[Fault]:
    unread, lacks_zone = _unread(name), _lacks_zone(f"{name}_text", intake)
    return [
        Fault(name, "time-without-zone", f"{unread} and {lacks_zone}"),
        Fault(name, "time-not-readable", f"{unread} and not {lacks_zone}"),
    ]


def _lacks_zone(given: str, intake: Intake) -> str:
    """Return whether only a zone is lacking to read a time."""
    if intake.timezone or intake.time_format in EPOCHS or _has_zone(intake.time_format or ""):
        return "false"
    if intake.time_format:
        return f"(try_strptime({given}, {text(intake.time_format)}) is not null)"
    return f"(not regexp_matches({given}, {_ZONED}) and {_naive(given)} is not null)"


def _unread(name: str) -> str:
    return f"{name} is null and {name}_text is not null"
