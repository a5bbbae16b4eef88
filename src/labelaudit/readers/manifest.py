"""The manifest: which items were sent out, as a CSV file beside the configuration."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from labelaudit.errors import UsageError
from labelaudit.model import Manifest

if TYPE_CHECKING:
    from pathlib import Path

ITEM_NAMES = ("item_id", "item", "id")


def read_manifest(path: Path, item: str, batch: str | None) -> Manifest:
    """Read a manifest: its column of items is called as in the delivery, or `item_id`.

    Columns `difficulty` and `slice` are read where they are there, and the batch under the
    name it has in the delivery, or `batch`.

    Raises
    ------
    UsageError
        If it cannot be read, or no column tells the items.

    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            names = reader.fieldnames or []
            of_item = next((name for name in (item, *ITEM_NAMES) if name in names), None)
            if of_item is None:
                raise _error(path, f"has no column {item!r}; found: {', '.join(names) or 'none'}")
            rows = [row for row in reader if row[of_item]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _error(path, f"cannot be read: {error}") from error
    of_batch = next((name for name in (batch, "batch", "batch_id") if name in names), None)
    return Manifest(
        tuple(row[of_item] for row in rows),
        tuple(map(_number, (row["difficulty"] for row in rows))) if "difficulty" in names else (),
        tuple(row["slice"] or "" for row in rows) if "slice" in names else (),
        tuple(row[of_batch] or "" for row in rows) if of_batch else (),
    )


def _number(cell: str | None) -> float | None:
    try:
        return float(cell or "")
    except ValueError:
        return None


def _error(path: Path, problem: str) -> UsageError:
    step = "manifest under [delivery] names a CSV file with a column of item ids"
    return UsageError(str(path), problem, next_step=step)
