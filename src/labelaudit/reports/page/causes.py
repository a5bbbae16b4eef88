"""The findings of the page, grouped by the check that saw them, with its explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.reports.pages import page
from labelaudit.reports.summary import folded, line, worst_items

if TYPE_CHECKING:
    from labelaudit.model import Finding
    from labelaudit.reports.documents import Documents
    from labelaudit.reports.summary import Seen

MAX_CAUSES = 40
MAX_SEEN = 10
_RANK = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was seen: where, in words, and items to open."""

    place: str
    message: str
    outcome: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """All that one check saw: how grave, how often, why it matters and what to do."""

    check: str
    title: str
    grave: str
    count: int
    why: str
    todo: str
    lines: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Causes:
    """The causes, gravest first, and how many findings no list holds."""

    shown: tuple[Cause, ...]
    left_out: int


def causes(documents: Documents) -> Causes:
    """Return what the checks saw, a group per check; what they could not look at is apart."""
    groups: dict[str, list[Finding]] = {}
    for found in documents.findings:
        if found.outcome != "unknown":
            groups.setdefault(found.check, []).append(found)
    ranked = sorted(groups.items(), key=lambda group: min(map(_grave, group[1])))
    shown = tuple(_cause(check, found) for check, found in ranked[:MAX_CAUSES])
    left = sum(len(found) for _, found in ranked[MAX_CAUSES:])
    return Causes(shown, left + documents.left_out("findings"))


def _grave(found: Finding) -> tuple[int, int]:
    return int(found.outcome != "breach"), _RANK[found.severity]


def _cause(check: str, found: list[Finding]) -> Cause:
    known, told = page(check), folded(sorted(found, key=_grave))
    shown = [line(group) for group in told[:MAX_SEEN]]
    return Cause(
        check=check,
        title=known.title,
        grave=_word(min(map(_grave, found))),
        count=len(found),
        why=known.why,
        todo=known.todo,
        lines=tuple(map(_line, shown)),
        left_out=len(found) - sum(seen.findings for seen in shown),
    )


def _word(rank: tuple[int, int]) -> str:
    if rank[0]:
        return "warning"
    return "serious" if rank[1] == 0 else "breach"


def _line(seen: Seen) -> Line:
    items = tuple(worst_items([seen.finding]))
    return Line(seen.place, seen.message, seen.finding.outcome, items)
