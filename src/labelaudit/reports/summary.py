"""What the text and markdown reports say in lines: verdict, size, findings, notes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from labelaudit.concluding import FINITE_LOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from labelaudit.audit import Audit
    from labelaudit.model import BatchVerdict, Estimate, Finding
    from labelaudit.reports.documents import Documents

MAX_ROWS = 20
MAX_BREACHES = 40
MAX_ITEMS = 5


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table, a line below it, and how many rows were left out.

    Without a header the rows are sentences, one cell each.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0
    note: str = ""


def without_empty(section: Section) -> Section:
    """Return the table without columns that hold a dash in every row."""
    cells = zip(section.header, *section.rows, strict=True)
    kept = [column for column in cells if not section.rows or {*column[1:]} != {"-"}]
    header, *rows = zip(*kept, strict=True)
    return replace(section, header=header, rows=tuple(rows))


def without(section: Section, name: str) -> Section:
    """Return the table without one column: that of the question, where there is only one."""
    if name not in section.header:
        return section
    at = section.header.index(name)
    rows = tuple((*row[:at], *row[at + 1 :]) for row in section.rows)
    return replace(section, header=(*section.header[:at], *section.header[at + 1 :]), rows=rows)


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as a line: what was seen, and every place where that was seen."""

    finding: Finding
    place: str
    message: str
    findings: int = 1


def headline(audit: Audit | Documents) -> str:
    """Return the verdict in a sentence."""
    if not audit.verdicts:
        return "REVIEW: no batch was delivered"
    words = {"reject": "rejected", "review": "to review", "accept": "accepted"}
    given = Counter[str](found.verdict for found in audit.verdicts)
    first, *others = [(given[name], said) for name, said in words.items() if given[name]]
    parts = [f"{first[0]} of {many(given.total(), 'batch', 'batches')} {first[1]}"]
    parts += [f"{count} {said}" for count, said in others]
    if audit.let_through:
        parts.append(f"{len(audit.let_through)} let through by waivers")
    return f"{audit.verdict.upper()}: {', '.join(parts)}"


def size(audit: Audit | Documents) -> str:
    """Return how much was audited."""
    rows = sum(file.rows for file in audit.inputs)
    rejected = sum(file.rejected_rows for file in audit.inputs)
    aside = f" ({rejected:,} rejected, listed in rejected.csv)" if rejected else ""
    files = many(len(audit.inputs), "file")
    return f"{many(rows, 'row')} from {files}{aside}, {many(len(audit.questions), 'question')}"


def accepted(verdict: BatchVerdict) -> str:
    """Say why a batch that nothing speaks against is accepted."""
    undecided = any(held.outcome == "inconclusive" for held in verdict.thresholds)
    return "undecided, which the policy accepts" if undecided else "all floors passed"


def many(count: int, thing: str, things: str = "") -> str:
    """Write a count with its noun."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def lines(audit: Audit | Documents) -> tuple[tuple[Seen, ...], int]:
    """Return the findings to show, and how many are left out.

    What was seen alike at several questions of a batch is one line, and so is what a check
    saw of one person at several questions. Warnings are cut before breaches. What could not
    be looked at is for `reports.unseen`.
    """
    looked = [found for found in audit.findings if found.outcome != "unknown"]
    told = sorted(folded(looked), key=lambda group: group[0].outcome != "breach")
    breaches = sum(group[0].outcome == "breach" for group in told)
    shown = tuple(map(line, told[: max(MAX_ROWS, min(breaches, MAX_BREACHES))]))
    left_out = len(looked) - sum(seen.findings for seen in shown)
    return shown, left_out


def folded(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return findings in groups, each to be a line: those seen alike at several questions."""
    alike: dict[tuple[str | None, ...], list[Finding]] = {}
    for found in findings:
        said = None if found.annotator_id else found.message
        key = found.check, found.outcome, found.batch_id, found.annotator_id, said
        alike.setdefault(key, []).append(found)
    return [*alike.values()]


def line(group: list[Finding]) -> Seen:
    """Return a group of findings as one line."""
    first, *others = group
    alike = [found for found in group if found.message == first.message]
    also = ", ".join(found.question_id or "" for found in others if found not in alike)
    said = f"{first.message}; also at {also}" if also else first.message
    return Seen(first, _place(alike), said, len(group))


def _place(group: list[Finding]) -> str:
    first = group[0]
    scope = (first.batch_id, first.vendor, first.annotator_id, first.item_id)
    questions = ", ".join(found.question_id for found in group if found.question_id)
    return " / ".join(part for part in (*scope, questions) if part) or "the delivery"


def notes(audit: Audit) -> Iterator[str]:
    """Yield what a reader must know to read the numbers right."""
    if audit.gate:
        yield f"Gate: {audit.gate.outcome.looks}."
        if audit.gate.outcome.multiplicity:
            yield f"Gate: {audit.gate.outcome.multiplicity}."
    if audit.gate and (ledger := audit.gate.ledger):
        yield f"Ledger: entry {ledger['entries']}, head"
        yield str(ledger["sha256"])
    if not audit.has_thresholds:
        yield (
            "No threshold is configured, so nothing could pass: set min_agreement under"
            " [policy] in labelaudit.toml."
        )
    if audit.masked:
        yield (
            f"{many(audit.masked, 'annotator id')} that looked like a name or an e-mail address"
            " masked; set key_env under [privacy] for stable pseudonyms."
        )
    if any(found.undefined == "disconnected-annotators" for found in audit.estimates):
        yield (
            "disconnected-annotators: groups of people share no item, so no figure holds over"
            " both; labelaudit agreement DATA names the groups."
        )
    gold = any(found.coefficient == "gold-accuracy" for found in audit.estimates)
    of_gold = "; gold by Korn-Graubard over annotators" if gold else ""
    if of_a_lot(audit.verdicts):
        yield f"{LOT}."
    yield (
        f"Intervals: 95%, delete-one-unit jackknife on log(1 - value){of_gold}. Floors are held"
        " against one-sided bounds, never against points."
    )


LOT = (
    "Gold floors of a finite lot speak of the batch's own answers, of which those on gold were"
    " drawn at random, so the policy says; other intervals are of the work in general"
)


def of_a_lot(verdicts: Iterable[BatchVerdict]) -> bool:
    """Say whether a gold floor was held for the answers of its batch alone."""
    held = (threshold for verdict in verdicts for threshold in verdict.thresholds)
    return any(FINITE_LOT in (threshold.method or "") for threshold in held)


def readings(audit: Audit) -> tuple[str, ...]:
    """Return what was passed over or guessed while reading; it may hold text of the delivery."""
    return audit.said[len(audit.inputs) :]


def number(value: float | None, digits: int = 3) -> str:
    """Write a number, or a dash where there is none."""
    return "-" if value is None else f"{value:z.{digits}f}"


def interval(estimate: Estimate | None) -> str:
    """Write a value with its interval, or why there is none."""
    if estimate is None:
        return "-"
    if estimate.value is None:
        return estimate.undefined or "undefined"
    if estimate.low is None:
        return f"{estimate.value:z.3f} ({estimate.interval_undefined})"
    return f"{estimate.value:z.3f} [{number(estimate.low)}, {number(estimate.high)}]"


def worst_items(found: Iterable[Finding], most: int = MAX_ITEMS) -> list[str]:
    """Return the items that findings name for a reviewer to open."""
    named = (finding.evidence.get("items") for finding in found)
    listed = (str(item) for items in named if isinstance(items, list) for item in items)
    return list(dict.fromkeys(listed))[:most]
