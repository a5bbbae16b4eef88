"""An annotator is much better on gold units than on the rest.

Looks for
---------
Annotators whose accuracy on gold lies above their agreement with the others elsewhere by
`min_gap_fraction` more than is usual. Gold that is easier than the rest lifts everybody and
does not count. Combined with the other hints in one control: see `pattern-answering`.

Why it matters
--------------
Gold that can be told from the rest (its ids, its place, a leaked list) measures nothing. Who
answers it with care and the rest without looks best of all on gold alone.

Example
-------
`better on gold than elsewhere: right on 97.0% of 33 gold units, like most others on 41.2% of
102 other units; the usual gap is 2 points`

What to do
----------
Replace the gold, and look at whether it can be recognised. Then judge the other answers.

Policy keys
-----------
`[checks.gold-peer-gap]` `min_gap_fraction` (0 to 1, default 0.20). Off for questions of
`nature = "subjective"`; `unknown` below 5 gold answers and 20 others, for five people or more.

References
----------
Checco, Bates & Demartini (2020), Adversarial attacks on crowdsourcing quality control, Journal
of Artificial Intelligence Research 67, 375-408.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.others import favourite
from labelaudit.checks.evidence import percent
from labelaudit.checks.people import (
    about,
    asks_gold,
    comparable,
    hinted_by,
    incomparable,
    not_testable,
    some_items,
)
from labelaudit.conduct import Floors
from labelaudit.engine.records import NO_GOLD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour import Signal
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding

NAME = "gold-peer-gap"
KEYS: Mapping[str, float] = {"min_gap_fraction": Floors().gold_gap}
_HINT = "gold-gap"


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator far better on gold, or what cannot be compared."""
    yield from incomparable(NAME, evidence)
    for conduct in comparable(evidence):
        signal = conduct.hint(_HINT)
        if signal is not None and asks_gold(evidence, conduct):
            yield from not_testable(NAME, conduct, signal)
            for code, adjusted in hinted_by(conduct, _HINT).items():
                yield _finding(conduct, signal, code, adjusted)


def _finding(conduct: Conduct, signal: Signal, code: int, adjusted: float) -> Finding:
    work, gold, liked = (
        conduct.work,
        conduct.records.gold[conduct.work.unit],
        favourite(conduct.work),
    )
    own = work.annotator == code
    asked, rest = own & (gold != NO_GOLD), own & (gold == NO_GOLD) & (liked >= 0)
    right, like = asked & (work.label == gold), rest & (work.label == liked)
    usual = float(signal.score[code] - signal.effect[code])
    return about(
        NAME,
        conduct,
        code,
        f"better on gold than elsewhere: right on {percent(float(np.mean(right[asked])))} of"
        f" {asked.sum():,} gold units, like most others on {percent(float(np.mean(like[rest])))}"
        f" of {rest.sum():,} other units; the usual gap is {100 * usual:.0f} points",
        {
            "gold_accuracy": float(np.mean(right[asked])),
            "gold_answers": int(asked.sum()),
            "like_others": float(np.mean(like[rest])),
            "other_units": int(rest.sum()),
            "gap": float(signal.score[code]),
            "usual_gap": usual,
            "adjusted_p": adjusted,
            "gold_items": some_items(conduct, right),
            "items": some_items(conduct, rest & ~like),
        },
    )
