"""Item risk: how likely the consensus label of each queued item is wrong, riskiest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.charts.base import COLOURS, altair, dressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from labelaudit.queue import Item

_DRAWN = {"risk": "by risk", "uniform": "drawn uniformly", "": "to relabel only"}


def item_risk(items: Sequence[Item], *, title: str = "") -> alt.LayerChart:
    """How does the risk fall along the queue?

    Parameters
    ----------
    items
        `audit.items`, of one question; items of unknown risk are left out.
    title
        Of the chart.

    """
    alt = altair()
    rows = [
        {
            "rank": item.rank,
            "risk": item.risk,
            "item": item.item_id,
            "why": item.why,
            "votes": item.votes,
            "drawn": _DRAWN[item.drawn],
        }
        for item in items
        if item.risk is not None
    ]
    names = [*_DRAWN.values()]
    points = (
        alt.Chart(alt.Data(values=rows))
        .mark_point(size=45, filled=True, opacity=0.9)
        .encode(
            x=alt.X("rank:Q", title="rank"),
            y=alt.Y("risk:Q", title="probability that the label is wrong"),
            color=alt.Color(
                "drawn:N",
                scale=alt.Scale(domain=names, range=list(COLOURS[:3])),
                legend=alt.Legend(orient="top", title=None),
            ),
            shape=alt.Shape(
                "drawn:N",
                scale=alt.Scale(domain=names, range=["circle", "triangle-up", "square"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=["item:N", "why:N", "votes:N", "risk:Q"],
        )
    )
    return dressed(alt.layer(points), title)
