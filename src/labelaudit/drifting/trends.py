"""Error rates from batch to batch: the chart, and where the level changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit.drift import change_points, chart
from labelaudit.drift.chart import MIN_BASELINE_BATCHES
from labelaudit.drifting.pooling import disagreeing

if TYPE_CHECKING:
    from labelaudit.coefficients import IntArray
    from labelaudit.drift import Breaks, Chart
    from labelaudit.drifting.course import Course

Of = Literal["disagreement", "gold errors"]
MOST_BASELINE = 20
"""With no baseline chosen, the first half of the batches is it, up to so many."""


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """The rate of one kind of error over T batches in their order.

    Attributes
    ----------
    of
        What is counted.
    batches
        (T,) batch codes.
    errors, checked
        (T,) counts.
    baseline
        How many of the first batches are the ordinary state.
    chart
        The chart of them, or why there is none.
    breaks
        Where the level changed, seen from the end.

    """

    of: Of
    batches: tuple[int, ...]
    errors: IntArray
    checked: IntArray
    baseline: int
    chart: Chart
    breaks: Breaks

    def first_alarm(self) -> int | None:
        """Return the position of the first batch with an alarm."""
        return int(self.chart.alarms[0]) if len(self.chart.alarms) else None


def trends(course: Course) -> list[Trend]:
    """Return the trends of disagreement, and of errors on gold where there is gold."""
    found = []
    if course.conduct.fault is None:
        found.append(_trend(course, "disagreement", *_disagreements(course)))
    errors, checked = _gold_errors(course)
    if checked.any():
        found.append(_trend(course, "gold errors", errors, checked))
    return found


def _trend(course: Course, of: Of, errors: IntArray, checked: IntArray) -> Trend:
    order = np.array(course.order, dtype=np.int64)
    chosen = len(course.baseline)
    baseline = chosen or min(MOST_BASELINE, len(order) // 2)
    wrong, seen = errors[order], checked[order]
    known = seen > 0
    drawn = chart(wrong, seen, baseline)
    if drawn.undefined and not chosen:
        needs = f"{2 * MIN_BASELINE_BATCHES} batches with checked labels, or a baseline of"
        drawn = replace(drawn, needs=f"{needs} {MIN_BASELINE_BATCHES}")
    breaks = change_points(wrong[known] / seen[known])
    return Trend(of, course.order, wrong, seen, baseline, drawn, breaks)


def _disagreements(course: Course) -> tuple[IntArray, IntArray]:
    """(B,), (B,) units whose labels differ, and units compared, of each batch."""
    counts = [
        disagreeing(tally.by_batch.of(code))
        for tally in course.tallies
        for code in range(len(tally.names.batches))
    ]
    table = np.array(counts, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _gold_errors(course: Course) -> tuple[IntArray, IntArray]:
    """(B,), (B,) wrong answers on gold, and answers on gold, of each batch."""
    sums = [
        [
            np.bincount(gold.batch, each, many)
            for each in (gold.answered - gold.correct, gold.answered)
        ]
        for gold, many in ((tally.gold, len(tally.names.batches)) for tally in course.tallies)
    ]
    wrong, seen = (np.concatenate(part).astype(np.int64) for part in zip(*sums, strict=True))
    return wrong, seen
