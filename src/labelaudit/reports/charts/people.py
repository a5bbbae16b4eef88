"""Annotators: each rate with its interval, flagged people marked by shape as well as colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from labelaudit.reports.charts.base import COLOURS, altair, dressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from labelaudit.annotators import Annotator

FLAGGED, OTHERS = "flagged", "not flagged"
MAX_SHOWN = 40
Rate = Literal["peer_agreement", "gold_accuracy"]
_AXES = {"peer_agreement": "agreement with the others", "gold_accuracy": "accuracy on gold"}


def annotators(
    people: Sequence[Annotator],
    *,
    rate: Rate = "peer_agreement",
    title: str = "",
    most: int = MAX_SHOWN,
) -> alt.LayerChart:
    """Who stands where, and how sure is that?

    Parameters
    ----------
    people
        `audit.annotators`, of one question.
    rate
        `peer_agreement` or `gold_accuracy`; people without it are left out.
    title
        Of the chart; how many people are not shown is added.
    most
        The lowest so many are shown, flagged ones first of all.

    """
    alt = altair()
    known = [person for person in people if getattr(person, rate) is not None]
    kept = sorted(known, key=lambda person: (not person.flagged_by, getattr(person, rate)))[:most]
    rows = [_row(person, rate) for person in sorted(kept, key=lambda p: float(getattr(p, rate)))]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("annotator:N", title=None, sort=[str(row["annotator"]) for row in rows]),
        color=alt.Color(
            "state:N",
            scale=alt.Scale(domain=[OTHERS, FLAGGED], range=[COLOURS[0], COLOURS[1]]),
            legend=alt.Legend(orient="top", title=None),
        ),
    )
    scale = alt.Scale(domain=[0, 1])
    value = alt.X("value:Q", title=_AXES[rate], scale=scale)
    spread = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", title=_AXES[rate], scale=scale), x2="high:Q"
    )
    shapes = alt.Scale(domain=[OTHERS, FLAGGED], range=["circle", "cross"])
    points = base.mark_point(size=90, filled=True, opacity=1).encode(
        x=value,
        shape=alt.Shape("state:N", scale=shapes, legend=alt.Legend(orient="top", title=None)),
        tooltip=["annotator:N", "value:Q", "low:Q", "high:Q", "answers:Q", "flags:N"],
    )
    left = len(known) - len(kept)
    said = f"{title} ({left:,} more not shown)" if left else title
    return dressed(alt.layer(spread, points), said, height=40 + 18 * len(rows))


def _row(person: Annotator, rate: Rate) -> dict[str, float | str | None]:
    gold = rate == "gold_accuracy"
    return {
        "annotator": person.annotator_id,
        "value": person.gold_accuracy if gold else person.peer_agreement,
        "low": person.gold_low if gold else person.peer_low,
        "high": person.gold_high if gold else person.peer_high,
        "answers": person.gold_answers if gold else person.peer_units,
        "state": FLAGGED if person.flagged_by else OTHERS,
        "flags": ", ".join(person.flagged_by) or "-",
    }
