"""Gold that contradicts itself or is no label of the question.

Looks for
---------
Units with two different gold labels, and gold labels outside the question's domain. Such
gold is left out of `gold-accuracy`.

Why it matters
--------------
Accuracy against a broken key blames the wrong people. The gold is tested before anybody is
tested with it.

Example
-------
`2 of 40 gold units have more than one gold label`

What to do
----------
Settle the gold label of each unit listed in the delivery, then audit again.

Policy keys
-----------
None.

References
----------
Northcutt, Athalye & Mueller (2021), Pervasive label errors in test sets, NeurIPS Datasets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.evidence import many
from labelaudit.checks.people import SHOWN
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.engine.tables import Tally

NAME = "unusable-gold"
KEYS: Mapping[str, float] = {}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per question and kind of unusable gold."""
    for tally in evidence.annotations.tallies:
        if tally.gold_conflicts:
            units = many(tally.gold_units, "gold unit")
            yield _finding(
                tally, f"{tally.gold_conflicts:,} of {units} have more than one gold label"
            )
        if tally.gold_outside:
            outside = many(tally.gold_outside, "different gold label")
            shown = ", ".join(f'"{label}"' for label in tally.gold_strange[:SHOWN])
            yield _finding(tally, f"{outside} outside the question's domain, such as {shown}")


def _finding(tally: Tally, message: str) -> Finding:
    return Finding(
        check=NAME,
        outcome="warning",
        severity="medium",
        message=message,
        question_id=tally.question.question_id,
        evidence={
            "gold_units": tally.gold_units,
            "conflicting_units": tally.gold_conflicts,
            "labels_outside_domain": tally.gold_outside,
            "labels": [*tally.gold_strange[:SHOWN]],
        },
    )
