"""A chain of entries: each line carries the hash of the one before. Knows no files.

An entry that is edited, moved or taken out of the middle breaks the chain at its place. Entries
taken off the end do not: that shows against a head that was noted elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_VERSION = "1"
GENESIS = "0" * 64
"""What stands for the hash before the first entry."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not hold: its line from 1, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Chain:
    """What a text of entries comes to.

    Attributes
    ----------
    hashes
        Those of the entries that hold, in order.
    broken
        The first that does not, None where all do.
    unfinished
        Whether the last line was cut off while it was written; it is no entry.
    length
        Characters of the entries that hold.
    contents
        What the entries that hold say, in order.

    """

    hashes: tuple[str, ...] = ()
    broken: Broken | None = None
    unfinished: bool = False
    length: int = 0
    contents: tuple[Mapping[str, object], ...] = ()

    @property
    def head(self) -> str:
        """The hash of the last entry."""
        return self.hashes[-1] if self.hashes else GENESIS

    def has(self, head: str) -> bool:
        """Say whether an entry has a head, of which the beginning is enough."""
        return any(found.startswith(head.lower()) for found in self.hashes)


def entry(chain: Chain, content: Mapping[str, object]) -> tuple[str, str]:
    """Return the line of the next entry, its end included, and its hash.

    Examples
    --------
    >>> line, head = entry(Chain(), {"exit_code": 0})
    >>> head[:12] in line
    True
    >>> read(line).broken is None, read(line.replace("0}", "1}")).broken.why
    (True, 'its content does not have the hash it carries')

    """
    line, digest = _line(len(chain.hashes) + 1, chain.head, content)
    return line + "\n", digest


def _line(number: int, previous: str, content: object) -> tuple[str, str]:
    record = {
        "schema_version": SCHEMA_VERSION,
        "number": number,
        "previous": previous,
        "content": content,
    }
    digest = hashlib.sha256(_canonical(record).encode()).hexdigest()
    return _canonical({**record, "hash": digest}), digest


def _canonical(record: Mapping[str, object]) -> str:
    # ASCII alone: a line that was cut off is never cut inside a character
    return json.dumps(record, sort_keys=True, separators=(",", ":"), allow_nan=False)


def read(text: str) -> Chain:
    """Return the chain that a text holds, up to the first entry that does not hold."""
    hashes: list[str] = []
    contents: list[Mapping[str, object]] = []
    length = 0

    def held(broken: Broken | None = None, *, unfinished: bool = False) -> Chain:
        return Chain(tuple(hashes), broken, unfinished, length, tuple(contents))

    for line in text.split("\n"):
        whole = length + len(line) < len(text)
        if not whole and not line:
            break
        record = _parsed(line)
        if record is None and not whole:
            return held(unfinished=True)
        fault = _fault(record, line, len(hashes) + 1, hashes[-1] if hashes else GENESIS)
        if fault or record is None:
            return held(Broken(len(hashes) + 1, fault))
        hashes.append(str(record["hash"]))
        contents.append(cast("Mapping[str, object]", record["content"]))
        length += len(line) + whole
    return held()


def _parsed(line: str) -> dict[str, object] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _fault(record: Mapping[str, object] | None, line: str, number: int, previous: str) -> str:
    """Say what is wrong with an entry; nothing where it holds."""
    if record is None:
        return "it is no entry"
    if record.get("schema_version") != SCHEMA_VERSION:
        found = record.get("schema_version")
        return f"expected schema_version {SCHEMA_VERSION!r}, found {found!r}"
    if record.get("previous") != previous or record.get("number") != number:
        return "it does not follow the entry before: entries were moved or taken out"
    if line != _line(number, previous, record.get("content"))[0]:
        return "its content does not have the hash it carries"
    if not isinstance(record["content"], dict):
        return "it has no content"
    return ""
