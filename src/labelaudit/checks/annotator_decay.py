"""An annotator agrees less with the others as the work goes on.

Looks for
---------
Annotators whose agreement with the others on the same items falls by at least
`min_drop_fraction` from the first half of their work to the second, and steadily so. Harder
items later on do not count, and neither do the first twenty answers (see `learning-curve`).
One control with the other checks of people decides who is named (see `annotator-below-peers`).

Why it matters
--------------
The average of somebody careful at first and careless at the end looks usable, but the last
answers are not. The onset tells which to relabel.

Example
-------
`falls off: agrees with the others 41 points less in the second half of 140 shared units, most
clearly from answer 88 of 160 on`

What to do
----------
Relabel what came after the onset first. Ask what changed: fatigue, a new guideline, a rush
before a deadline and a person who took over look the same.

Policy keys
-----------
`[checks.annotator-decay]` `min_drop_fraction` (0 to 1, default 0.08). Off for questions of
`nature = "subjective"`; `unknown` without times that order the work, and below 30 shared
units after the first twenty.

References
----------
Page (1954), Continuous inspection schemes, Biometrika 41, 100-115; Brown, Durbin & Evans
(1975), JRSS B 37(2), 149-192.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.sequences import sequences
from labelaudit.checks.people import (
    about,
    alone,
    comparable,
    incomparable,
    named_by,
    not_testable,
    some_items,
)
from labelaudit.conduct import Floors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour.work import BoolArray
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding

NAME = "annotator-decay"
KEYS: Mapping[str, float] = {"min_drop_fraction": Floors().drop}
_LATE = 0.75  # an onset after so much of the work is late


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator who falls off, or why the work has no order."""
    yield from incomparable(NAME, evidence)
    for conduct in comparable(evidence):
        yield from not_testable(NAME, conduct, conduct.decay.signal)
        for code, adjusted in named_by(conduct, "drift"):
            yield _finding(conduct, code, adjusted)


def _finding(conduct: Conduct, code: int, adjusted: float) -> Finding:
    signal, onset = conduct.decay.signal, int(conduct.decay.onset[code])
    drop, units = float(signal.effect[code]), int(signal.count[code])
    answers, after = _after(conduct, code, onset)
    late = "a late onset, " if onset > _LATE * answers else "most clearly "
    return about(
        NAME,
        conduct,
        code,
        f"falls off: agrees with the others {100 * drop:.0f} points less in the second half of"
        f" {units:,} shared units, {late}from answer {onset:,} of {answers:,} on",
        {
            "drop": drop,
            "onset": onset,
            "answers": answers,
            "units": units,
            "adjusted_p": adjusted,
            "items": some_items(conduct, after & alone(conduct, code)),
        },
    )


def _after(conduct: Conduct, code: int, onset: int) -> tuple[int, BoolArray]:
    """Return how many answers a person gave in order, and (N,) which from the onset on."""
    order = sequences(conduct.work)
    assert order is not None, "somebody was tested in time order"
    after = np.zeros(len(conduct.work), dtype=bool)
    after[order.row[(order.person == code) & (order.place >= onset - 1)]] = True
    return int(order.count[code]), after
