"""Vendors on the items they share: the only fair comparison of two vendors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.summary import MAX_ROWS, Section, number

if TYPE_CHECKING:
    from labelaudit.audit import Audit
    from labelaudit.scorecards import VendorComparison

_CLEAR = 0.05


def same_items(audit: Audit) -> Section | None:
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
