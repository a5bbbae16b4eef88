"""One annotator did more than one person can.

Looks for
---------
More answers within `window_s` than fit at `min_answer_s` each, and days whose durations add up
to more than `max_day_s`. Combined with the other hints in one control: see
`pattern-answering`.

Why it matters
--------------
It is the plainest sign of a program, of several people behind one id, or of times that are
not those of the work.

Example
-------
`more than one person does: 412 answers in the busiest 600 s, at most 300 fit`

What to do
----------
Ask how the times were taken: uploads in bulk, and tasks left open in several tabs, count
double. If the times hold, ask who worked under this id.

Policy keys
-----------
`[checks.impossible-throughput]` `window_s` (seconds, default 600), `min_answer_s` (seconds,
default 2), `max_day_s` (seconds of work in 24 hours, default 86400). `unknown` without the
times of most answers, below 30 answers, and for the day without durations.

References
----------
Bowling, Huang, Brower & Bragg (2021), The quick and the careless, Organizational Research
Methods, doi 10.1177/10944281211056520.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.people import about, hinted_by, not_testable, some_items, timed
from labelaudit.conduct import Floors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour.work import BoolArray
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding

NAME = "impossible-throughput"
KEYS: Mapping[str, float] = {
    "window_s": Floors().window_s,
    "min_answer_s": Floors().answer_s,
    "max_day_s": Floors().day_s,
}
_PACE, _DAY = "throughput", "hours-a-day"


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator with more work than fits, or which times it needs."""
    for conduct in timed(evidence):
        yield from _not_testable(conduct)
        for code in hinted_by(conduct, _PACE):
            yield _busy(conduct, code)
        for code in hinted_by(conduct, _DAY):
            yield _long(conduct, code)


def _not_testable(conduct: Conduct) -> Iterator[Finding]:
    """Yield what is needed for the window, and for the day where only that cannot be seen."""
    pace, day = conduct.hint(_PACE), conduct.hint(_DAY)
    assert pace is not None
    assert day is not None
    yield from not_testable(NAME, conduct, pace, by_time=True)
    if pace.testable.any():
        yield from not_testable(NAME, conduct, day, by_time=True)


def _busy(conduct: Conduct, code: int) -> Finding:
    signal, floors = conduct.hint(_PACE), conduct.floors
    assert signal is not None
    answers, fit = int(signal.score[code]), floors.window_s / floors.answer_s
    return about(
        NAME,
        conduct,
        code,
        f"more than one person does: {answers:,} answers in the busiest {floors.window_s:,.0f} s,"
        f" at most {fit:,.0f} fit",
        {
            "answers": answers,
            "fit": fit,
            "window_s": floors.window_s,
            "items": some_items(conduct, _busiest(conduct, code)),
        },
        by_time=True,
    )


def _busiest(conduct: Conduct, code: int) -> BoolArray:
    """(N,) the answers of a person in the busiest window."""
    moment = conduct.work.moment
    assert moment is not None, "somebody was timed"
    own = conduct.work.annotator == code
    at = np.sort(moment[own & np.isfinite(moment)])
    begin = np.searchsorted(at, at - conduct.floors.window_s)
    last = int((np.arange(len(at)) - begin).argmax())
    return np.asarray(own & (moment >= at[begin[last]]) & (moment <= at[last]))


def _long(conduct: Conduct, code: int) -> Finding:
    signal = conduct.hint(_DAY)
    assert signal is not None
    hours, most = float(signal.score[code]), conduct.floors.day_s / 3600
    own = conduct.work.annotator == code
    return about(
        NAME,
        conduct,
        code,
        f"more than one person has: {hours:.1f} hours of work within 24 hours,"
        f" at most {most:g} fit",
        {"hours": hours, "fit": most, "items": some_items(conduct, own)},
        by_time=True,
    )
