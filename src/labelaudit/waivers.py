"""The waiver file: read leniently, so that a fault is shown and waives nothing; written whole."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from labelaudit.errors import UsageError
from labelaudit.waiving import NO_WAIVERS, Waiver, Waivers, in_force

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME = "labelaudit-waivers.toml"
KEYS = tuple(field.name for field in fields(Waiver))
_HEAD = """\
# Checks that may fail, where, why, who answers for it, and until which day (its last).
# Waived findings stay in every report; expired or incomplete entries waive nothing.
"""


def read_waivers(path: Path | None, today: date) -> Waivers:
    """Return the waivers of a file on a day.

    A file that cannot be read, is missing or is no TOML holds no waivers, which `faulty` says:
    the gate is then stricter, never looser.
    """
    if path is None:
        return NO_WAIVERS
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return Waivers(faulty=(f"{path.name} cannot be read: {error.strerror}",))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Waivers(faulty=(f"{path.name} is not valid TOML: {error}",))
    return _sorted(content, today)


def _sorted(content: Mapping[str, object], today: date) -> Waivers:
    faulty = [f"unknown key {key!r}: write [[waivers]]" for key in content if key != "waivers"]
    entries = content.get("waivers", [])
    if not isinstance(entries, list):
        return Waivers(faulty=(*faulty, "'waivers' is no list: write [[waivers]]"))
    good: list[Waiver] = []
    for number, entry in enumerate(entries, start=1):
        found = _waiver(entry)
        if isinstance(found, Waiver):
            good.append(found)
        else:
            faulty.append(f"waiver {number}: {found}")
    return in_force(good, faulty, today)


def _waiver(entry: object) -> Waiver | str:
    """Return the waiver that an entry is, or what is wrong with it."""
    if not isinstance(entry, dict):
        return "is no table: write [[waivers]]"
    texts = {name: entry.get(name) for name in KEYS if name != "expires"}
    missing = [name for name, value in texts.items() if not _said(value)]
    unknown = [str(name) for name in entry if name not in KEYS]
    expires = _day(entry.get("expires"))
    if expires is None:
        missing.append("expires (a date such as 2026-12-31)")
    if unknown:
        return f"unknown key {unknown[0]!r}: known: {', '.join(KEYS)}"
    if missing or expires is None:
        return f"needs {', '.join(missing)}"
    return Waiver(**{name: str(value) for name, value in texts.items()}, expires=expires)


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _day(value: object) -> date | None:
    """Return a day, of a TOML date or a text that is one; a time is no day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def add_waiver(path: Path, waiver: Waiver) -> None:
    """Write one more waiver to a file, which is made where it is not there.

    Raises
    ------
    UsageError
        If the file is there and is no TOML, or cannot be written. It is then left as it was.

    """
    try:
        before = path.read_text(encoding="utf-8-sig") if path.exists() else _HEAD
        tomllib.loads(before)
        _replace(path, before.rstrip("\n") + "\n\n" + toml_of(waiver))
    except OSError as error:
        raise _unwritable(path, str(error.strerror)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unwritable(path, f"it is not valid TOML: {error}") from error


def toml_of(waiver: Waiver) -> str:
    """Return a waiver as it stands in the file."""
    texts = {name: getattr(waiver, name) for name in KEYS if name != "expires"}
    lines = [f"{name} = {_quoted(value)}" for name, value in texts.items()]
    return "\n".join(["[[waivers]]", *lines, f"expires = {waiver.expires.isoformat()}"]) + "\n"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, content: str) -> None:
    tomllib.loads(content)  # an inline `waivers = [...]` cannot be added to
    whole = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        whole.write_text(content, encoding="utf-8")
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)


def _unwritable(path: Path, why: str) -> UsageError:
    return UsageError(str(path), f"cannot be written: {why}", next_step="mend it, or name another")
