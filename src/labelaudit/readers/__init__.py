"""Readers: from the files that a vendor delivered to text tables with exact provenance.

Nothing is repaired and nothing is guessed: a cell is the text that stands in the file, or
null where it is missing, and every row knows its file and line. A file that cannot be
read as it claims to be is refused, with all that is wrong with it.

To add a reader, write one module with `SUFFIXES`, `TEXT`, `recognises` and `look` (the
contract is `contract.Reader`) and name it in `READERS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.readers import delimited, json_lines, parquet
from labelaudit.readers.contract import DEFAULT_BUDGET, Reader, SourceFile
from labelaudit.readers.delivery import Delivery, open_files
from labelaudit.readers.finding import passed_over, search
from labelaudit.readers.sniffing import all_suffixes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = [
    "DEFAULT_BUDGET",
    "READERS",
    "Delivery",
    "Reader",
    "SourceFile",
    "find",
    "open_delivery",
    "say_skipped",
]

READERS: dict[str, Reader] = {
    "csv-long": delimited,
    "csv-wide": delimited,  # never sniffed: which columns are annotators is for the mapping
    "jsonl": json_lines,
    "parquet": parquet,
}
"""Every reader by name. The first that recognises a file and its suffix takes it."""


def find(paths: Sequence[str | Path]) -> tuple[Path, ...]:
    """Which files are meant by these paths?

    A file stands for itself, a folder for the data files in it and under it, a pattern
    (`*`, `?`, `[...]`, `**`) for the files that match. Hidden files, notes, settings and
    run folders are passed over; a file with two names is taken once.

    Returns
    -------
    tuple of Path
        sorted by name.

    Raises
    ------
    InputError
        when a path does not exist, or stands for no data file.

    Examples
    --------
    >>> find(["no-such-folder/*.csv"])
    Traceback (most recent call last):
    labelaudit.errors.InputError: no-such-folder/*.csv: no data file found: looked for .csv, ...

    """
    return search(paths, all_suffixes(READERS)).files


def say_skipped(delivery: Delivery) -> tuple[str, ...]:
    """Say in words which files of a delivery were not read, and why; nothing where all were."""
    skipped = delivery.skipped
    return (passed_over(skipped, all_suffixes(READERS)),) if skipped else ()


def open_delivery(
    paths: Sequence[str | Path],
    *,
    reader: str | None = None,
    missing: tuple[str, ...] = ("",),
    max_bytes: int = DEFAULT_BUDGET,
) -> Delivery:
    r"""Which files were delivered, of what kind, and with which columns?

    Every file is looked at: its content is held against its suffix, its header read, its
    bytes hashed. Rows are read by `Delivery.chunks`.

    Parameters
    ----------
    paths
        files, folders and patterns, as for `find`.
    reader
        a name in `READERS`; sniffed for each file when omitted.
    missing
        the texts that stand for a missing value, in every format; nothing else does.
    max_bytes
        how many bytes the delivery may unpack to.

    Raises
    ------
    InputError
        with the faults of all files, when any cannot be read or their columns differ.
    UsageError
        when no reader has the name asked for.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "batch.csv")
    ...     _ = file.write_text("item;label\n007;NA\n1e5;\n")
    ...     delivery = open_delivery([file])
    ...     rows = [row for chunk in delivery.chunks() for row in chunk.to_pylist()]
    >>> delivery.files[0].said
    ('semicolon-separated', 'UTF-8')
    >>> rows[0]
    {'item': '007', 'label': 'NA', '__file': 0, '__row': 2}
    >>> rows[1]["label"] is None
    True

    """
    found = search(paths, all_suffixes(READERS))
    return open_files(
        READERS,
        found.files,
        asked=reader,
        missing=missing,
        max_bytes=max_bytes,
        skipped=found.skipped,
    )
