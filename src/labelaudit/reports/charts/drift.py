"""Change over batches: agreement with intervals, label shares, a control chart with its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.charts.base import COLOURS, FAINT, INK, altair, dressed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import altair as alt

    from labelaudit.model import Estimate

IN, OUT = "within the limits", "outside"
MIN_NAMED = 0.08
"""Share of a bar from which its label is written in it, so that colour is not needed."""
_ANGLED, _FEW = -40, 3


def agreement_by_batch(
    estimates: Sequence[Estimate],
    *,
    title: str = "",
    floor: float | None = None,
    marked: str | None = None,
) -> alt.LayerChart:
    """How did agreement move from batch to batch?

    Parameters
    ----------
    estimates
        One coefficient and question by batch, in the order to show.
    title
        Of the chart.
    floor
        A limit to draw, if any.
    marked
        The batch that the reader looks at, if any: drawn as a larger diamond.

    """
    alt = altair()
    rows = [
        {"batch": found.batch_id, "value": found.value, "low": found.low, "high": found.high}
        for found in estimates
        if found.value is not None
    ]
    x = _batches([str(row["batch"]) for row in rows])
    base = alt.Chart(alt.Data(values=rows)).encode(x=x)
    name = estimates[0].coefficient if estimates else "agreement"
    parts = [
        base.mark_rule(strokeWidth=3, color=COLOURS[0]).encode(
            y=alt.Y("low:Q", title=name), y2="high:Q"
        ),
        base.mark_line(color=COLOURS[0], strokeWidth=1.5).encode(y=alt.Y("value:Q", title=name)),
        base.mark_point(size=70, filled=True, opacity=1, color=COLOURS[0]).encode(y="value:Q"),
    ]
    if floor is not None:
        parts.append(_level(floor, COLOURS[1]))
    if marked is not None:
        own = base.transform_filter(alt.FieldEqualPredicate(field="batch", equal=marked))
        diamond = own.mark_point(
            shape="diamond", size=260, filled=True, opacity=1, color=COLOURS[0], stroke=COLOURS[1]
        )
        parts.append(diamond.encode(y="value:Q"))
    return dressed(alt.layer(*parts), title)


def label_shares(
    shares: Mapping[str, Mapping[str, float]], *, title: str = "", labels: Sequence[str] = ()
) -> alt.LayerChart:
    """How did the mix of labels move from batch to batch?

    Parameters
    ----------
    shares
        batch -> label -> share of the batch's labels, batches in the order to show.
    title
        Of the chart.
    labels
        The order of the labels; as they come, if omitted.

    """
    alt = altair()
    order = list(labels) or list(dict.fromkeys(name for mix in shares.values() for name in mix))
    rows = [
        {
            "batch": batch,
            "label": label,
            "share": mix.get(label, 0.0),
            "shown": label if mix.get(label, 0.0) >= MIN_NAMED else "",
            "place": place,
        }
        for batch, mix in shares.items()
        for place, label in enumerate(order)
    ]
    colours = [COLOURS[at % len(COLOURS)] for at in range(len(order))]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=_batches(list(shares)),
        y=alt.Y("share:Q", stack="zero", title="share of labels", scale=alt.Scale(domain=[0, 1])),
        order=alt.Order("place:Q"),
        detail="label:N",
    )
    bars = base.mark_bar(stroke="#ffffff", strokeWidth=1).encode(
        color=alt.Color(
            "label:N",
            sort=order,
            scale=alt.Scale(domain=order, range=colours),
            legend=alt.Legend(orient="top", title=None),
        ),
        tooltip=["batch:N", "label:N", "share:Q"],
    )
    middle = alt.Y("share:Q", stack="zero", bandPosition=0.5)
    words = base.mark_text(color="#ffffff", fontSize=11).encode(y=middle, text="shown:N")
    return dressed(alt.layer(bars, words), title)


def control_chart(
    points: Mapping[str, float],
    *,
    centre: float,
    lower: float | Sequence[float] | None = None,
    upper: float | Sequence[float] | None = None,
    changes: Sequence[str] = (),
    title: str = "",
    y: str = "value",
) -> alt.LayerChart:
    """Which batches lie outside what the others let expect, and where did it change?

    Parameters
    ----------
    points
        What is charted, by batch, in order.
    centre
        The line that batches vary around.
    lower, upper
        Control limits, one for all batches or one for each; None for no limit.
    changes
        Batches where a change point was found: drawn as a named vertical line.
    title, y
        Of the chart, and of its axis.

    """
    alt = altair()
    names = list(points)
    lows, highs = _limits(lower, len(names)), _limits(upper, len(names))
    rows = [
        {
            "batch": name,
            "value": value,
            "lower": low,
            "upper": high,
            "state": _state(value, low, high),
        }
        for (name, value), low, high in zip(points.items(), lows, highs, strict=True)
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(x=_batches(names))
    limits = [name for name, given in (("lower", lower), ("upper", upper)) if given is not None]
    parts = [
        *(_limit(base, alt.Y(f"{name}:Q", title=y)) for name in limits),
        base.mark_line(color=FAINT).encode(y=alt.Y("value:Q", title=y)),
        _points(base, y),
        _level(centre, INK),
        *_changes(changes, names),
    ]
    return dressed(alt.layer(*parts), title)


def _limit(base: alt.Chart, at: alt.Y) -> alt.Chart:
    dashed = base.mark_line(strokeDash=[4, 4], color=COLOURS[1], interpolate="step")
    drawn: alt.Chart = dashed.encode(y=at)
    return drawn


def _points(base: alt.Chart, y: str) -> alt.Chart:
    """Return the points, those outside marked by colour and shape."""
    vega = altair()
    legend, states = vega.Legend(orient="top", title=None), [IN, OUT]
    colours = vega.Scale(domain=states, range=[COLOURS[0], COLOURS[1]])
    shapes = vega.Scale(domain=states, range=["circle", "cross"])
    points: alt.Chart = base.mark_point(size=80, filled=True, opacity=1).encode(
        y=vega.Y("value:Q", title=y),
        color=vega.Color("state:N", scale=colours, legend=legend),
        shape=vega.Shape("state:N", scale=shapes, legend=legend),
    )
    return points


def _changes(changes: Sequence[str], names: Sequence[str]) -> list[alt.Chart]:
    vega = altair()
    if not changes:
        return []
    rows = [{"batch": name, "text": "change"} for name in changes]
    at = vega.Chart(vega.Data(values=rows)).encode(x=_batches(names))
    words = at.mark_text(dy=-6, y=0, color=COLOURS[4], fontSize=12)
    return [at.mark_rule(color=COLOURS[4], strokeWidth=2), words.encode(text="text:N")]


def _batches(names: Sequence[str]) -> alt.X:
    vega = altair()
    axis = vega.Axis(labelAngle=_ANGLED if len(names) > _FEW else 0)
    channel: alt.X = vega.X("batch:N", sort=list(names), title=None, axis=axis)
    return channel


def _level(value: float, colour: str) -> alt.Chart:
    vega = altair()
    data = vega.Chart(vega.Data(values=[{"level": value}]))
    rule = data.mark_rule(strokeDash=[4, 4], color=colour, strokeWidth=2)
    drawn: alt.Chart = rule.encode(y="level:Q")
    return drawn


def _limits(given: float | Sequence[float] | None, count: int) -> list[float | None]:
    """Return a limit for each batch."""
    if given is None:
        return [None] * count
    return [given] * count if isinstance(given, int | float) else list(given)


def _state(value: float, low: float | None, high: float | None) -> str:
    under, over = low is not None and value < low, high is not None and value > high
    return OUT if under or over else IN
