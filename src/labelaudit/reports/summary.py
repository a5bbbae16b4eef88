"""What the text and markdown reports say, as plain rows: rendering comes after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.audit import Audit
    from labelaudit.model import BatchVerdict, Estimate, Finding, Threshold

MAX_ROWS = 20
MAX_PEOPLE = 5
VERDICT_WORDS = {
    "accept": "every batch is good enough",
    "review": "no batch is rejected, but not every one could be accepted",
    "reject": "at least one batch is rejected",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table, a line below it, and how many rows were left out."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0
    note: str = ""


def headline(audit: Audit) -> str:
    """Return the verdict in a sentence."""
    counts = dict.fromkeys(("accept", "review", "reject"), 0)
    for verdict in audit.verdicts:
        counts[verdict.verdict] += 1
    parts = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    total = len(audit.verdicts)
    batches = f"{total} batch" if total == 1 else f"{total} batches"
    return f"{audit.verdict.upper()}: {batches} ({parts or 'none delivered'})"


def size(audit: Audit) -> str:
    """Return how much was audited."""
    rows = sum(file.rows for file in audit.inputs)
    rejected = sum(file.rejected_rows for file in audit.inputs)
    files = len(audit.inputs)
    of = f"{files} file" if files == 1 else f"{files} files"
    return f"{rows:,} rows from {of}, {rejected:,} rejected; {len(audit.questions)} question(s)"


def sections(audit: Audit) -> Iterator[Section]:
    """Yield the tables of a report, most wanted first."""
    yield _batches(audit)
    yield _overall(audit)
    if vendors := _vendors(audit):
        yield vendors
    if people := _people(audit):
        yield people


def notes(audit: Audit) -> Iterator[str]:
    """Yield what a reader must know to read the numbers right."""
    if not audit.has_thresholds:
        yield (
            "No threshold is configured, so nothing could pass: set min_agreement under"
            " [policy] in labelaudit.toml."
        )
    if audit.masked:
        yield (
            f"{audit.masked} annotator id(s) look like names or e-mail addresses and are masked;"
            " set key_env under [privacy] for stable pseudonyms."
        )
    yield (
        "Intervals: 95%, delete-one-unit jackknife on log(1 - value); gold by Korn-Graubard"
        " over annotators. Floors are held against one-sided bounds, never against points."
    )


def finding_place(finding: Finding) -> str:
    """Return what a finding is about, in one word or two."""
    parts = [
        finding.batch_id,
        finding.vendor,
        finding.annotator_id,
        finding.item_id,
        finding.question_id,
    ]
    return " / ".join(part for part in parts if part) or "delivery"


def number(value: float | None, digits: int = 3) -> str:
    """Write a number, or a dash where there is none."""
    return "-" if value is None else f"{value:.{digits}f}"


def interval(estimate: Estimate | None) -> str:
    """Write a value with its interval, or why there is none."""
    if estimate is None:
        return "-"
    if estimate.value is None:
        return estimate.undefined or "undefined"
    if estimate.low is None:
        return f"{estimate.value:.3f} ({estimate.interval_undefined})"
    return f"{estimate.value:.3f} [{number(estimate.low)}, {number(estimate.high)}]"


def _batches(audit: Audit) -> Section:
    order = {"reject": 0, "review": 1, "accept": 2}
    ranked = sorted(audit.verdicts, key=lambda found: (order[found.verdict], found.batch_id))
    rows = tuple(_batch_row(audit, found) for found in ranked[:MAX_ROWS])
    header = ("batch", "verdict", "units", "people", "worst bound", "because")
    return Section("Batches", header, rows, len(ranked) - len(rows))


def _batch_row(audit: Audit, verdict: BatchVerdict) -> tuple[str, ...]:
    held = min(verdict.thresholds, key=_margin, default=None)
    return (
        verdict.batch_id,
        verdict.verdict,
        f"{verdict.units:,}",
        f"{verdict.annotators:,}",
        _bound(held),
        ", ".join(verdict.reasons) or "all floors passed",
    )


_RANK = {"fail": 0, "inconclusive": 1, "pass": 2}


def _margin(threshold: Threshold) -> tuple[int, float]:
    bound = threshold.bound if threshold.bound is not None else -1.0
    return _RANK[threshold.outcome], bound - threshold.limit


def _bound(threshold: Threshold | None) -> str:
    if threshold is None:
        return "no floor"
    if threshold.bound is None:
        return "not measured"
    sign = {"fail": "<", "pass": ">=", "inconclusive": "?"}[threshold.outcome]
    return f"{threshold.bound:.3f} {sign} {threshold.limit:.3f}"


def _overall(audit: Audit) -> Section:
    whole = [found for found in audit.estimates if _is_whole(found)]
    rows = tuple(
        (
            found.question_id or "",
            found.coefficient,
            interval(found),
            f"{found.units:,}",
            f"{found.annotations:,}",
        )
        for found in whole
    )
    header = ("question", "coefficient", "value [95%]", "units", "labels")
    return Section("Over everything", header, rows)


def _is_whole(found: Estimate) -> bool:
    return found.batch_id is None and found.vendor is None and found.annotator_id is None


def _vendors(audit: Audit) -> Section | None:
    found = [estimate for estimate in audit.estimates if estimate.vendor is not None]
    if not found:
        return None
    rows: dict[tuple[str, str], dict[str, Estimate]] = {}
    for estimate in found:
        key = estimate.question_id or "", estimate.vendor or ""
        rows.setdefault(key, {})[estimate.coefficient] = estimate
    table = tuple(
        (
            question,
            vendor,
            interval(by_name.get("krippendorff-alpha")),
            interval(by_name.get("gold-accuracy")),
            f"{max(estimate.units for estimate in by_name.values()):,}",
        )
        for (question, vendor), by_name in sorted(rows.items())
    )
    header = ("question", "vendor", "alpha [95%]", "gold accuracy [95%]", "units")
    return Section("Vendors side by side", header, table)


def _people(audit: Audit) -> Section | None:
    """List the annotators least right on gold and least like their peers, with n."""
    found = [
        estimate
        for estimate in audit.estimates
        if estimate.annotator_id is not None and estimate.high is not None
    ]
    if not found:
        return None
    rows = []
    for name in ("gold-accuracy", "peer-agreement"):
        ranked = sorted(
            (estimate for estimate in found if estimate.coefficient == name),
            key=lambda estimate: (estimate.high, estimate.value, estimate.annotator_id),
        )
        rows += [_person(estimate) for estimate in ranked[:MAX_PEOPLE]]
    header = ("annotator", "question", "measure", "value [95%]", "n")
    note = "Ranked by the upper end of the interval, so few answers do not make somebody worst."
    return Section("Lowest annotators", header, tuple(rows), note=note)


def _person(estimate: Estimate) -> tuple[str, ...]:
    return (
        estimate.annotator_id or "",
        estimate.question_id or "",
        estimate.coefficient,
        interval(estimate),
        f"{estimate.units:,}",
    )
