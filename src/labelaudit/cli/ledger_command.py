"""`labelaudit ledger`: what gates decided, and whether that record still holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say, show
from labelaudit.cli.shared import json_option

if TYPE_CHECKING:
    from labelaudit.chaining import Chain

LEAST = 12


@click.group()
def ledger() -> None:
    """Check the record of what gates decided.

    \b
    Example:
      labelaudit ledger verify labelaudit-ledger.jsonl
    """


@ledger.command()
@click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False), default="labelaudit-ledger.jsonl"
)
@click.option("--head", metavar="HASH", help="A head that a report shows: it must be in there.")
@json_option
def verify(file: Path, head: str | None, *, as_json: bool) -> int:
    """Check every entry of a ledger, and name the first that does not hold.

    An edited, moved or removed entry breaks the chain. Entries taken off the end show
    only against a --head noted elsewhere: each report and gate.json holds one.
    Exit code: 0 the ledger holds; 1 it does not; 2 it cannot be read.

    \b
    Example:
      labelaudit ledger verify labelaudit-ledger.jsonl --head 5f0c...
    """
    from labelaudit.ledger import verify as read_ledger

    if head is not None and len(head) < LEAST:
        raise click.UsageError(f"--head {head}: expected {LEAST} characters or more of a head")
    chain = read_ledger(file)
    fault = _fault(chain, head)
    if as_json:
        show(json.dumps(_document(chain, fault), indent=1))
    if chain.unfinished:
        say("the last line was cut off while it was written: it never was an entry")
    say(f"{file}: {fault or f'holds, {len(chain.hashes):,} entries, head {chain.head}'}")
    return 1 if fault else 0


def _fault(chain: Chain, head: str | None) -> str | None:
    if chain.broken:
        return f"BROKEN at entry {chain.broken.line}: {chain.broken.why}"
    if head is not None and not chain.has(head):
        return f"BROKEN: no entry has the head {head}: entries were taken off or replaced"
    return None


def _document(chain: Chain, fault: str | None) -> dict[str, object]:
    return {
        "schema_version": "1",
        "holds": fault is None,
        "fault": fault,
        "broken_entry": chain.broken.line if chain.broken else None,
        "entries": len(chain.hashes),
        "head": chain.head,
        "unfinished": chain.unfinished,
    }
