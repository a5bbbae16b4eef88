"""Agreement in a batch is under the floor.

Looks for
---------
A batch whose chance-corrected agreement is below `min_agreement`, judged on the one-sided
confidence bound, not on the estimate. Between floor and bound the batch is undecided, and
the finding says what would decide it.

Why it matters
--------------
A point estimate held against a floor accepts half of all batches that lie exactly at the
floor, at any size. Labels that people cannot reproduce teach a model noise.

Example
-------
`krippendorff-alpha is 0.521 (upper bound 0.540), under the floor of 0.667`

What to do
----------
Read which label pairs are confused and which annotators stand below their peers; mend the
guideline or recalibrate people, then relabel. Where the finding says "label 120 more
items", have that many more items labeled by two or more people and audit again.

Policy keys
-----------
`[policy]` `coefficient`, `min_agreement` (0 to 1), `target_agreement` (0 to 1),
`on_inconclusive` (review, reject or accept); `[gate]` `consumer_risk` and `producer_risk`
(above 0, below 0.5). Overrides stand under
`[policy.questions.NAME]` and `[policy.vendors.NAME]`.

References
----------
Krippendorff (2011), Computing Krippendorff's alpha-reliability. Efron & Stein (1981), The
jackknife estimate of variance, Annals of Statistics 9(3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.thresholds import findings_for
from labelaudit.concluding import MIN_AGREEMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.model import Finding

NAME = "low-agreement"
KEYS: Mapping[str, float] = {}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch and question whose floor was not passed."""
    yield from findings_for(NAME, MIN_AGREEMENT, evidence)
