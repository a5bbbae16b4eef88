"""Charts of anything: lines, and estimates with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.charts.base import COLOURS, INK, altair, dressed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import altair as alt

    from labelaudit.model import Estimate


def lines(
    rows: Sequence[Mapping[str, float | str]],
    *,
    x: str,
    y: str,
    series: str,
    title: str = "",
) -> alt.LayerChart:
    """How does one number move with another, for several series?

    Parameters
    ----------
    rows
        One mapping per point, with a number under `x`, one from 0 to 1 under `y`, and the
        name of its line under `series`; rising in x.
    x, y, series
        Keys of the rows; they are the titles of the axes too.
    title
        Of the chart.

    Raises
    ------
    MissingExtraError
        If altair is not installed.

    """
    alt = altair()
    names = list(dict.fromkeys(str(row[series]) for row in rows))
    chart = (
        alt.Chart(alt.Data(values=[dict(row) for row in rows]))
        .mark_line(strokeWidth=2.5, point=True)
        .encode(
            x=alt.X(f"{x}:Q", title=x),
            y=alt.Y(f"{y}:Q", title=y, scale=alt.Scale(domain=[0, 1])),
            color=alt.Color(
                f"{series}:N",
                scale=alt.Scale(domain=names, range=list(COLOURS[: len(names)])),
                legend=alt.Legend(orient="top", title=None, labelColor=INK, labelFontSize=12),
            ),
        )
    )
    return dressed(alt.layer(chart), title)


def intervals(
    estimates: Mapping[str, Estimate], *, title: str = "", floor: float | None = None
) -> alt.LayerChart:
    """Where do estimates lie, and how sure are they?

    Parameters
    ----------
    estimates
        Estimates by the name to show, in the order to show them. One without a value is
        named with its reason code; one without an interval is a point.
    title
        Of the chart.
    floor
        A limit to draw, if any.

    Raises
    ------
    MissingExtraError
        If altair is not installed.

    """
    alt = altair()
    rows = [_row(name, estimate) for name, estimate in estimates.items()]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("name:N", title=None, sort=[str(row["name"]) for row in rows])
    )
    lows, values = alt.X("low:Q", title="agreement"), alt.X("value:Q", title="agreement")
    parts = [
        base.mark_rule(strokeWidth=3, color=COLOURS[0]).encode(x=lows, x2="high:Q"),
        base.mark_point(size=70, filled=True, opacity=1, color=COLOURS[0]).encode(x=values),
    ]
    if floor is not None:
        limit = alt.Chart(alt.Data(values=[{"floor": floor}]))
        rule = limit.mark_rule(strokeDash=[4, 4], color=COLOURS[1], strokeWidth=2)
        parts.append(rule.encode(x="floor:Q"))
    return dressed(alt.layer(*parts), title, height=40 + 24 * len(rows))


def _row(name: str, estimate: Estimate) -> dict[str, float | str | None]:
    reason = f" ({estimate.undefined})" if estimate.undefined else ""
    return {
        "name": f"{name}{reason}",
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
    }
