"""The bytes of a file: plain, gzip or zstd, block by block, under the byte budget."""

from __future__ import annotations

import gzip
import hashlib
import stat
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

from labelaudit.errors import InputError
from labelaudit.readers.contract import Packing, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from labelaudit.readers.contract import Budget

BLOCK = 2**20
HEAD = 2**16
PACKINGS: dict[str, Packing] = {".gz": "gzip", ".zst": "zstd"}
MAGIC: dict[bytes, Packing] = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


def open_source(path: Path, name: str) -> Source:
    """Return the file as a source, or raise if it is not a file that can be read."""
    with readable(name):
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(name, "is not a regular file", next_step="save it to disk first")
        with path.open("rb") as stream:
            start = stream.read(4)
    return Source(path, name, packing_of(start))


def packing_of(start: bytes) -> Packing:
    """Say how a file that begins with these bytes is packed; "" means that it is not."""
    return next((packing for magic, packing in MAGIC.items() if start.startswith(magic)), "")


@contextmanager
def readable(name: str, packing: Packing = "") -> Iterator[None]:
    """Turn what the operating system and the unpackers raise into an `InputError`."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, OSError) as error:
        if packing and getattr(error, "errno", None) is None:
            problem = f"the {packing} stream is damaged or cut short ({error})"
            raise InputError(name, problem, next_step="copy or download the file again") from error
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(name, f"cannot be read: {reason}") from error


def blocks(source: Source, budget: Budget) -> Iterator[bytes]:
    """Yield the unpacked bytes of a file, counting them against the budget."""
    with readable(source.name, source.packing), _unpacked(source) as stream:
        while block := stream.read(BLOCK):
            budget.spend(len(block), source.name)
            yield block


@contextmanager
def _unpacked(source: Source) -> Iterator[gzip.GzipFile | pa.NativeFile]:
    with source.path.open("rb") as raw:
        if source.packing == "gzip":
            with gzip.GzipFile(fileobj=raw) as stream:
                yield stream
        elif source.packing == "zstd":
            with pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd") as stream:
                yield stream
        else:
            yield raw


def head_of(source: Source, budget: Budget) -> bytes:
    """Return the first 64 KiB of the unpacked bytes."""
    with readable(source.name, source.packing), _unpacked(source) as stream:
        head: bytes = stream.read(min(HEAD, budget.limit + 1))
    return head


def sha256_of(source: Source) -> str:
    """Return the SHA-256 of the bytes on disk, packed as they are."""
    with readable(source.name), source.path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
