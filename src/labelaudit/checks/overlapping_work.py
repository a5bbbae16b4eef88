"""An annotator starts answers before the one before has ended.

Looks for
---------
Annotators of whom more than `max_overlap_fraction` of the answers begin over two seconds
before their previous one ends, beyond the 6% that open tabs explain. Combined with the other
hints in one control: see `pattern-answering`.

Why it matters
--------------
Two people who share one id cannot be told what they do well or badly, and were perhaps never
trained.

Example
-------
`overlapping work: 121 of 199 answers (61%) begin before the one before has ended`

What to do
----------
Look at the items named: several open tabs, a clock that is off and times set by an upload
look the same.

Policy keys
-----------
`[checks.overlapping-work]` `max_overlap_fraction` (0 to 1, default 0.20). `unknown` without the
start and the end of 30 answers, and where an upload in bulk gave most answers one moment.

References
----------
Allen (1983), Maintaining knowledge about temporal intervals, Communications of the ACM
26(11), 832-843 (overlap of intervals); the exact binomial test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.people import about, hinted_by, not_testable, some_items, timed
from labelaudit.conduct import Floors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour import Signal
    from labelaudit.behaviour.work import BoolArray
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding

NAME = "overlapping-work"
KEYS: Mapping[str, float] = {"max_overlap_fraction": Floors().overlap}
_SLACK_S = 2.0


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator with overlapping answers, or which times it needs."""
    for conduct in timed(evidence):
        signal = conduct.hint(NAME)
        assert signal is not None
        yield from not_testable(NAME, conduct, signal, by_time=True)
        for code, adjusted in hinted_by(conduct, NAME).items():
            yield _finding(conduct, signal, code, adjusted)


def _finding(conduct: Conduct, signal: Signal, code: int, adjusted: float) -> Finding:
    share, follow = float(signal.score[code]), int(signal.count[code]) - 1
    return about(
        NAME,
        conduct,
        code,
        f"overlapping work: {round(share * follow):,} of {follow:,} answers ({share:.0%}) begin"
        " before the one before has ended",
        {
            "share": share,
            "answers": follow,
            "adjusted_p": adjusted,
            "items": some_items(conduct, _early(conduct, code)),
        },
        by_time=True,
    )


def _early(conduct: Conduct, code: int) -> BoolArray:
    """(N,) the answers of a person that begin before their previous one ends."""
    start, end = conduct.work.start, conduct.work.end
    assert start is not None
    assert end is not None
    row = np.flatnonzero((conduct.work.annotator == code) & (end >= start))
    row = row[np.lexsort((end[row], start[row]))]
    early = np.zeros(len(conduct.work), dtype=bool)
    early[row[1:][start[row[1:]] < end[row[:-1]] - _SLACK_S]] = True
    return early
