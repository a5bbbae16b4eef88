"""`labelaudit ledger`: what gates decided, the looks they took, and whether that still holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say, show
from labelaudit.cli.shared import head_of, json_option, today_option
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from labelaudit.chaining import Chain

LONGEST = 400
FILE = "labelaudit-ledger.jsonl"
_FILE = click.Path(path_type=Path, dir_okay=False)
file_argument = click.argument("file", type=_FILE, default=FILE)
file_option = click.option(
    "-f",
    "--file",
    type=_FILE,
    default=FILE,
    show_default=True,
    help="File of the ledger.",
)


@click.group()
def ledger() -> None:
    """Check the record of what gates decided, and show the looks they took.

    \b
    Example:
      labelaudit ledger verify labelaudit-ledger.jsonl
    """


@ledger.command()
@file_argument
@click.option(
    "--head", metavar="HASH", callback=head_of, help="A head that a report shows: it must be there."
)
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

    chain = read_ledger(file)
    fault = _fault(chain, head)
    if as_json:
        show(json.dumps(_document(chain, fault), indent=1))
    if chain.unfinished:
        say("the last line was cut off while it was written: it never was an entry")
    say(f"{file}: {fault or f'holds, {len(chain.hashes):,} entries, head {chain.head}'}")
    return 1 if fault else 0


@ledger.command("show")
@click.argument("batches", nargs=-1, metavar="[BATCH]...")
@file_option
@json_option
def show_looks(batches: tuple[str, ...], file: Path, *, as_json: bool) -> int:
    """Show the looks that gates took at batches, and what each spent of the risk.

    Without a BATCH, those of all. Exit code: 0; 1 where the ledger is broken, after
    what comes before.

    \b
    Example:
      labelaudit ledger show nw-06
    """
    from labelaudit.ledger import verify as read_ledger

    chain = read_ledger(file)
    lines = [line for line in _looks(chain) if not batches or line["batch_id"] in batches]
    if as_json:
        show(json.dumps({"schema_version": "1", "looks": lines}, indent=1))
    elif lines:
        show("\n".join(visible(_line(line), LONGEST) for line in lines))
    else:
        say(f"{file}: no look at {', '.join(batches) or 'any batch'}")
    fault = _fault(chain, None)
    if fault:
        say(f"{file}: {fault}")
    return 1 if fault else 0


@ledger.command()
@click.argument("batch")
@click.option("--reason", required=True, help="Why its labels are other ones than before.")
@click.option("--owner", required=True, help="Who answers for it.")
@file_option
@today_option
def restart(batch: str, reason: str, owner: str, file: Path, today: date) -> int:
    """Begin a new plan for a batch whose labels were made anew.

    Its next look spends the consumer's risk from the beginning. Data that were looked at
    before get no other look by it. The entry stands in the ledger for good.

    \b
    Example:
      labelaudit ledger restart nw-06 --owner ann --reason "all items labeled again"
    """
    from labelaudit.ledger import append
    from labelaudit.looks import RESTART

    for name, text in (("batch", batch), ("reason", reason), ("owner", owner)):
        if not text.strip():
            raise click.UsageError(f"{name} is empty: a new plan says where, why and who")
    said = {"batch_id": batch, "reason": reason, "owner": owner, "today": today.isoformat()}
    head = append(file, {"kind": RESTART, **said})
    say(f"a new plan for {batch}, in {file}: entry {head.entries}, head {head.sha256}")
    return 0


def _looks(chain: Chain) -> Iterator[dict[str, object]]:
    """Yield the looks and restarts of a ledger, each with its entry and its day."""
    from labelaudit.looks import RESTART
    from labelaudit.settling import history_of

    history_of(chain)
    for number, content in enumerate(chain.contents, start=1):
        where = {"entry": number, "today": content.get("today")}
        if content.get("kind") == RESTART:
            yield {**where, **content}
        looks: list[Mapping[str, object]] = content.get("looks", [])  # type: ignore[assignment]
        yield from ({**where, **look} for look in looks)


def _line(look: Mapping[str, object]) -> str:
    said = f"{look['entry']:>4}  {look['today']}  {look['batch_id']}"
    if "look" not in look:
        return f"{said}  NEW PLAN by {look['owner']}: {look['reason']}"
    ends = ", ".join("-" if look[end] is None else f"{look[end]:.3f}" for end in ("lower", "upper"))
    planned = "?" if look["n_planned"] is None else f"{look['n_planned']:,}"
    return (
        f"{said}  {look['question_id']}  {look['threshold']}  look {look['look']}"
        f"  risk {look['risk_fraction']:.0%}  n {look['n']:,} of {planned}"
        f"  [{ends}] at {look['limit']:g}  {look['reason'] or look['outcome']}"
    )


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
