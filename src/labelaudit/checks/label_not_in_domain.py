"""Labels that the question does not allow.

Looks for
---------
Rows whose label is none of the question's `labels`, or is a set with a member that is none
of them: the member is named. Such a row is rejected and listed in `rejected.csv`; more than
`max_rejected_fraction` rejected rows reject the batch.

Why it matters
--------------
A misspelled class becomes a class of its own in training, and agreement with it is never
counted. Nothing is repaired in silence: `Cat` is not `cat` until somebody says so.

Example
-------
`3 faults: label-not-in-domain (label), such as 'cta', 'cat '`

What to do
----------
Mend the labels at the source, or add a label that was forgotten to `labels`.

Policy keys
-----------
`[questions.NAME]` `labels`; `[policy]` `max_rejected_fraction` (0 to 1, default 0.01).

References
----------
ISO/IEC 5259-2:2024, data quality measures for machine learning (consistency).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.rejected import findings_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.model import Finding

NAME = "label-not-in-domain"
KEYS: Mapping[str, float] = {}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch with labels outside the domain."""
    yield from findings_for(NAME, evidence, lambda reason: reason == NAME)
