"""An annotator takes a fraction of the time that others take on the same items.

Looks for
---------
Annotators whose median time is at most `max_pace_fraction` of the others' on the same items,
beyond the usual spread between people. One control with the other checks of people decides
who is named (see `annotator-below-peers`).

Why it matters
--------------
Nobody can judge what they did not look at. Comparing on the same items keeps people with
short items from being named.

Example
-------
`fast: takes 21% of the others' time on 180 shared units (median 4.0 s)`

What to do
----------
Hold the time against accuracy: some people are fast and right, with hot-keys or a pre-filled
label, and some timers stop early. Where fast answers agree less, relabel them.

Policy keys
-----------
`[checks.response-time]` `max_pace_fraction` (0 to 1, default 0.5). `unknown` without a
duration, or start and end times, of five people or more on shared items, and where seconds
and milliseconds are mixed (see `unusable-times`).

References
----------
Wise & Kong (2005), Response time effort, Applied Measurement in Education 18(2), 163-183.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.people import about, named_by, not_testable, timed
from labelaudit.conduct import Floors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour import Signal
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding

NAME = "response-time"
KEYS: Mapping[str, float] = {"max_pace_fraction": Floors().pace}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator far faster than the others, or why none can be timed."""
    for conduct in timed(evidence):
        (signal,) = conduct.families["time"]
        yield from not_testable(NAME, conduct, signal, by_time=True)
        for code, adjusted in named_by(conduct, "time"):
            yield _finding(conduct, signal, code, adjusted)


def _finding(conduct: Conduct, signal: Signal, code: int, adjusted: float) -> Finding:
    pace, units = 1 - float(signal.effect[code]), int(signal.count[code])
    durations = conduct.work.duration
    assert durations is not None, "somebody was timed"
    seconds = float(np.nanmedian(durations[conduct.work.annotator == code]))
    return about(
        NAME,
        conduct,
        code,
        f"fast: takes {pace:.0%} of the others' time on {units:,} shared units"
        f" (median {seconds:.1f} s)",
        {"pace": pace, "median_s": seconds, "units": units, "adjusted_p": adjusted},
        by_time=True,
    )
