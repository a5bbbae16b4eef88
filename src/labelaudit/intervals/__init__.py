"""Intervals: how far a number can be trusted, two-sided for people, one-sided for gates."""

from __future__ import annotations

from labelaudit.intervals.bounds import EXACT, JACKKNIFE_LOG, bounds_at, one_sided, with_interval
from labelaudit.intervals.lots import bounds_in_lot
from labelaudit.intervals.proportions import gold_accuracy, proportion, proportions
from labelaudit.intervals.spread import Spread, jackknife

__all__ = [
    "EXACT",
    "JACKKNIFE_LOG",
    "Spread",
    "bounds_at",
    "bounds_in_lot",
    "gold_accuracy",
    "jackknife",
    "one_sided",
    "proportion",
    "proportions",
    "with_interval",
]
