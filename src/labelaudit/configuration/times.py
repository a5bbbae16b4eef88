"""Time zones and time formats that a configuration may name: refused before the long work."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCHS = ("epoch-s", "epoch-ms")
# what the engine can read: letters that may stand alone, and those that may drop a zero
_PART = re.compile(r"%(-[dHIjmMSy]|[aAbBdfGHIjmMpSTuVyYzZ]|%)")
_DIRECTIVE = re.compile(r"%-?.?", re.DOTALL)

Problem = tuple[str, str]


def zone_problem(name: str | None) -> Problem | None:
    """Return what is wrong with a zone, and what to write; None where it is fine."""
    if name is None:
        return None
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"timezone = {name!r} is not a time zone", 'write one as "Europe/Berlin", or "UTC"'
    return None


def format_problem(form: str | None) -> Problem | None:
    """Return what is wrong with a time format, and what to write; None where it is fine."""
    if form is None or form in EPOCHS:
        return None
    advice = f'write it as "%d/%m/%Y %H:%M:%S", or {" or ".join(EPOCHS)}'
    parts = _DIRECTIVE.findall(form)
    for part in parts:
        if not _PART.fullmatch(part):
            return f"time_format = {form!r} has no meaning at {part!r}", advice
    if not set(parts) - {"%%"}:
        return f"time_format = {form!r} names no part of a time", advice
    return None
