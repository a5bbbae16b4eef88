"""The whole page as plain data: what was decided first, how it was measured last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.reports.letters import Known, lines_to, vendors_to_write
from labelaudit.reports.page.batches import WORDS, batches
from labelaudit.reports.page.causes import causes
from labelaudit.reports.page.decided import looks, waivers
from labelaudit.reports.page.measured import measured
from labelaudit.reports.page.people import people
from labelaudit.reports.page.todo import steps
from labelaudit.reports.summary import Section, headline, many, size
from labelaudit.reports.told import unjudged
from labelaudit.reports.unseen import not_looked_at
from labelaudit.reports.vendors import same_items, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.reports.documents import Documents, Queued
    from labelaudit.reports.page.batches import Batches
    from labelaudit.reports.page.causes import Causes
    from labelaudit.reports.page.measured import Measured
    from labelaudit.reports.page.people import People
    from labelaudit.reports.page.todo import Step

MAX_ITEMS = 20
MAX_TO_DO = 30
MAX_LETTERS = 20
_ENDS = {0: "PASS", 1: "FAIL", 3: "UNDECIDED"}


@dataclass(frozen=True, slots=True)
class Letter:
    """What to send back to a vendor."""

    vendor: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the HTML report shows."""

    title: str
    verdict: str
    heading: str
    counts: tuple[tuple[str, str, int], ...]
    size: str
    alarm: str
    gate: str
    batches: Batches
    todo: tuple[Step, ...]
    todo_left_out: int
    causes: Causes
    unseen: Section | None
    items: tuple[Queued, ...]
    items_left_out: int
    people: People
    vendors: tuple[Section, ...]
    confused: Section | None
    letters: tuple[Letter, ...]
    waivers: Section | None
    looks: Section | None
    measured: Measured


def view(documents: Documents) -> Page:
    """Return the page of a run."""
    given = [one.verdict for one in documents.verdicts]
    todo, items = [*steps(documents)], documents.items
    queued = sorted(items, key=lambda item: item.rank)[:MAX_ITEMS]
    return Page(
        title=headline(documents),
        verdict=documents.verdict,
        heading=_heading(documents),
        counts=tuple((name, word, given.count(name)) for name, word in WORDS.items()),
        size=size(documents),
        alarm=unjudged(documents),
        gate=_gate(documents),
        batches=batches(documents),
        todo=tuple(todo[:MAX_TO_DO]),
        todo_left_out=max(len(todo) - MAX_TO_DO, 0),
        causes=causes(documents),
        unseen=not_looked_at(documents),
        items=tuple(queued),
        items_left_out=len(items) - len(queued) + documents.left_out("items"),
        people=people(documents),
        vendors=tuple(one for one in (side_by_side(documents), same_items(documents)) if one),
        confused=_confused(documents),
        letters=tuple(_letters(documents)),
        waivers=waivers(documents),
        looks=looks(documents),
        measured=measured(documents),
    )


def _heading(documents: Documents) -> str:
    """Return the verdict as a sentence for everybody."""
    total, of = len(documents.verdicts), documents.verdict
    if not total:
        return "No batch was delivered"
    count = sum(one.verdict == of for one in documents.verdicts)
    ends = {"reject": "rejected", "review": "undecided: a person must look", "accept": "accepted"}
    verb = "is" if count == 1 else "are"
    return f"{count:,} of {many(total, 'batch', 'batches')} {verb} {ends[of]}"


def _gate(documents: Documents) -> str:
    """Say how the gate ended, where there was one."""
    code = documents.gate.get("exit_code")
    if not isinstance(code, int):
        return ""
    return f"{_ENDS.get(code, 'ended')} (exit {code}): {documents.gate['reason']}"


def _letters(documents: Documents) -> Iterator[Letter]:
    known = Known.of(documents)
    for vendor in vendors_to_write(known.verdicts)[:MAX_LETTERS]:
        yield Letter(vendor, tuple(lines_to(known, vendor, str)))


def _confused(documents: Documents) -> Section | None:
    rows = tuple(
        (one.question_id, one.label, one.other_label, f"{one.share:.0%}", f"{one.units:,}")
        for one in documents.after.confusions[:10]
    )
    header = ("question", "label", "confused with", "of disagreement", "units")
    return Section("Labels confused most", header, rows) if rows else None
