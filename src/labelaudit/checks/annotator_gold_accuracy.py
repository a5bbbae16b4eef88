"""An annotator is right on gold less often than the policy asks.

Looks for
---------
Annotators whose accuracy on gold is under `[policy.gold] min_accuracy` by more than luck
explains (exact binomial test). Combined with the other hints in one control: see
`pattern-answering`. Where everybody together falls short, that is a warning about the gold or
the guideline, and people are held against what everybody reaches.

Why it matters
--------------
Gold is the only yardstick that does not depend on the others. It takes many gold answers to
prove anything: with ten, somebody right 70% of the time passes a standard of 90% twice in
three times.

Example
-------
`below the standard on gold: 29 of 46 right, 63.0% [47.5%, 76.8%], asked 90%`

What to do
----------
Check the gold of the units named first. If it stands, talk, recalibrate, relabel.

Policy keys
-----------
`[policy.gold]` `min_accuracy`: without it there is no standard and nothing is looked at.
`[checks.annotator-gold-accuracy]` `max_shortfall_fraction` (0 to 1, default 0.20): somebody that
far below the standard must be caught three times in four, else they are not testable;
`unknown` says how many gold answers that takes.

References
----------
Clopper & Pearson (1934), The use of confidence or fiducial limits, Biometrika 26, 404-413.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtr

from labelaudit.checks.evidence import percent
from labelaudit.checks.people import (
    COMPARABLE_SCALES,
    about,
    asks_gold,
    hinted_by,
    not_testable,
    some_items,
    unknown,
)
from labelaudit.conduct import Floors, on_gold
from labelaudit.engine.records import NO_GOLD
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour.work import BoolArray
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct

NAME = "annotator-gold-accuracy"
KEYS: Mapping[str, float] = {"max_shortfall_fraction": Floors().shortfall}
_HINT = "gold-accuracy"
_LEVEL = 0.01


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator under the standard, or how much gold that needs."""
    for conduct in evidence.conducts.values():
        asked = conduct.question.question_id in conduct.floors.accuracy
        if not asked or not asks_gold(evidence, conduct):
            continue
        signal = conduct.hint(_HINT)
        if signal is None:
            yield unknown(NAME, conduct, conduct.fault or "", COMPARABLE_SCALES)
        else:
            yield from _doubt(conduct) or not_testable(NAME, conduct, signal)
            for code, adjusted in hinted_by(conduct, _HINT).items():
                yield _finding(evidence, conduct, code, adjusted)


def _doubt(conduct: Conduct) -> tuple[Finding, ...]:
    """Return that everybody together is under the standard, where that is so."""
    right, count = on_gold(conduct)
    asked = conduct.floors.accuracy[conduct.question.question_id]
    if count == 0 or right / count >= asked or bdtr(right, count, asked) > _LEVEL:
        return ()
    share = right / count
    message = (
        f"everybody together is right on {percent(share)} of {count:,} gold answers, asked"
        f" {asked:.0%}: the gold or the guideline is in doubt before anybody is"
    )
    return (
        Finding(
            check=NAME,
            outcome="warning",
            severity="medium",
            message=message,
            question_id=conduct.question.question_id,
            evidence={
                "accuracy": share,
                "gold_answers": count,
                "asked": asked,
                "items": some_items(conduct, _wrong(conduct)),
            },
        ),
    )


def _wrong(conduct: Conduct) -> BoolArray:
    """(N,) the answers on gold units that are not the gold label."""
    records = conduct.records
    gold = records.gold[records.item]
    return np.asarray((gold != NO_GOLD) & (gold != records.label))


def _finding(evidence: Evidence, conduct: Conduct, code: int, adjusted: float) -> Finding:
    signal, question = conduct.hint(_HINT), conduct.question.question_id
    assert signal is not None
    count, asked = int(signal.count[code]), conduct.floors.accuracy[question]
    right, accuracy = round(float(signal.score[code]) * count), float(signal.score[code])
    who = conduct.people[code]
    estimate = evidence.measures.find("gold-accuracy", question, annotator_id=who)
    low, high = (None, None) if estimate is None else (estimate.low, estimate.high)
    span = "" if low is None or high is None else f" [{percent(low)}, {percent(high)}]"
    return about(
        NAME,
        conduct,
        code,
        f"below the standard on gold: {right:,} of {count:,} right, {percent(accuracy)}{span},"
        f" asked {asked:.0%}",
        {
            "accuracy": accuracy,
            "low": low,
            "high": high,
            "gold_answers": count,
            "asked": asked,
            "adjusted_p": adjusted,
            "items": some_items(conduct, _wrong(conduct) & (conduct.work.annotator == code)),
        },
    )
