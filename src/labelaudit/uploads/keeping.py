"""An upload on disk: whole, once, and under names that can lead nowhere."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.errors import InputError
from labelaudit.readers import READERS
from labelaudit.readers.sniffing import all_suffixes
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNSAFE = re.compile(r"[^\w.\- ]+")
_LONGEST = 100
_ID_CHARACTERS = 16
DATA = "data"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an upload is: a folder named by its content, with the files under `data`.

    `renamed` says which names were changed, as (given, kept).
    """

    folder: Path
    renamed: tuple[tuple[str, str], ...]

    @property
    def data(self) -> Path:
        """The folder of the files."""
        return self.folder / DATA


def keep(files: Sequence[tuple[str, bytes]], place: Path) -> Kept:
    """Write uploaded files under a folder of their own; the same files again change nothing.

    Parameters
    ----------
    files
        Names as they were given, which are not trusted, and contents.
    place
        The folder of all uploads.

    Raises
    ------
    InputError
        If there is no file, or one is of no kind that can be read.

    """
    if not files:
        raise InputError("upload", "no file was chosen", next_step="choose at least one")
    names = tuple(_names([name for name, _ in files]))
    contents = [content for _, content in files]
    folder = place / _fingerprint(list(zip(names, contents, strict=True)))
    if not (folder / DATA).is_dir():
        _write(folder, names, contents)
    changed = ((given, kept) for (given, _), kept in zip(files, names, strict=True))
    return Kept(folder, tuple(pair for pair in changed if pair[0] != pair[1]))


def _names(given: list[str]) -> Iterator[str]:
    """Yield a name for each file that leads nowhere, hides nothing and is no other's."""
    taken: set[str] = set()
    for name in map(_safe, given):
        stem, count, free = name, 1, name
        while free.casefold() in taken:
            count += 1
            free = f"{count}-{stem}"
        taken.add(free.casefold())
        yield free


def _safe(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    kept = _UNSAFE.sub("_", last).strip(" .")[-_LONGEST:]
    suffixes = all_suffixes(READERS)
    if not kept.lower().endswith(tuple(suffixes)) or kept.lower() in suffixes:
        raise InputError(
            visible(name),
            f"expected a file of one of the kinds {', '.join(suffixes)}",
            next_step="export the delivery as CSV, JSON Lines or Parquet",
        )
    return kept


def _fingerprint(files: list[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(files):
        digest.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()[:_ID_CHARACTERS]


def _write(folder: Path, names: Sequence[str], contents: Sequence[bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as writing:
        whole = Path(writing) / DATA
        whole.mkdir()
        for name, content in zip(names, contents, strict=True):
            (whole / name).write_bytes(content)
        try:
            whole.rename(folder / DATA)
        except OSError:  # another session was faster with the same files
            shutil.rmtree(whole)
