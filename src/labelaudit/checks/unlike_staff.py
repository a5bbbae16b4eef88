"""More people are unlike the rest than a comparison with "the rest" can bear.

Looks for
---------
Questions on which more than `max_unlike_fraction` of the people are named as unlike the rest
by agreement, pace or falling off (see `annotator-below-peers`).

Why it matters
--------------
Peers are a yardstick while most of them do good work. When many do not, the rest is no
measure: whoever is named may be right, and whoever is not may be wrong.

Example
-------
`9 of 24 people (38%) are unlike the rest: gold or an audit of random units must decide`

What to do
----------
Hold people against gold, or have units drawn at random labelled by people you trust. Look
for two camps: two readings of the guideline look the same.

Policy keys
-----------
`[checks.unlike-staff]` `max_unlike_fraction` (0 to 1, default 0.20). A warning, never a breach;
`unknown` where nobody could be compared.

References
----------
Rousseeuw & Leroy (1987), Robust Regression and Outlier Detection, Wiley (breakdown of medians).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.suite import CROWDED
from labelaudit.checks.people import SHOWN, unknown
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct

NAME = "unlike-staff"
KEYS: Mapping[str, float] = {"max_unlike_fraction": CROWDED}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one warning per question with too many people unlike the rest."""
    most = evidence.policy.key(NAME, "max_unlike_fraction", CROWDED)
    for conduct in evidence.conducts.values():
        if not conduct.suite.testable.any():
            if conduct.compares_people or conduct.carries_times:
                needs = "ten shared units each, or times, of five people or more"
                yield unknown(NAME, conduct, "nobody can be compared", needs)
        elif conduct.suite.unlike > most:
            yield _finding(conduct)


def _finding(conduct: Conduct) -> Finding:
    suite = conduct.suite
    tested, flagged = int(suite.testable.any(axis=1).sum()), np.flatnonzero(suite.flagged)
    return Finding(
        check=NAME,
        outcome="warning",
        severity="medium",
        message=f"{len(flagged):,} of {tested:,} people ({suite.unlike:.0%}) are unlike the rest:"
        " gold or an audit of random units must decide",
        question_id=conduct.question.question_id,
        evidence={
            "unlike": len(flagged),
            "tested": tested,
            "share": suite.unlike,
            "annotators": [conduct.people[code] for code in flagged[:SHOWN].tolist()],
        },
    )
