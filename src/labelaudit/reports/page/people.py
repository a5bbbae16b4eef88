"""The annotators of the page: flagged ones, then those who stand lowest, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.reports.page.plots import Ruler

if TYPE_CHECKING:
    from labelaudit.model import Estimate
    from labelaudit.reports.documents import Documents
    from labelaudit.reports.page.plots import Plot

MAX_PEOPLE = 20
EXACT = ("nominal", "ordinal", "preference", "set")
"""The scales on which equal answers say something; they do not between 51.2 and 51.3."""
LEAST_UNITS = 20
"""Below so many units, where somebody stands against the others is mostly chance."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of a person: its numbers as text, on how many units, and its plot."""

    value: str
    units: str
    plot: Plot


@dataclass(frozen=True, slots=True)
class Person:
    """One annotator at one question."""

    name: str
    question: str
    vendors: str
    flags: tuple[str, ...]
    gold: Rate | None
    peers: Rate | None


@dataclass(frozen=True, slots=True)
class People:
    """The annotators to show, and how many lines are left out."""

    shown: tuple[Person, ...]
    left_out: int
    ruler: Ruler


def people(documents: Documents) -> People:
    """Return annotators: flagged, then lowest; the lines of each together."""
    lines: dict[tuple[str, str], dict[str, Estimate]] = {}
    for one in documents.estimates:
        told = one.annotator_id is not None and one.value is not None and one.scale in EXACT
        if told and one.units >= LEAST_UNITS:
            key = one.annotator_id or "", one.question_id or ""
            lines.setdefault(key, {})[one.coefficient] = one
    flags = _flags(documents)
    first: dict[str, tuple[bool, float]] = {}
    for key, rates in lines.items():
        at = key not in flags, _lowest(rates)
        first[key[0]] = min(at, first.get(key[0], at))
    ranked = sorted(lines, key=lambda key: (first[key[0]], key))
    vendors: dict[str, list[str]] = {}
    for vendor, staff in documents.staff.items():
        for name in staff:
            vendors.setdefault(name, []).append(vendor)
    shown = [
        _person(key, lines[key], flags.get(key, []), ", ".join(vendors.get(key[0], [])))
        for key in ranked[:MAX_PEOPLE]
    ]
    return People(tuple(shown), len(ranked) - len(shown), Ruler())


def _flags(documents: Documents) -> dict[tuple[str, str], list[str]]:
    """Return the checks with a breach about each annotator at each question."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in documents.findings:
        if one.annotator_id and one.outcome == "breach":
            seen = found.setdefault((one.annotator_id, one.question_id or ""), [])
            if one.check not in seen:
                seen.append(one.check)
    return found


def _lowest(rates: dict[str, Estimate]) -> float:
    """Rank by upper ends, so that few answers make nobody lowest."""
    gold, peers = rates.get("gold-accuracy"), rates.get("peer-agreement")
    ends = [one.high if one.high is not None else 1.0 for one in (gold, peers) if one]
    return min(ends, default=2.0)


def _person(
    key: tuple[str, str], rates: dict[str, Estimate], flags: list[str], vendors: str
) -> Person:
    name, question = key
    gold, peers = (_rate(rates.get(what)) for what in ("gold-accuracy", "peer-agreement"))
    return Person(name, question, vendors, tuple(flags), gold, peers)


def _rate(found: Estimate | None) -> Rate | None:
    if found is None or found.value is None:
        return None
    return Rate(f"{found.value:z.3f}", f"{found.units:,}", Ruler().plot(found))
