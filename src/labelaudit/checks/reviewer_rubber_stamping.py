"""A reviewer lets pass what others stop.

Looks for
---------
Reviewers who accept at least `min_difference_fraction` more of the labels than the other
reviewers do, or who catch that much less of the labels that gold says are wrong, by more than
chance and the usual spread between reviewers. Of those named, one in twenty may be like the
rest.

Why it matters
--------------
A review that changes nothing costs as much as one that does, and its "approved" is taken for
quality all the way down.

Example
-------
`reviewer r-4 lets pass 99.6% of 520 labels, the others usually 88%; caught 1 of 34 labels that
gold says are wrong (95% 0.1% to 15.3%)`

What to do
----------
Who has good annotators accepts much: hold it against the catch rate. Seed known errors into
the review queue, and talk.

Policy keys
-----------
`[checks.reviewer-rubber-stamping]` `min_difference_fraction` (0 to 1, default 0.05). `unknown`
without the columns `reviewer` and `reviewed_label`, and with fewer than 5 other reviewers of 20
labels. A row with a reviewer and no reviewed label is not counted.

References
----------
Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in
Medicine 24, 1185-1202; Clopper & Pearson (1934), Biometrika 26, 404-413.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.annotations.privacy import is_personal
from labelaudit.checks.batches import Look, breach, standing_out, untested
from labelaudit.checks.columns import lacking
from labelaudit.checks.evidence import percent
from labelaudit.checks.people import some_items
from labelaudit.signals import reviewers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drifting import Course
    from labelaudit.model import Finding
    from labelaudit.signals import Reviewer

NAME = "reviewer-rubber-stamping"
KEYS: Mapping[str, float] = {"min_difference_fraction": 0.05}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per reviewer who stops too little, or why none can be compared."""
    if missing := lacking(NAME, evidence, "reviewer", "reviewed_label"):
        yield missing
        return
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    accepting: list[Look[Reviewer]] = []
    catching: list[Look[Reviewer]] = []
    for course in evidence.courses.values():
        for one in _reviewers(course):
            accepting.append(Look(course, None, one, one.accepts_more))
            catching.append(Look(course, None, one, one.catches_less))
    yield from untested(NAME, accepting)
    if any(look.found.wrong_seen for look in catching):
        yield from untested(NAME, catching)
    named: dict[int, tuple[Look[Reviewer], float]] = {}
    for family, sign in ((accepting, 1), (catching, -1)):
        for each, adjusted in standing_out(family):
            if sign * (each.deviation.effect or 0.0) >= floor:
                named.setdefault(id(each.found), (each, adjusted))
    for each, adjusted in named.values():
        yield _finding(evidence, each, adjusted)


def _reviewers(course: Course) -> list[Reviewer]:
    who, passed, wrong = _reviews(course)
    known = who >= 0
    return reviewers(who[known], passed[known], wrong[known])


def _reviews(
    course: Course,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """(N,) who reviewed each answer (-1 nobody), whether it passed, and whether it is wrong."""
    rows, names = course.conduct.records, course.conduct.tally.names.labels
    reviewer, after = rows.beside["reviewer"], rows.beside["reviewed_label"]
    codes = dict(zip(names.texts, names.codes, strict=True))
    place = np.array([*(codes.get(text, -2) for text in after.names), -1], dtype=np.int64)
    label = place[after.code]
    gold = rows.gold[rows.item]
    who = np.where(label == -1, -1, reviewer.code)
    return who, label == rows.label, (gold >= 0) & (gold != rows.label)


def _finding(evidence: Evidence, one: Look[Reviewer], adjusted: float) -> Finding:
    found = one.found
    told = one.course.conduct.records.beside["reviewer"].names[found.reviewer]
    name = _shown(evidence, told, found.reviewer)
    share = found.accepted / found.reviews
    usual = share - (found.accepts_more.effect or 0.0)
    who, passed, wrong = _reviews(one.course)
    caught = ""
    if found.wrong_seen and found.catch_low is not None and found.catch_high is not None:
        caught = (
            f"; caught {found.caught:,} of {found.wrong_seen:,} labels that gold says are wrong"
            f" (95% {percent(found.catch_low)} to {percent(found.catch_high)})"
        )
    return breach(
        NAME,
        one,
        f"reviewer {name} lets pass {percent(share)} of {found.reviews:,} labels, the others"
        f" usually {usual:.0%}{caught}",
        {
            "reviewer": name, "accepted": found.accepted, "reviews": found.reviews,
            "difference": found.accepts_more.effect, "caught": found.caught,
            "wrong_seen": found.wrong_seen, "adjusted_p": adjusted,
            "items": some_items(one.course.conduct, (who == found.reviewer) & passed & wrong),
        },
    )  # fmt: skip


def _shown(evidence: Evidence, told: str, code: int) -> str:
    """Return how a reviewer is called: as an annotator is, and never by a personal name."""
    people = evidence.annotations.people
    if told in people.shown:
        return people.name(told)
    return f"number {code + 1}" if people.keyed or is_personal(told) else told
