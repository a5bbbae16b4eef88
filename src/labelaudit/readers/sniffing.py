"""Which reader a file is for: by its content first, then by its suffix."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import PurePath
from typing import TYPE_CHECKING

from labelaudit.errors import InputError, UsageError
from labelaudit.readers.encoding import refuse_other_encodings
from labelaudit.readers.foreign import refuse_binary, refuse_foreign
from labelaudit.readers.unpacking import PACKINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.readers.contract import Reader


def suffix_of(name: str) -> str:
    """Return what a file name says about its format: `a.CSV.gz` -> `.csv`."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix in PACKINGS else path.suffix


def all_suffixes(readers: Mapping[str, Reader]) -> tuple[str, ...]:
    """Return the suffixes that any reader knows, each once, in the shelf's order."""
    return tuple(dict.fromkeys(suffix for one in readers.values() for suffix in one.SUFFIXES))


def choose(readers: Mapping[str, Reader], name: str, head: bytes, asked: str | None) -> str:
    """Return the name of the reader for a file that begins with these bytes.

    Raises
    ------
    InputError
        when the file is of a kind that is not read, when its content belies its suffix,
        or when it is not for the reader that was asked for.
    UsageError
        when no reader has the name that was asked for.

    """
    refuse_foreign(name, head)
    fitting = _fitting(readers, head, text=False)
    if not fitting:
        refuse_other_encodings(name, head)
        refuse_binary(name, head)
        fitting = _fitting(readers, head, text=True)
    if asked is not None:
        return _asked_for(readers, name, fitting, asked)
    named = [one for one, reader in readers.items() if suffix_of(name) in reader.SUFFIXES]
    both = [one for one in fitting if one in named]
    if fitting and (both or not named):
        return (both or fitting)[0]
    raise InputError(
        name,
        f"is named {suffix_of(name)} but does not hold that: it looks like {_list(fitting)}",
        next_step=_rename(readers, fitting),
    )


def _fitting(readers: Mapping[str, Reader], head: bytes, *, text: bool) -> list[str]:
    fitting = (one for one, reader in readers.items() if reader.TEXT is text)
    return [one for one in fitting if readers[one].recognises(head)]


def _asked_for(readers: Mapping[str, Reader], name: str, fitting: list[str], asked: str) -> str:
    if asked not in readers:
        near = get_close_matches(asked, readers, n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        known = ", ".join(readers)
        raise UsageError("reader", f"no reader is named {asked!r}{hint}", next_step=f"use {known}")
    if asked not in fitting:
        problem = f"was to be read as {asked}, but it looks like {_list(fitting)}"
        raise InputError(name, problem, next_step="omit `reader` under [delivery] to sniff it")
    return asked


def _list(fitting: list[str]) -> str:
    return fitting[0] if fitting else "nothing that labelaudit reads"


def _rename(readers: Mapping[str, Reader], fitting: list[str]) -> str:
    if not fitting:
        return "ask for CSV, JSONL or Parquet"
    return f"if that is what it should be, name it {readers[fitting[0]].SUFFIXES[0]}"
