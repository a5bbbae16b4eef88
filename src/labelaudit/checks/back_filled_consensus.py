"""Agreement looks made after the fact: too perfect, or at the same moment.

Looks for
---------
Three signs. A batch in which people disagree less than in all others, beyond their spread and
by at least `min_gain_fraction`. Answers of different people to one unit within two seconds of
each other, more often than those people meet otherwise (`min_excess_fraction`). And two people
who never disagree with each other, though both disagree with others, on at least 25 units, by
a chance under one in a thousand.

Why it matters
--------------
Labels that were copied to a second name, or settled in a meeting before delivery, show an
agreement that measures nothing: one judgement was counted twice.

Example
-------
`answers of different people to one unit lie within 2 s for 64.0% of the pairs, 1.2% would be
met by chance (180 units)`

What to do
----------
Ask for the labels as they were first given, before any discussion, with their times. Relabel a
sample blind. An easy batch can be agreed on honestly: then gold will say so.

Policy keys
-----------
`[checks.back-filled-consensus]` `min_gain_fraction` (0 to 1, default 0.05),
`min_excess_fraction` (0 to 1, default 0.10). `unknown` where none of the three signs can be
looked for, or one of them cannot: fewer than 5 other batches of 50 compared units, no times of
answers on 50 shared units, no two people with 25 shared units.

References
----------
Random effects as in DerSimonian & Laird (1986), Meta-analysis in clinical trials, Controlled
Clinical Trials 7, 177-188.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.batches import (
    Look,
    breach,
    exact_answers,
    standing_out,
    told,
    untested,
)
from labelaudit.checks.evidence import percent
from labelaudit.drift import Deviation
from labelaudit.drifting.pooling import disagreeing
from labelaudit.signals import agreement_above_others, near_equal_times, perfect_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drifting import Course
    from labelaudit.model import Finding
    from labelaudit.signals import NearEqualTimes, PerfectPairs

NAME = "back-filled-consensus"
KEYS: Mapping[str, float] = {"min_gain_fraction": 0.05, "min_excess_fraction": 0.10}
_PAIR_LEVEL = 0.001


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per sign, or which signs cannot be looked for."""
    gain, excess = (evidence.policy.key(NAME, *key) for key in KEYS.items())
    exact, faults = [], {}
    for question, course in evidence.courses.items():
        if fault := exact_answers(course):
            faults[question] = fault
        else:
            exact.append(course)
    timed = [course for course in evidence.courses.values() if course.conduct.carries_times]
    yield from told(NAME, faults, len(evidence.courses))
    yield from _above(exact, gain)
    yield from _near(timed, excess)
    yield from _perfect(exact)


def _above(courses: list[Course], floor: float) -> Iterator[Finding]:
    seen: list[Look[tuple[int, int]]] = []
    for course in courses:
        tally = course.conduct.tally
        names = tally.names.batches
        counts = [disagreeing(tally.by_batch.of(code)) for code in range(len(names))]
        apart, compared = np.array(counts, dtype=np.int64).reshape(-1, 2).T
        found = agreement_above_others(apart, compared)
        seen += [Look(course, *each) for each in zip(names, counts, found, strict=True)]
    yield from untested(NAME, seen)
    for one, adjusted in standing_out(seen):
        effect = one.deviation.effect or 0.0
        if -effect >= floor:
            apart_, of = one.found
            yield breach(
                NAME,
                one,
                f"people disagree on {percent(apart_ / of)} of {of:,} units, {-100 * effect:.0f}"
                " points less than is usual in the other batches",
                {"disagreeing": apart_, "units": of, "change": effect, "adjusted_p": adjusted},
            )


def _near(courses: list[Course], floor: float) -> Iterator[Finding]:
    seen: list[Look[NearEqualTimes]] = []
    for course in courses:
        work = course.conduct.work
        moment = np.full(len(work), np.nan) if work.moment is None else work.moment
        found = near_equal_times(work.unit, work.annotator, moment)
        quiet = found.excess.undefined == "zero-variance"  # no two answers ever come close
        seen.append(Look(course, None, found, Deviation(0.0, p=1.0) if quiet else found.excess))
    yield from untested(NAME, seen)
    for one, adjusted in standing_out(seen):
        if (one.deviation.effect or 0.0) >= floor:
            near, expected = one.found.near or 0.0, one.found.expected or 0.0
            yield breach(
                NAME,
                one,
                "answers of different people to one unit lie within 2 s for"
                f" {percent(near)} of the pairs, {percent(expected)} would be met by chance"
                f" ({one.found.units:,} units)",
                {"near": near, "expected": expected, "units": one.found.units,
                 "adjusted_p": adjusted},
            )  # fmt: skip


def _perfect(courses: list[Course]) -> Iterator[Finding]:
    seen: list[Look[PerfectPairs]] = []
    for course in courses:
        rows = course.conduct.records
        found = perfect_pairs(rows.item, rows.annotator, rows.label)
        seen.append(Look(course, None, found, found.rarest))
    yield from untested(NAME, seen)
    for one in seen:
        if one.deviation.p is not None and one.deviation.p <= _PAIR_LEVEL:
            yield _pair(one)


def _pair(one: Look[PerfectPairs]) -> Finding:
    found, people = one.found, one.course.conduct.people
    at = int(np.argmax(found.units))
    pair = people[found.first[at]], people[found.second[at]]
    return breach(
        NAME,
        one,
        f"{pair[0]} and {pair[1]} never disagree on {found.units[at]:,} shared units, though both"
        f" disagree with others (of {found.pairs:,} pairs of people)",
        {"annotators": [*pair], "units": int(found.units[at]), "p": one.deviation.p,
         "pairs": found.pairs, "perfect_pairs": len(found.units)},
    )  # fmt: skip
