"""Accuracy on gold in a batch is under the floor.

Looks for
---------
A batch whose share of right answers on gold items is below `min_accuracy`, judged on the
one-sided bound. Answers of one person err together, so the bound counts annotators, not
answers (Korn-Graubard).

Why it matters
--------------
Agreement cannot see an error that everybody makes. Gold can, but few gold answers from few
people say little: taken as independent they would accept a bad batch several times as
often as stated.

Example
-------
`gold-accuracy is 0.742 (upper bound 0.801), under the floor of 0.900`

What to do
----------
Check the gold itself first: a wrong key or an old guideline looks the same. Then read which
annotators are wrong on which labels.

Policy keys
-----------
`[policy.gold]` `min_accuracy` (0 to 1), `target_accuracy` (0 to 1), `finite_lot` (true where the
answers on gold are a random sample of the batch's, and these alone are judged); `[policy]`
`on_inconclusive` (review, reject or accept); `[gate]` `consumer_risk` and `producer_risk`
(above 0, below 0.5).

References
----------
Korn & Graubard (1998), Confidence intervals for proportions with small expected number of
positive counts, Survey Methodology 24(2). Clopper & Pearson (1934), Biometrika 26(4). Cochran
(1977), Sampling Techniques, 3rd ed., sections 2.6 and 3.6: finite lots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.thresholds import findings_for
from labelaudit.concluding import MIN_ACCURACY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.model import Finding

NAME = "low-gold-accuracy"
KEYS: Mapping[str, float] = {}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch and question whose floor was not passed."""
    yield from findings_for(NAME, MIN_ACCURACY, evidence)
