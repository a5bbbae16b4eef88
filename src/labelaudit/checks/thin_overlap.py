"""Too few items were labeled by more than one person.

Looks for
---------
A batch in which fewer than `min_units_count` units, or less than `min_overlap_fraction` of
them, have labels from two annotators or more.

Why it matters
--------------
Only units with two labels say anything about agreement. A batch where five items in a
thousand were double-labeled can show any agreement the vendor likes.

Example
-------
`18 of 900 units (2.0%) have two labels or more; the policy asks for 30 units at least,
and for 10.0%`

What to do
----------
Have a random share of the batch labeled again by other people. Let the buyer draw the
items, not the vendor.

Policy keys
-----------
`[checks.thin-overlap]` `min_overlap_fraction` (0 to 1, default 0.10), `min_units_count`
(units, default 30).

References
----------
Krippendorff (2004), Reliability in content analysis, Human Communication Research 30(3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.evidence import many, percent
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence

NAME = "thin-overlap"
KEYS: Mapping[str, float] = {"min_overlap_fraction": 0.10, "min_units_count": 30}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch and question with too little overlap."""
    fraction, count = (evidence.policy.key(NAME, key, KEYS[key]) for key in KEYS)
    for batch in evidence.measures.batches:
        share = batch.overlapping / batch.units if batch.units else 0.0
        if batch.units and (share < fraction or batch.overlapping < count):
            yield Finding(
                check=NAME,
                outcome="breach",
                severity="medium",
                message=(
                    f"{batch.overlapping:,} of {many(batch.units, 'unit')} ({percent(share)}) have"
                    f" two labels or more; the policy asks for {count:.0f} units at least,"
                    f" and for {percent(fraction)}"
                ),
                question_id=batch.question_id,
                batch_id=batch.batch_id,
                evidence={
                    "overlapping_units": batch.overlapping,
                    "units": batch.units,
                    "min_overlap_fraction": fraction,
                    "min_units_count": count,
                },
            )
