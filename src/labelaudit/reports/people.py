"""The table of the annotators who stand lowest: on gold, and against their peers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.evidence import COMPARED_EXACTLY
from labelaudit.reports.summary import Section, number, without_empty, worst_items

if TYPE_CHECKING:
    from labelaudit.annotators import Annotator
    from labelaudit.audit import Audit
    from labelaudit.model import Finding

MAX_PEOPLE = 5
MAX_FLAGGED = 15
MIN_UNITS = 20
"""Below so many units, where somebody stands against the others is mostly chance."""

_NOTE = (
    "vs peers: points of agreement with the others on the same units, above or below what they"
    " have among themselves. Ranked by upper ends, so few answers make nobody lowest."
)


def people(audit: Audit) -> Section | None:
    """Return the annotators who are flagged, least right on gold, or furthest below peers."""
    exact = {
        question.question_id for question in audit.questions if question.scale in COMPARED_EXACTLY
    }
    known = [person for person in audit.annotators if person.question_id in exact]
    on_gold = sorted((person for person in known if person.gold_high is not None), key=_gold)
    compared = [person for person in known if person.excess_units >= MIN_UNITS]
    lowest = [*on_gold[:MAX_PEOPLE], *sorted(compared, key=_peers)[:MAX_PEOPLE]]
    ranked = sorted(dict.fromkeys(lowest), key=lambda person: not person.flagged_by)
    if not ranked:
        return None
    header = ("annotator", "question", "gold accuracy [95%]", "answers", "vs peers", "units")
    rows = tuple(_row(person) for person in ranked)
    return without_empty(Section("Lowest annotators (x: below peers)", header, rows, note=_NOTE))


def flagged(audit: Audit) -> Section | None:
    """Return who is flagged, by which checks, and items of theirs to open first."""
    by_person: dict[str, list[Finding]] = {}
    for finding in audit.findings:
        if finding.annotator_id and finding.outcome == "breach":
            by_person.setdefault(finding.annotator_id, []).append(finding)
    vendors = _vendors(audit)
    told = tuple((_told(who, found, vendors.get(who, "")),) for who, found in by_person.items())
    if not told:
        return None
    left = max(len(told) - MAX_FLAGGED, 0)
    return Section("Annotators to talk to, and where to look", (), told[:MAX_FLAGGED], left)


def _vendors(audit: Audit) -> dict[str, str]:
    """Return the vendors of every annotator, where there are several vendors."""
    found: dict[str, list[str]] = {}
    for vendor, staff in audit.after.staff.items() if len(audit.after.staff) > 1 else ():
        for who in staff:
            found.setdefault(who, []).append(vendor)
    return {who: f" ({', '.join(vendors)})" for who, vendors in found.items()}


def _told(who: str, found: list[Finding], vendor: str) -> str:
    checks = ", ".join(dict.fromkeys(_check(finding) for finding in found))
    items = worst_items(found)
    look = f"; look at {', '.join(items)}" if items else ""
    return f"{who}{vendor}: {checks}{look}"


def _check(found: Finding) -> str:
    other = found.evidence.get("other_annotator")
    return f"{found.check} (with {other})" if other else found.check


def _gold(person: Annotator) -> tuple[float, float, str]:
    return person.gold_high or 0.0, person.gold_accuracy or 0.0, person.annotator_id


def _peers(person: Annotator) -> tuple[float, str]:
    return (person.excess or 0.0) + 2 * (person.excess_se or 0.0), person.annotator_id


def _row(person: Annotator) -> tuple[str, ...]:
    span = f"[{number(person.gold_low)}, {number(person.gold_high)}]"
    gold = "-" if person.gold_accuracy is None else f"{person.gold_accuracy:z.3f} {span}"
    compared = person.excess is not None and person.excess_units >= MIN_UNITS
    return (
        f"{'x ' if person.flagged_by else ''}{person.annotator_id}",
        person.question_id,
        gold,
        f"{person.gold_answers:,}" if person.gold_answers else "-",
        f"{100 * (person.excess or 0.0):+z.0f}" if compared else "-",
        f"{person.excess_units:,}" if compared else "-",
    )
