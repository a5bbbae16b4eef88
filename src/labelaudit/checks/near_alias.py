"""Names that a reader would take for the same one.

Looks for
---------
Labels, annotators, batches, vendors or items that differ only in case, spaces, Unicode form
or in letters that look alike.

Why it matters
--------------
`Cat` and `cat` count as disagreement, and `w12` and `W12` as two people who never disagree
with themselves. They are never merged in silence.

Example
-------
`labels of animal look alike: 'Cat', 'cat'`

What to do
----------
Mend the spelling at the source; if the names are different on purpose, nothing.

Policy keys
-----------
None.

References
----------
Unicode Technical Standard 39, Unicode security mechanisms (confusable detection).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.errors import SHOWN
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence

NAME = "near-alias"
KEYS: Mapping[str, float] = {}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per group of names that look alike."""
    for what, names in evidence.annotations.aliases:
        listed = ", ".join(repr(name) for name in names[:SHOWN])
        more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
        yield Finding(
            check=NAME,
            outcome="warning",
            severity="low",
            message=f"{what} look alike: {listed}{more}",
            evidence={"of": what, "names": [*names[:SHOWN]], "count": len(names)},
        )
