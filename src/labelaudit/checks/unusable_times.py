"""Times that cannot be those of the work: all equal, ended before begun, or in mixed units.

Looks for
---------
Times that are the same everywhere, answers that end before they begin, durations that are a
thousandfold apart between vendors or batches (milliseconds beside seconds) or hundreds of times
what lies between one answer and the next (milliseconds everywhere), and more than
`max_zero_fraction` of durations of 0. Years outside 2000 to 2100 and times without a zone are
rejected rows: see `invalid-row`.

Why it matters
--------------
Every check of pace, order and hours believes the times. A vendor in milliseconds makes all
others look far too fast.

Example
-------
`durations of vendor "northwind" are about a thousand times those of the others: milliseconds?`

What to do
----------
Ask for the times as the tool took them, in seconds, with a zone, of each answer alone.

Policy keys
-----------
`[checks.unusable-times]` `max_zero_fraction` (0 to 1, default 0.05). A warning, never a breach;
`unknown` where no column holds times.

References
----------
ISO/IEC 5259-2:2024, data quality measures for machine learning (consistency, credibility).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.evidence import many, percent
from labelaudit.checks.people import some_items, timed, unknown
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.coefficients import FloatArray
    from labelaudit.conduct import Conduct
    from labelaudit.model import Scalar

NAME = "unusable-times"
KEYS: Mapping[str, float] = {"max_zero_fraction": 0.05}
_ENOUGH = 5  # a handful of equal times may be chance


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per way in which times cannot be believed, or that there are none."""
    most = evidence.policy.key(NAME, "max_zero_fraction", KEYS["max_zero_fraction"])
    for conduct in timed(evidence):
        columns = _columns(conduct)
        if not columns:
            needs = "a duration, or the moments when answers began and ended"
            yield unknown(NAME, conduct, "no times", needs, by_time=True)
        for name, values in columns.items():
            yield from _equal(conduct, name, values)
        yield from _backward(conduct)
        yield from _mixed(conduct)
        yield from _zero(conduct, most)


def _columns(conduct: Conduct) -> dict[str, FloatArray]:
    """Return the known times of every column that has any."""
    records = conduct.records
    given = {
        "duration_s": records.duration_s,
        "started_at": records.started_at,
        "submitted_at": records.submitted_at,
    }
    known = {
        name: values[np.isfinite(values)] for name, values in given.items() if values is not None
    }
    return {name: values for name, values in known.items() if len(values)}


def _equal(conduct: Conduct, name: str, values: FloatArray) -> Iterator[Finding]:
    if len(values) >= _ENOUGH and values.min() == values.max():
        message = f"{name}: all {len(values):,} times are the same, so they say nothing"
        yield _finding(conduct, message, {"column": name, "answers": len(values)})


def _backward(conduct: Conduct) -> Iterator[Finding]:
    start, end = conduct.records.started_at, conduct.records.submitted_at
    if start is None or end is None:
        return
    backward = end < start
    if backward.any():
        answers = int(backward.sum())
        message = f"{many(answers, 'answer')} of {len(backward):,} end before they begin"
        evidence: dict[str, Scalar | list[Scalar]] = {"answers": answers, "of": len(backward)}
        yield _finding(conduct, message, evidence | {"items": some_items(conduct, backward)})


def _mixed(conduct: Conduct) -> Iterator[Finding]:
    if conduct.mixed_units is None:
        return
    kind, names = conduct.mixed_units
    listed = ", ".join(f'"{name}"' for name in names[:_ENOUGH])
    message = (
        f"durations of {kind} {listed} are about a thousand times those of the others:"
        " milliseconds?"
        if names
        else "durations are hundreds of times what lies between one answer and the next:"
        " milliseconds?"
    )
    yield _finding(conduct, message, {"kind": kind, "names": list(names)})


def _zero(conduct: Conduct, most: float) -> Iterator[Finding]:
    spent = conduct.records.duration_s
    if spent is None:
        return
    zero, known = spent == 0, int(np.isfinite(spent).sum())
    share = int(zero.sum()) / max(known, 1)
    if share > most:
        message = f"{percent(share)} of {known:,} durations are 0, at most {percent(most)} allowed"
        yield _finding(conduct, message, {"share": share, "items": some_items(conduct, zero)})


def _finding(conduct: Conduct, message: str, evidence: dict[str, Scalar | list[Scalar]]) -> Finding:
    return Finding(
        check=NAME,
        outcome="warning",
        severity="medium",
        message=message,
        question_id=None if conduct.shares_rows else conduct.question.question_id,
        evidence=evidence,
    )
