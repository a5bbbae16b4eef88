"""Everybody begins to confuse one pair of labels: a guideline may have changed.

Looks for
---------
Batches in which two labels are mixed up more often than in the baseline, by at least
`min_rise_fraction` of the pairs of answers among the two, and by as much more than the other
pairs of labels usually are (where all rise together, see `agreement-drift`); by most of those
who worked in both; and still so when any one person is left out. Baseline and control of false
alarms are those of `label-drift`, here over all pairs of labels as well.

Why it matters
--------------
One careless person spoils what they touch; a changed or unclear guideline spoils one class for
all. It is mended by a sentence in the guideline, not by sending people away.

Example
-------
`cat and dog are confused: 41.0% of the answers among the two differ, were 6.2% in 5 other
batches; 9 of 9 annotators differ more often than before`

What to do
----------
Read the items in the evidence, settle the two labels in the guideline with examples, and
relabel the units of the batch that carry one of them. Start a new baseline from there.

Policy keys
-----------
`[checks.guideline-change]` `min_rise_fraction` (0 to 1, default 0.10), `min_risen_fraction`
(0 to 1, default 0.75). `unknown` with fewer than 20 units on either side that have two answers
among two labels; and, where two labels are confused, with fewer than 3 annotators who had to
do with them in both.

References
----------
Cochran (1977), Sampling Techniques, 3rd ed., sec. 6.4 (the ratio and its variance).
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from labelaudit.checks.batches import (
    Look,
    against,
    breach,
    exact_answers,
    items_of,
    standing_out,
    told,
    unseen,
    untested,
)
from labelaudit.checks.evidence import percent
from labelaudit.drift import Deviation
from labelaudit.drifting import Fault, confusions
from labelaudit.drifting.comparing import described, disagreeing_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drifting import Compared, Course
    from labelaudit.drifting.comparing import Confusion
    from labelaudit.model import Finding, Scalar
    from labelaudit.signals import PairJump

NAME = "guideline-change"
KEYS: Mapping[str, float] = {"min_rise_fraction": 0.10, "min_risen_fraction": 0.75}
_PEOPLE = 3
_KEPT = 0.5  # of the rise, once the person is left out whose absence lowers it most


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch and pair of labels, or why pairs cannot be compared."""
    rise, risen = (evidence.policy.key(NAME, *key) for key in KEYS.items())
    faults: dict[str, Fault] = {}
    seen: list[Look[PairJump | None]] = []
    for question, course in evidence.courses.items():
        fault = course.fault or exact_answers(course)
        if fault is not None:
            faults[question] = fault
            continue
        for one in course.compared:
            seen += _looks(course, one)
    yield from told(NAME, faults, len(evidence.courses))
    yield from untested(NAME, seen)
    for found, adjusted in standing_out(seen):
        if (found.deviation.effect or 0.0) - max(0.0, _elsewhere(found, seen)) >= rise:
            yield from _judged(found, adjusted, risen)


def _looks(course: Course, one: Compared) -> Iterator[Look[PairJump | None]]:
    """Yield every pair of labels of a batch that can be tested, or why none can."""
    name, jumps = course.names[one.batch], confusions(course, one)
    if jumps.undefined:
        untold = Deviation(undefined=jumps.undefined, needs=jumps.needs)
        yield Look(course, name, None, untold, one)
    for jump in jumps.jumps:
        effect = Deviation(jump.after - jump.before, statistic=jump.z, p=jump.p)
        yield Look(course, name, jump, effect, one)


def _elsewhere(one: Look[PairJump | None], seen: list[Look[PairJump | None]]) -> float:
    """Return the usual rise of the batch's other pairs of labels; 0 where there is none."""
    others = [
        look.deviation.effect or 0.0
        for look in seen
        if look.course is one.course and look.batch == one.batch and look is not one and look.found
    ]
    return median(others) if others else 0.0


def _judged(one: Look[PairJump | None], adjusted: float, risen: float) -> Iterator[Finding]:
    """Yield the finding where everybody confuses the two, or that this cannot be told."""
    jump, course = one.found, one.course
    assert jump is not None, "what is tested is a pair"
    assert one.against is not None, "a batch is compared with a baseline"
    found = described(course, one.against, jump)
    if found.spread.compared < _PEOPLE:
        two = " and ".join(course.labels[code] for code in (jump.first, jump.second))
        needs = f"{_PEOPLE} annotators with 10 comparisons on the two in both; there are"
        fault = Fault(f"who confuses {two}", f"{needs} {found.spread.compared}")
        yield unseen(NAME, fault, course.question.question_id, one.batch)
        return
    everybody = found.spread.risen >= risen * found.spread.compared
    if everybody and found.without_one >= _KEPT * (jump.after - jump.before):
        yield _finding(one, found, adjusted)


def _finding(one: Look[PairJump | None], found: Confusion, adjusted: float) -> Finding:
    course, jump = one.course, found.jump
    labels = [course.labels[code] for code in (jump.first, jump.second)]
    return breach(
        NAME,
        one,
        f"{labels[0]} and {labels[1]} are confused: {percent(jump.after)} of the answers among"
        f" the two differ, were {percent(jump.before)} in {against(one)}; {found.spread.risen} of"
        f" {found.spread.compared} annotators differ more often than before",
        {
            "labels": [*labels],
            "share": jump.after,
            "baseline_share": jump.before,
            "z": jump.z,
            "adjusted_p": adjusted,
            "annotators": found.spread.compared,
            "annotators_risen": found.spread.risen,
            "without_any_one": found.without_one,
            "items": _items(one, jump),
        },
    )


def _items(one: Look[PairJump | None], jump: PairJump) -> list[Scalar]:
    """Return items of the batch on which people disagree between the two."""
    assert one.against is not None, "a batch is compared with a baseline"
    course, rows = one.course, disagreeing_rows(one.course, one.against.batch)
    label = course.rows.label[rows]
    first, second = (rows[label == code] for code in (jump.first, jump.second))
    item = course.rows.item
    torn = set(item[first].tolist()) & set(item[second].tolist())
    return items_of(course, first[[code in torn for code in item[first].tolist()]])
