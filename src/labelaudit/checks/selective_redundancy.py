"""The units that were labelled several times are easier than the others of their batch.

Looks for
---------
Batches in which units with one label are harder than those with several, by more than chance
(rank sum), and in which that lifts agreement by at least `min_inflation_fraction`. How hard a
unit is, is read from the time of its first answer, against the usual time of that annotator;
or, without times, from the length of its `content`. Of the batches and questions named, one in
twenty may be a false alarm.

Why it matters
--------------
Agreement is measured where several people answered. Who doubles the easy units shows an
agreement that the rest of the batch does not have.

Example
-------
`units labelled several times are easier: 71% of the time a unit labelled once is the harder
one; raw agreement is at least 6.1 points too high (400 units of 2,000, hardness by time)`

What to do
----------
Draw the units to be doubled yourself, at random and before they are sent out. Read agreement
of this batch as an upper end.

Policy keys
-----------
`[checks.selective-redundancy]` `min_inflation_fraction` (0 to 1, default 0.02). `unknown`
without durations and without a `content` column, and with fewer than 10 units of each kind.
Batches whose units all have several labels, or all one, choose nothing and are not looked at.

References
----------
Mann & Whitney (1947), Annals of Mathematical Statistics 18, 50-60; Holt & Smith (1979), Post
stratification, JRSS A 142, 33-46.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.batches import (
    Look,
    breach,
    exact_answers,
    standing_out,
    told,
    unseen,
    untested,
)
from labelaudit.drifting import Fault
from labelaudit.drifting.hardness import Redundant, redundant
from labelaudit.signals import SelectiveRedundancy, selective_redundancy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drifting import Course
    from labelaudit.model import Finding

NAME = "selective-redundancy"
KEYS: Mapping[str, float] = {"min_inflation_fraction": 0.02}
_NEEDS = Fault("nothing tells how hard items are", "duration_s, or content, under [columns]")

Found = tuple[Redundant, SelectiveRedundancy]


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch and question with easy doubles, or why none can be told."""
    columns = evidence.annotations.project.columns
    if not any(getattr(columns, name) for name in ("duration_s", "started_at", "content")):
        yield unseen(NAME, _NEEDS)
        return
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    faults: dict[str, Fault] = {}
    seen: list[Look[Found]] = []
    for question, course in evidence.courses.items():
        if fault := exact_answers(course):
            faults[question] = fault
        else:
            seen += _looks(course)
    yield from told(NAME, faults, len(evidence.courses))
    yield from untested(NAME, seen)
    for one, adjusted in standing_out(seen):
        if (one.found[1].inflation.effect or 0.0) >= floor:
            yield _finding(one, adjusted)


def _looks(course: Course) -> Iterator[Look[Found]]:
    for batch, units in redundant(course.conduct):
        if 0 < int(units.several.sum()) < len(units.several):
            found = selective_redundancy(units.hardness, units.several, units.agreement)
            name = course.conduct.tally.names.batches[batch]
            yield Look(course, name, (units, found), found.easier)


def _finding(one: Look[Found], adjusted: float) -> Finding:
    units, found = one.found
    gain = found.inflation.effect or 0.0
    harder = found.easier.effect or 0.0
    return breach(
        NAME,
        one,
        f"units labelled several times are easier: {harder:.0%} of the time a unit labelled once"
        f" is the harder one; raw agreement is at least {100 * gain:.1f} points too high"
        f" ({found.several:,} units of {found.several + found.once:,}, hardness by {units.by})",
        {
            "chance_harder": harder,
            "inflation": gain,
            "inflation_low": found.inflation.low,
            "inflation_high": found.inflation.high,
            "hardness_by": units.by,
            "adjusted_p": adjusted,
            "items": [one.course.conduct.records.item_id(code) for code in units.hardest_once()],
        },
    )
