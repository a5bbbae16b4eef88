"""What the engine could not do, in words for the person who asked for it."""

from __future__ import annotations

import errno
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from labelaudit.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.errors import LabelAuditError

_NO_MEMORY = "Out of Memory"
_NO_TEXT = re.compile(r'Invalid string encoding found in Parquet file "(.*?)"', re.DOTALL)


@contextmanager
def in_words() -> Iterator[None]:
    """Raise what the engine cannot help as an error that people understand."""
    try:
        yield
    except (duckdb.Error, pa.ArrowException) as error:
        known = _known(str(error))
        if known is None:
            raise
        raise known from error


@contextmanager
def as_os_error() -> Iterator[None]:
    """Raise what hinders the engine in writing a file as Python itself would."""
    try:
        yield
    except duckdb.IOException as error:
        raise OSError(errno.EIO, str(error).splitlines()[0]) from error


def _known(said: str) -> LabelAuditError | None:
    if _NO_MEMORY in said:
        return UsageError(
            "the engine",
            "needs more memory than it may use, and found no disk space instead",
            next_step="free some disk space, or audit fewer batches at a time",
        )
    if found := _NO_TEXT.search(said):
        return InputError(
            found.group(1),
            "holds bytes that are not UTF-8 in a column of text",
            next_step="write the column again as UTF-8",
        )
    return None
