"""Answers were left empty.

Looks for
---------
Rows without a label. Up to `max_missing_fraction` of a batch's answers they are a warning,
above it a breach that sends the batch to review.

Why it matters
--------------
An empty answer is not an answer: it is neither agreement nor disagreement. Many of them
mean skipped hard items, a broken export or a form that nobody could fill in.

Example
-------
`12 of 600 answers (2.0%) are empty`

What to do
----------
Ask whether empty means "skipped", "nothing to mark" or "lost in the export". Where a word
such as `NA` stands for no answer, list it as `missing` under `[delivery]`; it is taken as a
label otherwise.

Policy keys
-----------
`[checks.missing-label]` `max_missing_fraction` (0 to 1, default 0.05).

References
----------
Rubin (1976), Inference and missing data, Biometrika 63(3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.evidence import many, percent
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence

NAME = "missing-label"
KEYS: Mapping[str, float] = {"max_missing_fraction": 0.05}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch and question with empty answers."""
    limit = evidence.policy.key(NAME, "max_missing_fraction", KEYS["max_missing_fraction"])
    for batch in evidence.measures.batches:
        asked = batch.missing + batch.annotations
        if not batch.missing:
            continue
        share = batch.missing / asked
        over = share > limit
        empty = f"{batch.missing:,} of {many(asked, 'answer')} ({percent(share)}) are empty"
        yield Finding(
            check=NAME,
            outcome="breach" if over else "warning",
            severity="high" if over else "low",
            message=f"{empty}, more than the {percent(limit)} allowed" if over else empty,
            question_id=batch.question_id,
            batch_id=batch.batch_id,
            evidence={"missing": batch.missing, "answers": asked, "max_missing_fraction": limit},
        )
