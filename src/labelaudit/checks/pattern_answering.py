"""An annotator's answers follow the answers before, not the items.

Looks for
---------
Annotators whose one or two previous answers predict the next one better than the others'
answers on the item do, by `min_gain_fraction` in the typical chance: A, B, C, A, B, C. Items
sorted by label do not mislead it. The hints (answering, gold, hours, label bias) are combined
in one control at the share of `annotator-below-peers`, so that no hint names anybody by
itself.

Why it matters
--------------
Clicking through in turn gives the right mix of labels at a good pace, and no information.

Example
-------
`follows a pattern: the answers before tell the next one with a chance of 91%, the item with
27%, over 120 answers in order`

What to do
----------
Look at the sequence in the evidence beside the items. A queue that alternates by design and a
screen that proposes labels in turn look the same.

Policy keys
-----------
`[checks.pattern-answering]` `min_gain_fraction` (0 to 1, default 0.10). `unknown` without times
that order the work, and below 30 answers.

References
----------
Curran (2016), Methods for the detection of carelessly invalid responses, Journal of
Experimental Social Psychology 66, 4-19.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.behaviour.sequences import sequences
from labelaudit.checks.people import (
    SHOWN,
    about,
    comparable,
    hinted_by,
    incomparable,
    not_testable,
)
from labelaudit.conduct import Floors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour import Signal
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding

NAME = "pattern-answering"
KEYS: Mapping[str, float] = {"min_gain_fraction": Floors().gain}
_STRIP = 12


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator who answers in a pattern, or why there is no order."""
    yield from incomparable(NAME, evidence, agreement=False)
    for conduct in comparable(evidence, agreement=False):
        signal = conduct.hint(NAME)
        assert signal is not None
        yield from not_testable(NAME, conduct, signal)
        for code, adjusted in hinted_by(conduct, NAME).items():
            yield _finding(conduct, signal, code, adjusted)


def _finding(conduct: Conduct, signal: Signal, code: int, adjusted: float) -> Finding:
    chance, count = float(signal.score[code]), int(signal.count[code])
    by_item = chance - float(signal.effect[code])
    order = sequences(conduct.work)
    assert order is not None, "somebody was tested in time order"
    first = order.row[order.person == code][:_STRIP]
    return about(
        NAME,
        conduct,
        code,
        f"follows a pattern: the answers before tell the next one with a chance of {chance:.0%},"
        f" the item with {by_item:.0%}, over {count:,} answers in order",
        {
            "chance_by_order": chance,
            "chance_by_item": by_item,
            "answers": count,
            "adjusted_p": adjusted,
            "sequence": [conduct.labels[label] for label in conduct.work.label[first].tolist()],
            "items": [
                conduct.records.item_id(item)
                for item in conduct.records.item[first[:SHOWN]].tolist()
            ],
        },
    )
