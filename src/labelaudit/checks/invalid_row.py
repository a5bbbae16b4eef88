"""Rows that break a rule of the schema other than the label domain.

Looks for
---------
Missing ids, durations that are negative, infinite or no numbers, times without a zone or
out of range, labels that cannot be read on their scale, unknown questions. Each such row is
rejected and listed in `rejected.csv` with file, row, column, value and reason.

Why it matters
--------------
A row without an item or annotator cannot be checked by anybody. Broken cells come in
clusters: they show an export that went wrong.

Example
-------
`4 faults: negative-duration (duration_s), such as '-3.5'`

What to do
----------
Send `rejected.csv` back to the vendor. Times without a zone need `timezone` under
`[delivery]`.

Policy keys
-----------
`[policy]` `max_rejected_fraction` (0 to 1, default 0.01).

References
----------
ISO/IEC 5259-2:2024, data quality measures for machine learning (completeness).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.rejected import findings_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.model import Finding

NAME = "invalid-row"
KEYS: Mapping[str, float] = {}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch with rows rejected for such reasons."""
    yield from findings_for(NAME, evidence, lambda reason: reason != "label-not-in-domain")
