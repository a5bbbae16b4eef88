"""The ledger file: one entry per gate, appended under a lock, on disk before it counts."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.chaining import Chain, entry, read
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

if sys.platform == "win32":  # pragma: no cover
    import msvcrt
else:
    import fcntl


_RESTORE = "restore it from where it was kept; labelaudit ledger verify checks it"


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a ledger after an entry: noted elsewhere, it shows what was taken off since."""

    file: str
    entries: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Open:
    """A ledger that no other writer touches while it is open: what it holds, and room for more."""

    path: Path
    chain: Chain
    _text: str
    _handle: int

    def add(self, content: Mapping[str, object]) -> Head:
        """Add one entry, and return the head when it is on disk."""
        line, digest = entry(self.chain, content)
        length = self.chain.length
        gap = "\n" if length and self._text[length - 1] != "\n" else ""
        _write(self._handle, length, (gap + line).encode())
        return Head(self.path.name, len(self.chain.hashes) + 1, digest)


@contextmanager
def opened(path: Path, head: str | None = None) -> Iterator[Open]:
    """Open a ledger for one entry that may rest on those before.

    Writers wait for each other. What a killed writer left unfinished was never an entry, and
    makes room for the next one.

    Parameters
    ----------
    path
        The file; it is made where it is not there.
    head
        The beginning of a head that was noted elsewhere: one of the entries must have it.

    Raises
    ------
    UsageError
        If the file cannot be written, or its chain is broken. It is left as it was.

    """
    if head is not None and not path.exists():
        raise _truncated(path, head)
    try:
        with _locked(path) as handle:
            chain, text = _sound(path, handle)
            if head is not None and not chain.has(head):
                raise _truncated(path, head)
            yield Open(path, chain, text, handle)
    except OSError as error:
        raise _unwritable(path, str(error.strerror)) from error


def append(path: Path, content: Mapping[str, object]) -> Head:
    """Add one entry to a ledger, and return the head when it is on disk.

    Raises
    ------
    UsageError
        If the file cannot be written, or its chain is broken. It is left as it was.

    """
    with opened(path) as ledger:
        return ledger.add(content)


def _truncated(path: Path, head: str) -> UsageError:
    problem = f"no entry of the ledger has the head {head}: entries were taken off or replaced"
    return UsageError(str(path), problem, next_step=_RESTORE)


def verify(path: Path) -> Chain:
    """Return the chain of a ledger, with the first entry that does not hold.

    Raises
    ------
    UsageError
        If the file cannot be read.

    """
    try:
        return read(path.read_bytes().decode("ascii", errors="replace"))
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise UsageError(str(path), problem, next_step="name the ledger") from error


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open a ledger for this process alone; it is made where it is not there."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise _unwritable(path, "it is no file")
            _lock(handle)
            if _is_still(path, handle):
                yield handle
                return
        finally:
            os.close(handle)  # which lets go of the lock


def _lock(handle: int) -> None:
    if sys.platform == "win32":  # pragma: no cover
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX)


def _is_still(path: Path, handle: int) -> bool:
    """Say whether the file is the one at its path: another may have taken its place meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _sound(path: Path, handle: int) -> tuple[Chain, str]:
    """Return the chain of an open ledger and its text, if it is not broken."""
    with os.fdopen(os.dup(handle), "rb") as file:
        text = file.read().decode("ascii", errors="replace")
    chain = read(text)
    if chain.broken:
        raise UsageError(
            str(path),
            f"the ledger is broken at entry {chain.broken.line}: {chain.broken.why}",
            next_step=_RESTORE,
        )
    return chain, text


def _write(handle: int, length: int, data: bytes) -> None:
    """Write at the end of what holds, and leave that as it was where it cannot be."""
    os.ftruncate(handle, length)
    os.lseek(handle, length, os.SEEK_SET)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, length)
        raise


def _unwritable(path: Path, why: str) -> UsageError:
    step = "free some space, or name another under [gate] ledger"
    return UsageError(str(path), f"cannot be written: {why}", next_step=step)
