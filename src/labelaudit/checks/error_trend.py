"""From batch to batch, errors have risen above their ordinary level.

Looks for
---------
A moving average of disagreements between people, and of errors on gold, that crosses the limit
of a chart which knows how much ordinary batches differ (RE-EWMA); and a rise of at least
`min_rise_fraction`. The batches follow each other by the time of their first answer, or by name
where times are missing. The ordinary state are the batches of the baseline (see
`label-drift`); without one, the first half of the delivery, 20 batches at most.

Why it matters
--------------
Quality often decays in small steps. No single batch stands out, and each may clear its floor.

Example
-------
`errors on gold rise: 16.2% since batch b-31, were 8.1% in 20 batches before; the level changed
at batch b-29 (between b-27 and b-31)`

What to do
----------
Ask what happened where the level changed: new people, another guideline, a new queue. Relabel
from there on, not from the alarm on: a chart needs some batches to be sure.

Policy keys
-----------
`[checks.error-trend]` `min_rise_fraction` (0 to 1, default 0.03). `unknown` with fewer than 8
baseline batches in which two people answered a unit, or gold was answered.

References
----------
Roberts (1959), Control chart tests based on geometric moving averages, Technometrics 1,
239-250; DerSimonian & Laird (1986), Meta-analysis in clinical trials; Killick, Fearnhead &
Eckley (2012), Optimal detection of changepoints, JASA 107, 1590-1598.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.batches import Look, breach, told, untested
from labelaudit.checks.evidence import many, percent
from labelaudit.drift import Deviation
from labelaudit.drifting import Fault, trends

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drift import Break
    from labelaudit.drifting import Course, Trend
    from labelaudit.model import Finding

NAME = "error-trend"
KEYS: Mapping[str, float] = {"min_rise_fraction": 0.03}
_OF = {"disagreement": "disagreements", "gold errors": "errors on gold"}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per question and kind of error that rises, or why there is no chart."""
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    faults, seen = {}, []
    for question, course in evidence.courses.items():
        found = [] if course.fault else trends(course)
        if course.fault or not found:
            nothing = Fault(course.conduct.fault or "", "a nominal, ordinal or set scale, or gold")
            faults[question] = course.fault or nothing
        seen += [Look(course, None, trend, _chartable(trend)) for trend in found]
    yield from told(NAME, faults, len(evidence.courses))
    yield from untested(NAME, seen)
    for one in seen:
        yield from _alarm(one.course, one.found, floor)


def _chartable(trend: Trend) -> Deviation:
    """Return the chart's own reason for not being there; a chart has no p."""
    chart = trend.chart
    return Deviation(p=1.0 if chart.undefined is None else None, undefined=chart.undefined,
                     needs=chart.needs)  # fmt: skip


def _alarm(course: Course, trend: Trend, floor: float) -> Iterator[Finding]:
    at = trend.first_alarm()
    if at is None:
        return
    ordinary = trend.chart.ordinary_rate or 0.0
    broken = _break(trend)
    start = at if broken is None else min(at, broken.position)
    rate = float(trend.errors[start:].sum() / max(trend.checked[start:].sum(), 1))
    if rate - ordinary < floor:
        return
    batch, first = course.names[trend.batches[at]], course.names[trend.batches[start]]
    place = "" if broken is None else f"; the level changed at batch {first}"
    one = Look(course, batch, trend, _chartable(trend))
    yield breach(
        NAME,
        one,
        f"{_OF[trend.of]} rise: {percent(rate)} since batch {first}, were {percent(ordinary)} in"
        f" {many(trend.baseline, 'batch').replace('batchs', 'batches')} before{place}",
        {
            "of": trend.of,
            "rate": rate,
            "ordinary_rate": ordinary,
            "smoothed": float(trend.chart.smoothed[at]),
            "limit": trend.chart.limit,
            "changed_at": None if broken is None else first,
            "order": "time" if course.by_time else "name",
            "batches": [course.names[trend.batches[each]] for each in trend.chart.alarms[:5]],
        },
    )


def _break(trend: Trend) -> Break | None:
    """Return the first rise of the level after the baseline, if one can be placed."""
    rises = [each for each in trend.breaks.found if each.after > each.before]
    every = bool((trend.checked > 0).all())
    return rises[0] if rises and every else None
