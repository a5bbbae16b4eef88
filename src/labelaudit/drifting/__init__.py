"""Batches against their baseline: which batches are compared with which, and on what rows.

A baseline is another delivery (or the run folder of one), batches that the project names,
the first ones, or else all other batches of the delivery: see `Course.compared`.
"""

from __future__ import annotations

from labelaudit.drifting.baseline import Baseline
from labelaudit.drifting.comparing import (
    agreement,
    confusions,
    durations,
    gold_accuracy,
    label_mix,
    split_mix,
)
from labelaudit.drifting.course import Compared, Course, Fault, courses
from labelaudit.drifting.series import Point, Series, series
from labelaudit.drifting.trends import Trend, trends

__all__ = [
    "Baseline",
    "Compared",
    "Course",
    "Fault",
    "Point",
    "Series",
    "Trend",
    "agreement",
    "confusions",
    "courses",
    "durations",
    "gold_accuracy",
    "label_mix",
    "series",
    "split_mix",
    "trends",
]
