"""The files that the user means: named ones, those of a folder, those of a pattern."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.errors import SHOWN, InputError
from labelaudit.readers.faults import collected, together
from labelaudit.readers.sniffing import suffix_of
from labelaudit.readers.unpacking import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TABLES: tuple[str, ...] = (".xlsx", ".xlsm", ".xls", ".ods", ".pkl", ".pickle")
"""Tables that cannot be read: found in a folder all the same, to be refused aloud."""

OURS: tuple[str, ...] = ("labelaudit*.toml", "labelaudit-ledger*.jsonl", "~$*")
RUN_MARK = "audit.json"
ADDRESS = "://"


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, sorted and each once, and the names of those passed over."""

    files: tuple[Path, ...]
    skipped: tuple[str, ...]


def search(paths: Sequence[str | Path], suffixes: Sequence[str]) -> Found:
    """Find the files of a delivery.

    A file that is named is taken whatever it is called; in a folder, and under a pattern
    that leaves the suffix open, only files with one of the suffixes are.
    """
    files: list[Path] = []
    skipped: list[Path] = []
    faults: list[InputError] = []
    for given in paths:
        with collected(faults), readable(str(given)):
            for path, wanted in _meant(Path(given), str(given), suffixes):
                (files if wanted else skipped).append(path)
    if faults:
        raise together(faults)
    if not files:
        raise InputError("delivery", "no file, folder or pattern was given")
    return _each_once(files, skipped)


def passed_over(names: Sequence[str], suffixes: Sequence[str]) -> str:
    """Say in a line which files were not read, the first five of them with the reason."""
    shown = [f"{name} ({_why_not(Path(name), suffixes)})" for name in names[:SHOWN]]
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return f"passed over and not audited: {len(names):,}: {', '.join(shown)}{more}"


def _why_not(path: Path, suffixes: Sequence[str]) -> str:
    if path.is_dir():
        return "a finished run"
    if path.name.startswith((".", "~$")):
        return "hidden"
    if any(fnmatch(path.name, pattern) for pattern in OURS):
        return "labelaudit's own"
    if suffix_of(path.name) in (*suffixes, *TABLES):
        return "the same file as one that is read"
    return f"{suffix_of(path.name) or 'no suffix'}: not one of {', '.join(suffixes)}"


def _each_once(files: list[Path], skipped: list[Path]) -> Found:
    """Sort, and pass over links to files that are there already: rows must not double."""
    kept: dict[str, Path] = {}
    for path in sorted(set(files), key=Path.as_posix):
        kept.setdefault(os.path.realpath(path), path)
    others = {*skipped, *files}.difference(kept.values())
    names = sorted(path.as_posix() for path in others)
    return Found(tuple(kept.values()), tuple(names))


def _meant(path: Path, given: str, suffixes: Sequence[str]) -> Iterator[tuple[Path, bool]]:
    if path.is_dir():
        yield from _some(_in_folder(path, suffixes), given, suffixes)
    elif path.exists():
        yield path, True
    elif glob.has_magic(given) and ADDRESS not in given:
        yield from _some(_matching(given, suffixes), given, suffixes)
    else:
        raise _missing(path, given)


def _some(
    found: Iterator[tuple[Path, bool]], given: str, suffixes: Sequence[str]
) -> Iterator[tuple[Path, bool]]:
    """Pass on what was found, and raise if there is no file to read among it."""
    others = []
    some = False
    for path, wanted in found:
        some = some or wanted
        if not wanted:
            others.append(path.as_posix())
        yield path, wanted
    if not some:
        raise InputError(
            given,
            f"no data file found: looked for {', '.join(suffixes)}, also as .gz or .zst",
            examples=[f"passed over: {name}" for name in others],
            next_step="check the path; a file of another suffix can be named itself",
        )


def _in_folder(folder: Path, suffixes: Sequence[str]) -> Iterator[tuple[Path, bool]]:
    seen: set[str] = set()
    for where, folders, names in os.walk(folder, followlinks=True):
        here = os.path.realpath(where)
        is_run = RUN_MARK in names
        if here in seen or is_run:
            folders.clear()
            if is_run:
                yield Path(where), False
            continue
        seen.add(here)
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            yield Path(where, name), _is_data(name, suffixes)


def _is_data(name: str, suffixes: Sequence[str]) -> bool:
    if name.startswith(".") or any(fnmatch(name, pattern) for pattern in OURS):
        return False
    return suffix_of(name) in (*suffixes, *TABLES)


def _matching(pattern: str, suffixes: Sequence[str]) -> Iterator[tuple[Path, bool]]:
    suffix_spelled = bool(suffix_of(pattern)) and not glob.has_magic(suffix_of(pattern))
    for match in glob.glob(pattern, recursive=True):  # noqa: PTH207 - the pattern may be absolute
        path = Path(match)
        if path.is_dir():
            if "**" not in pattern:  # else the files in it match by themselves
                yield from _in_folder(path, suffixes)
        else:
            yield path, suffix_spelled or _is_data(path.name, suffixes)


def _missing(path: Path, given: str) -> InputError:
    if ADDRESS in given:
        problem = "is an address; labelaudit reads files on this machine only"
        return InputError(given, problem, next_step="download it first")
    if path.is_symlink():
        return InputError(given, "is a link to a file that does not exist")
    return InputError(given, "does not exist", next_step="check the path")
