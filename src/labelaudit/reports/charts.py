"""Charts, drawn with altair for reports, documents and notebooks; they compute nothing.

Colours are chosen to be read on light and on dark ground; `to_svg` lets the text follow the
reader's theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    import altair as alt

    from labelaudit.model import Estimate

INK, DARK_INK, FAINT = "#24292f", "#e6edf3", "#8b949e"
COLOURS = ("#2f81f7", "#d4691e", "#8957e5", "#2da44e", "#bf3989", "#9a6700")
_EXTRA = "report"
_STYLE = (
    "<style>@media (prefers-color-scheme: dark) {"
    f' [fill="{INK}"] {{ fill: {DARK_INK} }} [stroke="{INK}"] {{ stroke: {DARK_INK} }} '
    "}</style>"
)


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
    alt = _altair()
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
    return _dressed(alt.layer(chart), title)


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
    alt = _altair()
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
    return _dressed(alt.layer(*parts), title, height=40 + 24 * len(rows))


def to_svg(chart: alt.LayerChart) -> str:
    """Return a still picture whose text is dark on light ground and light on dark ground.

    Raises
    ------
    MissingExtraError
        If vl-convert is not installed.

    """
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError("still pictures of charts", _EXTRA) from error
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict())
    head, mark, rest = svg.partition(">")
    return f"{head}{mark}{_STYLE}{rest}\n"


def _altair() -> ModuleType:
    try:
        import altair as alt
    except ImportError as error:
        raise MissingExtraError("charts", _EXTRA) from error
    return alt


def _row(name: str, estimate: Estimate) -> dict[str, float | str | None]:
    reason = f" ({estimate.undefined})" if estimate.undefined else ""
    return {
        "name": f"{name}{reason}",
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
    }


def _dressed(chart: alt.LayerChart, title: str, height: int = 260) -> alt.LayerChart:
    dressed: alt.LayerChart = (
        chart.properties(width=460, height=height, title=title, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=INK,
            tickColor=FAINT,
            domainColor=FAINT,
            gridColor=FAINT,
            gridOpacity=0.3,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            labelLimit=320,
        )
        .configure_title(color=INK, fontSize=14, anchor="start")
    )
    return dressed
