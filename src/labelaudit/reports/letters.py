"""What to send back to a vendor: plain, polite, with items to open; it accuses nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.reports.safe import markdown
from labelaudit.reports.summary import folded, line, many, worst_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from labelaudit.audit import Audit
    from labelaudit.model import BatchVerdict, Finding
    from labelaudit.queue import Item
    from labelaudit.reports.documents import Documents, Queued
    from labelaudit.reports.summary import Seen

    Write = Callable[[str], str]

MAX_FINDINGS = 20
MAX_ITEMS = 20
_RESULTS = {
    "accept": "accepted",
    "review": "open: a person looks at it",
    "reject": "not accepted yet",
}
_CLOSING = (
    "Low agreement is not proof of bad work: a different reading of the guideline, harder items or"
    " a fault in our own gold labels look the same. If you see it differently, please tell us"
    " which items and why; we correct what we got wrong."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What letters are written from: of an audit, or of a finished run read back."""

    verdicts: Sequence[BatchVerdict]
    findings: Sequence[Finding]
    items: Sequence[Item | Queued]
    staff: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, audit: Audit | Documents) -> Known:
        """Return what an audit says."""
        return cls(audit.verdicts, audit.findings, audit.items, audit.after.staff)


def vendors_to_write(verdicts: Sequence[BatchVerdict]) -> tuple[str, ...]:
    """Return the vendors with a batch that was not accepted."""
    open_batches = (found for found in verdicts if found.verdict != "accept")
    return tuple(sorted({vendor for found in open_batches for vendor in found.vendors}))


def letter(audit: Audit, vendor: str) -> str:
    """Return a text to send back to one vendor, as markdown.

    Parameters
    ----------
    audit
        What `labelaudit.run` returned.
    vendor
        As the delivery names it; only its own batches and people are told of.

    """
    return written(Known.of(audit), vendor)


def written(known: Known, vendor: str) -> str:
    """Return the letter to one vendor from what is known, as markdown."""
    return "\n".join(lines_to(known, vendor, markdown)) + "\n"


def lines_to(known: Known, vendor: str, write: Write) -> Iterator[str]:
    """Yield the lines of a letter; `write` shows text of the delivery as it stands."""
    batches = [found for found in known.verdicts if vendor in found.vendors]
    yield f"Hello {write(vendor)},"
    yield ""
    yield f"thank you for {many(len(batches), 'batch', 'batches')}. This is what we saw."
    yield ""
    yield from _batches(batches, write)
    yield from _findings(known, vendor, {found.batch_id for found in batches}, write)
    yield from _items(known, vendor, write)
    yield ""
    yield _CLOSING


def _batches(batches: Sequence[BatchVerdict], write: Write) -> Iterator[str]:
    for found in batches:
        because = f" ({', '.join(found.reasons)})" if found.reasons else ""
        yield f"- {write(found.batch_id)}: {_RESULTS[found.verdict]}{because}"


def _findings(known: Known, vendor: str, batches: set[str], write: Write) -> Iterator[str]:
    people = set(known.staff.get(vendor, ()))
    own = [found for found in known.findings if _concerns(found, vendor, batches, people)]
    if own:
        yield from ("", "What to look at together:", "")
    told = folded(own)
    yield from (_line(line(group), write) for group in told[:MAX_FINDINGS])
    if len(told) > MAX_FINDINGS:
        yield f"- and {len(told) - MAX_FINDINGS:,} more, which we send on request"


def _line(seen: Seen, write: Write) -> str:
    items = worst_items([seen.finding])
    look = f" (for example {', '.join(map(write, items))})" if items else ""
    return f"- {write(seen.place)}: {write(seen.message)}{look}"


def _concerns(found: Finding, vendor: str, batches: set[str], people: set[str]) -> bool:
    """Say whether a vendor is told of a finding: on its batches, and breaches of its people."""
    if found.outcome == "unknown" or (found.outcome == "warning" and not found.batch_id):
        return False
    if found.batch_id:
        return found.batch_id in batches and found.vendor in (None, vendor)
    return found.vendor == vendor or found.annotator_id in people


def _items(known: Known, vendor: str, write: Write) -> Iterator[str]:
    again = [item for item in known.items if item.vendor == vendor and item.more_labels]
    if not again:
        return
    labels = sum(item.more_labels for item in again)
    named = ", ".join(write(item.item_id) for item in again[:MAX_ITEMS])
    more = f" and {len(again) - MAX_ITEMS:,} more" if len(again) > MAX_ITEMS else ""
    yield ""
    yield (
        f"Please have {many(len(again), 'item')} labeled again ({many(labels, 'label')}, by people"
        f" who have not seen them): {named}{more}"
    )
