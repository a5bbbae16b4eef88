"""The same people take much longer, or much less long, than in the baseline.

Looks for
---------
Batches in which the median times of people who worked in both are shorter by at least
`min_change_fraction`, or those of the baseline are, by more than chance between people and more
than the batches beside it vary. Only the same person is compared with themself: a batch may
simply have gone to faster people. Baseline and control of false alarms are those of `label-drift`.

Why it matters
--------------
When everybody is suddenly twice as fast, the task, the tool or the pay has changed, and the
labels are another product than the ones that were accepted before.

Example
-------
`the same 9 annotators take 0.45 times as long as in 4 other batches (95% 0.38 to 0.53;
batches vary by a factor of 1.12)`

What to do
----------
Ask what changed: pre-filled labels, hot-keys, shorter items or piece rates. Then hold accuracy
on gold of both batches side by side (`gold-drift`).

Policy keys
-----------
`[checks.duration-drift]` `min_change_fraction` (0 to 1, default 0.33). `unknown` without
durations (or start and end times), and with fewer than 5 annotators who have 20 durations in
both; also where all times are equal, or seconds and milliseconds are mixed, and where a batch
differs and fewer than 4 batches beside it tell how much batches vary.

References
----------
Student (1908), The probable error of a mean, Biometrika 6, 1-25 (on logarithms of times).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from labelaudit.checks.batches import Look, against, breach
from labelaudit.checks.comparison import Comparison
from labelaudit.drifting import Fault, durations
from labelaudit.drifting.varying import times_measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drift import Deviation, DurationDrift, Measured
    from labelaudit.drifting import Compared, Course
    from labelaudit.model import Finding

NAME = "duration-drift"
KEYS: Mapping[str, float] = {"min_change_fraction": 0.33}
_ELSEWHERE = Fault("told elsewhere", "rows of its own: times are those of the first question")


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch with other times, or why none can be compared."""
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    found = Comparison(NAME, _blind, _compare, _measured, _size, floor).named(evidence, _finding)
    yield from (finding for finding in found if _ELSEWHERE.needs not in finding.message)


def _blind(course: Course) -> Fault | None:
    if not course.conduct.carries_times:
        return _ELSEWHERE
    if course.rows.duration is None:
        return Fault("no times", "a column of durations, or of start and end times")
    return None


def _size(deviation: Deviation) -> float:
    ratio = deviation.effect or 1.0
    return 1 - min(ratio, 1 / ratio)


def _compare(course: Course, one: Compared) -> tuple[DurationDrift, Deviation]:
    found = durations(course, one)
    return found, found.ratio


def _measured(course: Course, one: Compared, _: DurationDrift, ratio: Deviation) -> Measured | None:
    return times_measured(course, one, ratio)


def _finding(one: Look[DurationDrift], adjusted: float) -> Finding:
    ratio = one.deviation
    assert one.known is not None, "a batch is named where it is known how much batches vary"
    usual = math.exp(float(one.known.sd[0]))
    return breach(
        NAME,
        one,
        f"the same {one.found.annotators} annotators take {ratio.effect:.2f} times as long as in"
        f" {against(one)} (95% {ratio.low:.2f} to {ratio.high:.2f}; batches vary by a factor"
        f" of {usual:.2f})",
        {
            "ratio": ratio.effect,
            "low": ratio.low,
            "high": ratio.high,
            "usual_factor": usual,
            "f": ratio.statistic,
            "adjusted_p": adjusted,
            "annotators": one.found.annotators,
        },
    )
