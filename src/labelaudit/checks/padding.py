"""An annotator hands in empty or tiny answers where others, on the same items, do not.

Looks for
---------
Questions with answers that have a size (text, spans, boxes, sets): people whose answers are
empty, or under a tenth of the usual size on the item, at least `min_excess_fraction` more often
than the others' on the same items, by more than chance and the usual spread between people. Of
the people named, one in twenty may be like the rest.

Why it matters
--------------
Who is paid by the piece can hand in "ok" or a box of one pixel. An item with nothing to mark is
empty for everybody: only the difference to the others counts.

Example
-------
`empty or tiny: 61 of 210 answers are, 24 points more than the others' on the same items`

What to do
----------
Look at the items in the evidence, and relabel those where others found something.

Policy keys
-----------
`[checks.padding]` `min_excess_fraction` (0 to 1, default 0.10). `unknown` without a question of
such a scale, and with fewer than 5 annotators with 20 items shared with others.

References
----------
The spread between people is that of `annotator-below-peers`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.batches import Look, standing_out, unseen, untested
from labelaudit.checks.people import about, some_items
from labelaudit.drifting import Fault
from labelaudit.signals import padding, tiny_answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding, Scale
    from labelaudit.signals import Padding

NAME = "padding"
KEYS: Mapping[str, float] = {"min_excess_fraction": 0.10}
SIZED: tuple[Scale, ...] = ("text", "spans", "boxes", "set")


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator with empty or tiny answers, or why none can be compared."""
    courses = [each for each in evidence.courses.values() if each.question.scale in SIZED]
    if not courses:
        fault = Fault("no answers with a size", "a question of texts, spans, boxes or sets")
        yield unseen(NAME, fault)
        return
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    seen: list[Look[Padding]] = []
    for course in courses:
        rows = course.conduct.records
        found = padding(rows.item, rows.annotator, _tiny(course.conduct))
        seen += [Look(course, None, each, each.excess) for each in found]
    yield from untested(NAME, seen)
    for one, adjusted in standing_out(seen):
        if (one.deviation.effect or 0.0) >= floor:
            yield _finding(one, adjusted)


def _tiny(conduct: Conduct) -> npt.NDArray[np.bool_]:
    """(N,) which answers are empty or tiny."""
    text = conduct.question.scale == "text"
    sizes = [len(name.strip()) if text else _members(name) for name in conduct.labels]
    rows = conduct.records
    return tiny_answers(rows.item, np.array(sizes, dtype=np.float64)[rows.label])


def _members(name: str) -> int:
    """Return how many members a list has; what is no list counts by its characters."""
    try:
        read = json.loads(name)
    except ValueError:
        return len(name.strip())
    return len(read) if isinstance(read, list | dict) else len(name.strip())


def _finding(one: Look[Padding], adjusted: float) -> Finding:
    found, conduct = one.found, one.course.conduct
    excess = one.deviation.effect or 0.0
    rows = (conduct.records.annotator == found.annotator) & _tiny(conduct)
    return about(
        NAME,
        conduct,
        found.annotator,
        f"empty or tiny: {found.tiny:,} of {found.answers:,} answers are, {100 * excess:.0f}"
        " points more than the others' on the same items",
        {
            "tiny": found.tiny,
            "answers": found.answers,
            "excess": excess,
            "adjusted_p": adjusted,
            "items": some_items(conduct, rows),
        },
    )
