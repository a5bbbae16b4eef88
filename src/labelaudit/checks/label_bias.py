"""An annotator often gives one label where the others see another.

Looks for
---------
Annotators who give one label where the others see another at least `min_excess_fraction` more
often than is usual, when most of what sets them apart lies in this one pair
(`min_focus_fraction`). Combined with the other hints in one control: see `pattern-answering`.

Why it matters
--------------
One misunderstood label is the cheapest fault to repair: recalibrate, do not remove. All other
answers of this person are as good as anybody's.

Example
-------
`recalibrate: gives "dog" on 46% of the units that the others see as "cat", usual is 2%`

What to do
----------
Show the items named to this annotator beside the guideline. If they are right, the guideline
or the others are in doubt.

Policy keys
-----------
`[checks.label-bias]` `min_excess_fraction` (0 to 1, default 0.20), `min_focus_fraction` (0 to 1,
default 0.5). A warning, never a breach. Off for questions of `nature = "subjective"`; `unknown`
below 15 units that the others see as one label, for five people or more.

References
----------
Dawid & Skene (1979), Maximum likelihood estimation of observer error-rates using the EM
algorithm, Applied Statistics 28(1), 20-28.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.behaviour.others import favourite
from labelaudit.checks.people import (
    about,
    comparable,
    hinted_by,
    incomparable,
    not_testable,
    some_items,
)
from labelaudit.conduct import Floors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour import LabelBias
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding

NAME = "label-bias"
KEYS: Mapping[str, float] = {
    "min_excess_fraction": Floors().confusion,
    "min_focus_fraction": 0.5,
}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one warning per annotator with a label of their own, or what that would need."""
    least = evidence.policy.key(NAME, "min_focus_fraction", KEYS["min_focus_fraction"])
    yield from incomparable(NAME, evidence)
    for conduct in comparable(evidence):
        bias = conduct.bias
        yield from not_testable(NAME, conduct, bias.signal)
        for code, adjusted in hinted_by(conduct, NAME).items():
            if bias.focus[code] >= least:
                yield _finding(conduct, bias, code, adjusted)


def _finding(conduct: Conduct, bias: LabelBias, code: int, adjusted: float) -> Finding:
    seen_as, given = int(bias.seen_as[code]), int(bias.given[code])
    rate, usual = float(bias.rate[code]), float(bias.usual[code])
    work = conduct.work
    mixed_up = (work.annotator == code) & (work.label == given) & (favourite(work) == seen_as)
    return about(
        NAME,
        conduct,
        code,
        f'recalibrate: gives "{conduct.labels[given]}" on {rate:.0%} of the units that the others'
        f' see as "{conduct.labels[seen_as]}", usual is {usual:.0%}',
        {
            "seen_as": conduct.labels[seen_as],
            "given": conduct.labels[given],
            "rate": rate,
            "usual_rate": usual,
            "focus": float(bias.focus[code]),
            "adjusted_p": adjusted,
            "items": some_items(conduct, mixed_up),
        },
        outcome="warning",
    )
