"""Batches in their order as plain data, for charts: agreement, label shares, error charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drifting.comparing import ALPHA
from labelaudit.drifting.trends import trends

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.drifting.course import Course
    from labelaudit.drifting.trends import Trend
    from labelaudit.model import Estimate

MOST_LABELS = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """One batch on an error chart.

    `smoothed` is the moving average that is held against `ErrorChart.limit`, None where there
    is no chart; `rate` is None where nothing was checked.
    """

    batch_id: str
    errors: int
    checked: int
    rate: float | None
    smoothed: float | None
    alarm: bool


@dataclass(frozen=True, slots=True)
class ErrorChart:
    """The chart of one kind of error ("disagreement", "gold errors").

    `changes` are the first batches of a new level; `undefined` and `needs` say why there is
    no limit to hold batches against.
    """

    of: str
    marks: tuple[Mark, ...]
    baseline: int
    limit: float
    ordinary_rate: float | None
    changes: tuple[str, ...]
    undefined: str | None
    needs: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """One batch: its agreement (None where it is of the baseline), and the shares of labels."""

    batch_id: str
    vendors: tuple[str, ...]
    baseline: bool
    agreement: Estimate | None
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The batches of one question in their order.

    Attributes
    ----------
    question_id
        The question.
    by_time
        Whether the order is that of the first answers; else that of the names.
    labels
        What `Point.shares` are of: the labels, at most 20 of them; none on scales without.
    points
        One per batch, those of a baseline from elsewhere first.
    errors
        One chart per kind of error that is known.

    """

    question_id: str
    by_time: bool
    labels: tuple[str, ...]
    points: tuple[Point, ...]
    errors: tuple[ErrorChart, ...]


def series(courses: Mapping[str, Course]) -> tuple[Series, ...]:
    """Return the series of every question, for charts."""
    return tuple(map(_of, courses.values()))


def _of(course: Course) -> Series:
    labels = course.conduct.labels
    shown = course.conduct.fault is None and 1 < len(labels) <= MOST_LABELS
    return Series(
        course.question.question_id,
        course.by_time,
        labels if shown else (),
        tuple(_point(course, code, with_shares=shown) for code in course.order),
        tuple(_drawn(course, trend) for trend in trends(course)),
    )


def _point(course: Course, code: int, *, with_shares: bool) -> Point:
    name, own = course.names[code], code < course.own
    where = course.question.question_id, name
    return Point(
        name,
        tuple(sorted(course.vendors[code])),
        code in course.baseline,
        course.measures.find(ALPHA, *where) if own else None,
        _shares(course, code) if with_shares else (),
    )


def _shares(course: Course, code: int) -> tuple[float, ...]:
    away, (own,) = course.source([code])
    tally = course.tallies[away]
    counts = tally.by_batch.of(own).label_counts()
    given = dict(zip(tally.names.labels.names, counts.tolist(), strict=True))
    total = max(sum(given.values()), 1)
    return tuple(given.get(label, 0) / total for label in course.conduct.labels)


def _drawn(course: Course, trend: Trend) -> ErrorChart:
    chart, known = trend.chart, np.flatnonzero(trend.checked > 0)
    alarms = set(chart.alarms.tolist())
    marks = (
        Mark(
            course.names[code],
            int(trend.errors[at]),
            int(trend.checked[at]),
            float(trend.errors[at] / trend.checked[at]) if trend.checked[at] else None,
            float(chart.smoothed[at]) if chart.undefined is None else None,
            at in alarms,
        )
        for at, code in enumerate(trend.batches)
    )
    changes = (course.names[trend.batches[known[each.position]]] for each in trend.breaks.found)
    return ErrorChart(
        trend.of,
        tuple(marks),
        trend.baseline,
        chart.limit,
        chart.ordinary_rate,
        tuple(changes),
        chart.undefined,
        chart.needs,
    )
