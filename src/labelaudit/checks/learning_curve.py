"""An annotator agreed less with the others at first than later on.

Looks for
---------
Annotators whose first twenty answers agree at least `min_difference_fraction` less with the
others on the same items than what followed. Decay is judged without those answers.

Why it matters
--------------
Learning is no fault, and must not be taken for decay or for a bad average. It does say which
answers to look at again.

Example
-------
`agreed less at first: 38 points under the later work in the first 20 of 145 shared units`

What to do
----------
Relabel the first answers, or let new people begin with items that do not count.

Policy keys
-----------
`[checks.learning-curve]` `min_difference_fraction` (0 to 1, default 0.08),
`false_discovery_fraction` (0 to 1, default 0.10), a control of its own. A warning, never a
breach. Off for questions of `nature = "subjective"`; `unknown` without times that order the
work, and below 30 shared units after the first twenty.

References
----------
Welch (1947), The generalization of Student's problem, Biometrika 34(1-2), 28-35.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour import learning_curve
from labelaudit.behaviour.decay import BURN_IN
from labelaudit.behaviour.sequences import sequences
from labelaudit.checks.people import (
    about,
    alone,
    comparable,
    incomparable,
    not_testable,
    some_items,
)
from labelaudit.conduct import Floors
from labelaudit.conduct.crews import in_company
from labelaudit.outliers import adjusted_p

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour import Signal
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding
    from labelaudit.settings import Policy

NAME = "learning-curve"
KEYS: Mapping[str, float] = {
    "min_difference_fraction": Floors().drop,
    "false_discovery_fraction": Floors().false_discovery,
}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one warning per annotator who had to learn, or why the work has no order."""
    yield from incomparable(NAME, evidence)
    for conduct in comparable(evidence):
        yield from _look(conduct, evidence.policy)


def _look(conduct: Conduct, policy: Policy) -> Iterator[Finding]:
    floor, level = (policy.key(NAME, name, usual) for name, usual in KEYS.items())
    given = learning_curve(conduct.scored, floor=floor, seen=conduct.scored_seen)
    signal = in_company(given, conduct.scored)
    yield from not_testable(NAME, conduct, signal)
    tested = np.flatnonzero(signal.testable)
    adjusted = adjusted_p(signal.p[tested])
    for place in np.flatnonzero(adjusted <= level).tolist():
        yield _finding(conduct, signal, int(tested[place]), float(adjusted[place]))


def _finding(conduct: Conduct, signal: Signal, code: int, adjusted: float) -> Finding:
    order = sequences(conduct.work)
    assert order is not None, "somebody was tested in time order"
    first = np.zeros(len(conduct.work), dtype=bool)
    first[order.row[(order.person == code) & (order.place < BURN_IN)]] = True
    rise, units = float(signal.effect[code]), int(signal.count[code])
    return about(
        NAME,
        conduct,
        code,
        f"agreed less at first: {100 * rise:.0f} points under the later work in the first"
        f" {BURN_IN} of {units:,} shared units",
        {
            "difference": rise,
            "units": units,
            "adjusted_p": adjusted,
            "items": some_items(conduct, first & alone(conduct, code)),
        },
        outcome="warning",
        severity="low",
    )
