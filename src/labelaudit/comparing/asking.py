"""What was asked to be labeled again: a file that says it, else what the first run proposed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from labelaudit.comparing.opening import ITEMS, read_table
from labelaudit.errors import SHOWN, InputError
from labelaudit.safe import unguarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from labelaudit.comparing.opening import Opened

_NAMES = {
    "item": ("item_id", "item_key", "item"),
    "question": ("question_id", "question"),
    "old": ("old_label",),
    "wanted": ("wanted_label", "right_label"),
    "more": ("more_labels",),
}
"""What a request may call its columns; item and question are needed."""
_PROPOSED = ("question_id", "item_id", "consensus", "gold", "more_labels", "drawn")


@dataclass(frozen=True, slots=True)
class Ask:
    """What was asked for a unit: the label it had, the one it should have, labels to add."""

    old: str | None = None
    wanted: str | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked, by (question, item), and which units the first run drew uniformly."""

    source: str
    asks: Mapping[tuple[str, str], Ask]
    uniform: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def read_request(first: Opened, asked: Path | None) -> Request:
    """Return what was asked after the first run.

    Without a file: the units to which the first run's relabeling plan gave more labels. A gold
    label that run knew is the label wanted.

    Raises
    ------
    InputError
        If the file cannot be read, lacks its columns, or asks for nothing in the first run.

    """
    table = read_table(first.place, ITEMS, _PROPOSED)
    rows = table.to_pylist()
    uniform = frozenset(_key(row) for row in rows if row["drawn"] == "uniform")
    if asked is not None:
        return Request(str(asked), dict(_asked(asked)), uniform)
    asks = {
        _key(row): Ask(row["consensus"], row["gold"], row["more_labels"])
        for row in rows
        if row["more_labels"]
    }
    return Request(f"the relabeling plan of {first.place}", asks, uniform)


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return row["question_id"], row["item_id"]


def _asked(path: Path) -> Iterator[tuple[tuple[str, str], Ask]]:
    """Yield the units that a file asks for."""
    rows = list(_rows(path))
    if not rows:
        raise InputError(str(path), "asks for nothing", next_step="name the file that was sent")
    names = {key: next((n for n in known if n in rows[0]), None) for key, known in _NAMES.items()}
    item, question = names["item"], names["question"]
    if item is None or question is None:
        raise InputError(
            str(path),
            f"expected columns item_id and question_id, found {', '.join(rows[0])[:200]}",
            next_step="name the relabel file that was sent to the vendor",
        )
    faulty = [f"row {n}" for n, row in enumerate(rows, 1) if not (row[item] and row[question])]
    if faulty:
        problem = f"{len(faulty)} of {len(rows)} rows name no item or no question"
        raise InputError(
            str(path), problem, examples=faulty[:SHOWN], count=len(faulty), next_step="mend them"
        )
    for row in rows:
        told = {key: row.get(name) or None for key, name in names.items() if name}
        ask = Ask(told.get("old"), told.get("wanted"), _count(told.get("more")))
        yield (row[question], row[item]), ask


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the records of a CSV or JSON Lines file, values as text."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:  # ids keep their ends of line
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            str(path), f"cannot be read: {error}", next_step="expected CSV or JSON Lines in UTF-8"
        ) from error
    if path.suffix in {".jsonl", ".ndjson"} or text.lstrip().startswith("{"):
        yield from _json_lines(path, text)
        return
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {key: unguarded(value or "") for key, value in row.items() if isinstance(key, str)}


def _json_lines(path: Path, text: str) -> Iterator[dict[str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if not isinstance(record, dict):
            raise InputError(
                f"{path}:{number}", "expected one JSON object on a line", next_step="mend the line"
            )
        yield {key: "" if value is None else str(value) for key, value in record.items()}
