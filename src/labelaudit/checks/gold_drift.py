"""Accuracy on gold in a batch is below that of its baseline.

Looks for
---------
Batches whose accuracy on gold lies at least `min_drop_fraction` under the baseline's, by more
than the spread between annotators explains, and more than the batches beside it vary. Baseline
and control of false alarms are those of `label-drift`. A rise is no fault.

Why it matters
--------------
A vendor may stay above the floor and lose half of its margin: the next batch will not.

Example
-------
`gold accuracy 72.5%, was 96.0% in 5 other batches: 24 points less (95% 15 to 32;
batches vary by 3)`

What to do
----------
Look at the gold items in the evidence that were answered wrongly. The same wrong label
everywhere is a guideline matter, scattered ones a matter of care.

Policy keys
-----------
`[checks.gold-drift]` `min_drop_fraction` (0 to 1, default 0.05). `unknown` without gold, and
with fewer than 5 annotators who answered gold on either side; and where a batch has dropped and
fewer than 4 batches beside it tell how much batches vary.

References
----------
Liang & Zeger (1986), Longitudinal data analysis using generalized linear models, Biometrika
73, 13-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.batches import Look, against, breach, items_of, vary
from labelaudit.checks.comparison import Comparison
from labelaudit.checks.evidence import percent
from labelaudit.drifting import Fault, gold_accuracy
from labelaudit.drifting.comparing import wrong_on_gold
from labelaudit.drifting.varying import gold_measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drift import Deviation, Measured
    from labelaudit.drifting import Compared, Course
    from labelaudit.model import Finding

NAME = "gold-drift"
KEYS: Mapping[str, float] = {"min_drop_fraction": 0.05}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch and question with less accuracy, or why none is compared."""
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    yield from Comparison(NAME, _blind, _compare, _measured, _size, floor).named(evidence, _finding)


def _blind(course: Course) -> Fault | None:
    if any(tally.gold_units for tally in course.tallies):
        return None
    return Fault("no gold", "gold labels, answered by 5 annotators in two batches")


def _size(deviation: Deviation) -> float:
    return -(deviation.effect or 0.0)


def _compare(course: Course, one: Compared) -> tuple[None, Deviation]:
    return None, gold_accuracy(course, one)


def _measured(course: Course, one: Compared, _: None, change: Deviation) -> Measured | None:
    return gold_measured(course, one, change)


def _finding(one: Look[None], adjusted: float) -> Finding:
    course, change = one.course, one.deviation
    assert one.against is not None, "a batch is compared with a baseline"
    wrong, answered = wrong_on_gold(course, one.against.batch)
    accuracy = 1 - len(wrong) / max(answered, 1)
    drop, low, high = (-100 * (each or 0.0) for each in (change.effect, change.high, change.low))
    was = accuracy + drop / 100
    assert one.known is not None, "a batch is named where it is known how much batches vary"
    usual = float(one.known.sd[0])
    return breach(
        NAME,
        one,
        f"gold accuracy {percent(accuracy)}, was {percent(was)} in {against(one)}:"
        f" {drop:.0f} points less (95% {low:.0f} to {high:.0f};"
        f" {vary(100 * usual)})",
        {
            "accuracy": accuracy,
            "baseline_accuracy": was,
            "change": change.effect,
            "low": change.low,
            "high": change.high,
            "usual_variation": usual,
            "answers": answered,
            "adjusted_p": adjusted,
            "items": items_of(course, wrong),
        },
    )
