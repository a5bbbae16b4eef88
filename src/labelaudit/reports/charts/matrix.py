"""Who agrees with whom: a square of annotators, each share and count written in its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from labelaudit.reports.charts.base import FAINT, altair, dressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

_PALE, _DEEP = "#eaf2fb", "#0b3d91"
_CELL = 38
_MIDDLE = 0.5
"""The palest cell is at most this: small differences shall not look like large ones."""
_SMALL = 12
"""From so many people on a cell is too narrow for its numbers: the tooltip has it."""


class Met(Protocol):
    """Two annotators, the units they share, and on what share of them they agree."""

    @property
    def first(self) -> str: ...  # noqa: D102 - the class says what it is
    @property
    def second(self) -> str: ...  # noqa: D102 - the class says what it is
    @property
    def units(self) -> int: ...  # noqa: D102 - the class says what it is
    @property
    def agreement(self) -> float: ...  # noqa: D102 - the class says what it is


def matrix(pairs: Sequence[Met], people: Sequence[str], *, title: str = "") -> alt.LayerChart:
    """Who agrees with whom?

    Parameters
    ----------
    pairs
        Each pair once; pairs that are not there leave their cell empty.
    people
        The order of rows and columns.
    title
        Of the chart.

    """
    alt = altair()
    rows = [
        {
            "annotator": one,
            "other": other,
            "agreement": pair.agreement,
            "units": pair.units,
            "shown": f"n {pair.units:,}",
        }
        for pair in pairs
        for one, other in ((pair.first, pair.second), (pair.second, pair.first))
    ]
    least = min([_MIDDLE, *(pair.agreement for pair in pairs)])
    names = alt.Scale(domain=list(people))
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("annotator:N", scale=names, title=None, axis=alt.Axis(labelAngle=-40)),
        y=alt.Y("other:N", scale=names, title=None),
    )
    shade = alt.Scale(domain=[least, 1], range=[_PALE, _DEEP])
    cells = base.mark_rect(stroke=FAINT, strokeWidth=0.5).encode(
        color=alt.Color("agreement:Q", scale=shade, legend=None),
        tooltip=["annotator:N", "other:N", alt.Tooltip("agreement:Q", format=".1%"), "units:Q"],
    )
    if len(people) > _SMALL:
        return dressed(alt.layer(cells), title, height=60 + _CELL * len(people) // 2)
    dark = f"datum.agreement > {(least + 1) / 2:.6g}"
    ink = alt.condition(dark, alt.value("#ffffff"), alt.value("#111111"))
    shares = base.mark_text(fontSize=12, dy=-5).encode(
        text=alt.Text("agreement:Q", format=".0%"), color=ink
    )
    counts = base.mark_text(fontSize=9, dy=8).encode(text="shown:N", color=ink)
    return dressed(alt.layer(cells, shares, counts), title, height=60 + _CELL * len(people))
