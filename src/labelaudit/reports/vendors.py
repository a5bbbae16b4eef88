"""Vendors on the items they share: the only fair comparison of two vendors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.summary import MAX_ROWS, Section, interval, number, without_empty

if TYPE_CHECKING:
    from labelaudit.audit import Audit
    from labelaudit.model import Estimate
    from labelaudit.reports.documents import Documents
    from labelaudit.scorecards import VendorComparison

_CLEAR = 0.05


def same_items(audit: Audit | Documents) -> Section | None:
    """Return every two vendors on shared items, the difference with its interval."""
    found = [pair for pair in audit.after.vendors if pair.difference is not None]
    if not found:
        return None
    header = ("question", "vendors", "units", "alpha", "difference [95%]")
    rows = tuple(_row(pair) for pair in found[:MAX_ROWS])
    note = "Paired by item, so hard items count alike. *: p below 0.05, adjusted for all pairs."
    left = len(found) - len(rows)
    return Section("Vendors on the same items", header, rows, left, note)


def _row(pair: VendorComparison) -> tuple[str, ...]:
    clear = pair.adjusted_p is not None and pair.adjusted_p < _CLEAR
    span = f"({pair.undefined})"
    if pair.low is not None and pair.high is not None:
        span = f"[{pair.low:+z.3f}, {pair.high:+z.3f}]"
    return (
        pair.question_id,
        f"{pair.first} - {pair.second}",
        f"{pair.shared_units:,}",
        f"{number(pair.first_value)} - {number(pair.second_value)}",
        f"{pair.difference:+z.3f} {span}{' *' if clear else ''}",
    )


def side_by_side(audit: Audit | Documents) -> Section | None:
    """Return alpha and accuracy on gold of every vendor, where there are several."""
    rows: dict[tuple[str, str], dict[str, Estimate]] = {}
    for estimate in audit.estimates:
        if estimate.vendor is not None:
            key = estimate.question_id or "", estimate.vendor
            rows.setdefault(key, {})[estimate.coefficient] = estimate
    if len({vendor for _, vendor in rows}) < 2:
        return None
    table = tuple((*key, *_vendor(by_name)) for key, by_name in sorted(rows.items()))
    header = ("question", "vendor", "alpha [95%]", "units", "gold accuracy [95%]", "answers")
    left = len(table) - MAX_ROWS
    section = Section("Vendors side by side", header, table[:MAX_ROWS], max(left, 0))
    return without_empty(section)


def _vendor(by_name: dict[str, Estimate]) -> tuple[str, ...]:
    alpha, gold = by_name["krippendorff-alpha"], by_name.get("gold-accuracy")
    answers = f"{gold.annotations:,}" if gold else "-"
    return interval(alpha), f"{alpha.units:,}", interval(gold), answers
