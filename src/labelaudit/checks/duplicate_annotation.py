"""The same annotator answered the same item more than once.

Looks for
---------
Repeated (item, question, annotator, attempt). With `duplicates = "error"` they stop the
audit with their rows; with `first` or `last` one of each is kept and the rest are counted
here.

Why it matters
--------------
A person agrees with themself: every repeated row pushes agreement up. Repetitions also
mean that an export was joined twice, or that work was paid twice.

Example
-------
`5 repeated annotations were set aside (duplicates = "first")`

What to do
----------
Ask the vendor which answer counts. Where revisions are meant, map an `attempt` column: the
highest attempt then counts.

Policy keys
-----------
`[delivery]` `duplicates` (error, first or last).

References
----------
Hovy et al. (2013), Learning whom to trust with MACE, NAACL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.evidence import many
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence

NAME = "duplicate-annotation"
KEYS: Mapping[str, float] = {}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch in which repetitions were set aside."""
    for batch, count in evidence.annotations.repeated.items():
        yield Finding(
            check=NAME,
            outcome="warning",
            severity="medium",
            message=f"{many(count, 'repeated annotation')} set aside: the same annotator on the"
            " same item; one of each was kept",
            batch_id=batch,
            evidence={"repeated": count},
        )
