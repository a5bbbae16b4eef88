"""What every chart shares: altair, colours, and a dress that reads on light, dark and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.errors import MissingExtraError

if TYPE_CHECKING:
    from types import ModuleType

    import altair as alt

INK, DARK_INK, FAINT = "#24292f", "#e6edf3", "#8b949e"
COLOURS = ("#2f81f7", "#d4691e", "#8957e5", "#2da44e", "#bf3989", "#9a6700")
_EXTRA = "report"
_LONGEST, _AXES = 320, 50
_STYLE = (
    "<style>@media (prefers-color-scheme: dark) {"
    f' [fill="{INK}"] {{ fill: {DARK_INK} }} [stroke="{INK}"] {{ stroke: {DARK_INK} }} '
    "}</style>"
)


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


def themed(chart: alt.LayerChart) -> dict[str, object]:
    """Return a chart without its own dress, for a page that has a theme and a width of its own."""
    bare: dict[str, object] = chart.to_dict(validate=False)  # checking costs more than drawing
    bare["config"] = {"axis": {"labelLimit": _LONGEST}}
    height = bare.get("height")
    # a page fits axes into the height, where reports add them to it
    bare |= {"width": "container", "height": height + _AXES if isinstance(height, int) else 300}
    return {name: _seen_on_both(part) for name, part in bare.items()}


def _seen_on_both(part: object) -> object:
    """Return a part of a chart with what is drawn in ink drawn in a tone seen on both grounds."""
    if isinstance(part, dict):
        return {name: _seen_on_both(inner) for name, inner in part.items()}
    if isinstance(part, list):
        return [_seen_on_both(inner) for inner in part]
    return FAINT if part == INK else part


def altair() -> ModuleType:
    """Return the package.

    Raises
    ------
    MissingExtraError
        If it is not installed.

    """
    try:
        import altair as alt
    except ImportError as error:
        raise MissingExtraError("charts", _EXTRA) from error
    return alt


def dressed(chart: alt.LayerChart, title: str, height: int = 260) -> alt.LayerChart:
    """Return a chart in the dress of all charts."""
    result: alt.LayerChart = (
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
            labelLimit=_LONGEST,
        )
        .configure_legend(labelColor=INK, titleColor=INK)
        .configure_title(color=INK, fontSize=14, anchor="start")
    )
    return result
