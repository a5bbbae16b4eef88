"""Vendors on the items they share: the difference of each pair, with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.charts.base import COLOURS, INK, altair, dressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from labelaudit.scorecards import VendorComparison


def vendors(pairs: Sequence[VendorComparison], *, title: str = "") -> alt.LayerChart:
    """By how much do two vendors differ on the same items?

    Parameters
    ----------
    pairs
        `audit.after.vendors`; a pair that could not be compared is named with its reason.
    title
        Of the chart. To the right of 0 the vendor named first agrees better with itself.

    """
    alt = altair()
    rows = [_row(pair) for pair in pairs]
    axis = "difference in alpha on the same items"
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("pair:N", title=None, sort=[str(row["pair"]) for row in rows])
    )
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(strokeDash=[4, 4], color=INK)
    parts = [
        base.mark_rule(strokeWidth=3, color=COLOURS[0]).encode(
            x=alt.X("low:Q", title=axis), x2="high:Q"
        ),
        base.mark_point(size=80, filled=True, opacity=1, color=COLOURS[0]).encode(
            x=alt.X("difference:Q", title=axis),
            tooltip=["pair:N", "difference:Q", "low:Q", "high:Q", "units:Q", "p:Q"],
        ),
        zero.encode(x="zero:Q"),
    ]
    return dressed(alt.layer(*parts), title, height=40 + 26 * len(rows))


def _row(pair: VendorComparison) -> dict[str, float | str | None]:
    reason = f" ({pair.undefined})" if pair.undefined else ""
    return {
        "pair": f"{pair.question_id}: {pair.first} - {pair.second}{reason}",
        "difference": pair.difference,
        "low": pair.low,
        "high": pair.high,
        "units": pair.shared_units,
        "p": pair.adjusted_p,
    }
