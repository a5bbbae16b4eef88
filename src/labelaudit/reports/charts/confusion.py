"""Which labels are confused: a square of shares of all disagreement, written in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.charts.base import altair, dressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from labelaudit.scorecards import ConfusedPair


def confusion(
    pairs: Sequence[ConfusedPair], *, labels: Sequence[str] = (), title: str = ""
) -> alt.LayerChart:
    """Between which two labels does disagreement lie?

    Parameters
    ----------
    pairs
        `audit.after.confusions`, of one question.
    labels
        The order of the labels; as they come in the pairs, if omitted.
    title
        Of the chart.

    """
    alt = altair()
    order = list(labels) or list(
        dict.fromkeys(name for pair in pairs for name in (pair.label, pair.other_label))
    )
    rows = [
        {"label": one, "other": other, "share": pair.share, "units": pair.units}
        for pair in pairs
        for one, other in ((pair.label, pair.other_label), (pair.other_label, pair.label))
    ]
    top = max((pair.share for pair in pairs), default=1.0)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("label:N", sort=order, title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("other:N", sort=order, title=None),
    )
    shade = alt.Scale(domain=[0, top], range=["#eaf2fb", "#0b3d91"])
    cells = base.mark_rect().encode(
        color=alt.Color("share:Q", scale=shade, legend=None),
        tooltip=["label:N", "other:N", "share:Q", "units:Q"],
    )
    dark = f"datum.share > {top / 2:.6g}"
    numbers = base.mark_text(fontSize=13).encode(
        text=alt.Text("share:Q", format=".0%"),
        color=alt.condition(dark, alt.value("#ffffff"), alt.value("#111111")),
    )
    return dressed(alt.layer(cells, numbers), title, height=60 + 36 * max(len(order), 1))
