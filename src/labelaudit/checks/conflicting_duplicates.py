"""Items that say the same were labelled differently.

Looks for
---------
Items under several ids whose `content` is the same, or shares at least
`min_similarity_fraction` of its wording, and whose majority labels differ. It is a breach where
that happens more often than two people differ on one and the same item, else a warning that
lists them.

Why it matters
--------------
A model trained on both learns that chance decides. And copies are the cheapest test of
consistency there is: nobody knew that they were asked twice.

Example
-------
`14 of 60 copies (23.3%) have another label than the rest of their content; two people differ on
6.1% of the items they share`

What to do
----------
Look at the pairs in the evidence, settle their label, and give the copies one. Where near
copies rightly differ, raise `min_similarity_fraction` to 1.

Policy keys
-----------
`[checks.conflicting-duplicates]` `min_similarity_fraction` (0 to 1, default 0.8), at 1 only
equal texts count. `unknown` without a `content` column, without copies, and where no item was
labelled by two people.

References
----------
Broder (1997), On the resemblance and containment of documents; Clopper & Pearson (1934),
Biometrika 26, 404-413.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.batches import (
    FALSE_DISCOVERY,
    Look,
    breach,
    exact_answers,
    told,
    untested,
)
from labelaudit.checks.columns import lacking
from labelaudit.checks.evidence import percent
from labelaudit.checks.people import SHOWN
from labelaudit.drifting.contents import copies, item_texts
from labelaudit.outliers import adjusted_p
from labelaudit.signals import label_conflicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.coefficients import IntArray
    from labelaudit.drifting import Course, Fault
    from labelaudit.model import Finding
    from labelaudit.signals import LabelConflicts

NAME = "conflicting-duplicates"
KEYS: Mapping[str, float] = {"min_similarity_fraction": 0.8}


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    conflicts: LabelConflicts
    items: IntArray
    usual: float | None


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per question with conflicts, or why none can be looked for."""
    if missing := lacking(NAME, evidence, "content"):
        yield missing
        return
    similar = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    alike = cache(lambda texts: copies([*texts], similar))  # questions share their texts
    faults: dict[str, Fault] = {}
    seen: list[Look[_Found]] = []
    for question, course in evidence.courses.items():
        if fault := exact_answers(course):
            faults[question] = fault
            continue
        found = _conflicts(course, alike)
        seen.append(Look(course, None, found, found.conflicts.differing))
    yield from told(NAME, faults, len(evidence.courses))
    yield from untested(NAME, seen)
    tested = [one for one in seen if one.deviation.p is not None]
    adjusted = adjusted_p(np.array([one.deviation.p for one in tested], dtype=np.float64))
    for one, p in zip(tested, adjusted.tolist(), strict=True):
        if len(one.found.conflicts.items):
            yield _finding(one, p)


def _conflicts(course: Course, alike: Callable[[tuple[str, ...]], IntArray]) -> _Found:
    conduct = course.conduct
    items, texts = item_texts(conduct)
    content = alike(tuple(texts)) if texts else items
    label = np.full(len(conduct.records.items), -1, dtype=np.int64)
    label[conduct.majority.units] = conduct.majority.label
    raw = course.measures.find("percent-agreement", course.question.question_id)
    usual = None if raw is None or raw.value is None else 1 - raw.value
    return _Found(label_conflicts(content, label[items], usual), items, usual)


def _finding(one: Look[_Found], adjusted: float) -> Finding:
    found, records = one.found.conflicts, one.course.conduct.records
    share = found.differing.effect or 0.0
    off = round(share * found.copies)
    named = [records.item_id(code) for code in one.found.items[found.items[:SHOWN]].tolist()]
    return breach(
        NAME,
        one,
        f"{off:,} of {found.copies:,} copies ({percent(share)}) have another label than the rest"
        f" of their content; two people differ on {percent(one.found.usual or 0.0)} of the items"
        " they share",
        {
            "conflicts": off,
            "copies": found.copies,
            "contents": found.contents,
            "usual": one.found.usual,
            "adjusted_p": adjusted,
            "items": [*named],
        },
        "medium" if adjusted <= FALSE_DISCOVERY else "low",
    )
