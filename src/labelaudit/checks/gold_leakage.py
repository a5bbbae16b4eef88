"""Gold items can be told from the others, or are met twice.

Looks for
---------
Three signs. An item that bears gold in some rows and stands without it in others. A gold item
whose `content` stands under another id among the items to label. And gold at a foreseeable
place of people's work in a batch: always first, always last (a distance of at least
`min_distance_fraction` from an even spread).

Why it matters
--------------
Accuracy on gold speaks for the rest only while nobody can tell which items are gold.

Example
-------
`gold comes at a foreseeable place of people's work: 0.62 from an even spread (120 answers);
11 of 60 gold items stand among the others with the same content`

What to do
----------
Draw fresh gold at random from the delivery itself, spread it evenly, and never hand it out as
an example. Hold `low-gold-accuracy` of these batches for too good.

Policy keys
-----------
`[checks.gold-leakage]` `min_distance_fraction` (0 to 1, default 0.25). `unknown` without gold;
for the place, also without times or with fewer than 20 answers on gold, and for copies without
a `content` column.

References
----------
Kolmogorov (1933), Giornale dell'Istituto Italiano degli Attuari 4, 83-91; Stephens (1970),
JRSS B 32, 115-122.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.batches import FALSE_DISCOVERY, Look, breach, told, unseen
from labelaudit.checks.people import SHOWN
from labelaudit.drifting import Fault
from labelaudit.drifting.contents import copies, item_texts
from labelaudit.engine.records import partly_gold
from labelaudit.signals import gold_overlap, gold_position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.coefficients import IntArray
    from labelaudit.drift import Deviation
    from labelaudit.drifting import Course
    from labelaudit.model import Finding

NAME = "gold-leakage"
KEYS: Mapping[str, float] = {"min_distance_fraction": 0.25}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per question whose gold can be told, or why that cannot be seen."""
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    faults = {
        question: Fault("no gold", "gold labels of some items")
        for question, course in evidence.courses.items()
        if not (course.conduct.records.gold >= 0).any()
    }
    yield from told(NAME, faults, len(evidence.courses))
    for question, course in evidence.courses.items():
        if question not in faults:
            yield from _of(course, floor)


def _of(course: Course, floor: float) -> Iterator[Finding]:
    place = _place(course)
    copied, gold = _copies(course)
    again = partly_gold(course.conduct.session, course.conduct.view).to_pylist()
    question = course.question.question_id
    if place.p is None:
        reason = (place.undefined or "").replace("-", " ")
        yield unseen(NAME, Fault(f"place of gold: {reason}", place.needs or ""), question)
    if copied is None:
        yield unseen(NAME, Fault("copies of gold", "content under [columns]"), question)
    found = [] if copied is None else copied.tolist()
    records = course.conduct.records
    says, items = [], [*again, *(records.item_id(code) for code in found)]
    if place.p is not None and place.p <= FALSE_DISCOVERY and (place.effect or 0.0) >= floor:
        says.append(
            f"gold comes at a foreseeable place of people's work: {place.effect:.2f} from an even"
            " spread"
        )
    if found:
        says.append(
            f"{len(found):,} of {gold:,} gold items stand among the others with the same content"
        )
    if again:
        says.append(f"{len(again):,} of {gold:,} gold items stand without their gold in other rows")
    if says:
        yield breach(
            NAME,
            Look(course, None, None, place),
            "; ".join(says),
            {"distance": place.effect, "p": place.p, "copied": len(found),
             "partly_gold": len(again), "gold_items": gold, "items": [*items[:SHOWN]]},
        )  # fmt: skip


def _place(course: Course) -> Deviation:
    """Test the place of gold among the answers of each person in each batch."""
    rows = course.conduct.records
    times = rows.started_at if rows.submitted_at is None else rows.submitted_at
    if times is None:
        times = np.full(len(rows), np.nan)
    shift = rows.annotator * max(len(course.conduct.tally.names.batches), 1) + rows.batch
    return gold_position(shift, times, rows.gold[rows.item] >= 0)


def _copies(course: Course) -> tuple[IntArray | None, int]:
    """Return gold items whose content another item without gold has, and how many are gold."""
    gold = course.conduct.records.gold >= 0
    items, texts = item_texts(course.conduct)
    if not texts:
        return None, int(gold.sum())
    content = copies(texts, 1.0)
    known = gold[items]
    found = gold_overlap(items[known], items[~known], content[known], content[~known])
    return items[known][np.isin(content[known], found.contents)], int(gold.sum())
