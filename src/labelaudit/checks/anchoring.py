"""People repeat the label that a model proposes more than they agree with it unseen.

Looks for
---------
Questions whose answers equal the model's label on items where it was shown at least
`min_gain_fraction` more often than on items where it was not. On blind items the model's label
is known from rows of `annotator_kind = "model"`, or from other rows of the item. Where gold
exists, the same is asked of items on which the model is wrong: there a gain cannot be help.

Why it matters
--------------
Pre-filled labels save time, and make everybody agree with the model: agreement then measures
the model's influence, and its mistakes enter the data twice.

Example
-------
`shown labels are followed: 91.2% of 1,200 answers equal the model's label where it was shown,
74.5% of 400 on blind items; where the model is wrong 48.0% and 12.5%`

What to do
----------
Keep a share of items blind, drawn without looking at them, and judge quality on those. Where
wrong proposals are followed, show none for that class.

Policy keys
-----------
`[checks.anchoring]` `min_gain_fraction` (0 to 1, default 0.05). `unknown` without a
`shown_label` column, without blind items, and with fewer than 8 items or 5 annotators of each
kind.

References
----------
Tversky & Kahneman (1974), Judgment under uncertainty, Science 185, 1124-1131.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.batches import Look, breach, exact_answers, standing_out, told, untested
from labelaudit.checks.columns import lacking
from labelaudit.checks.evidence import percent
from labelaudit.checks.people import some_items
from labelaudit.drifting import Fault
from labelaudit.drifting.shown import Shown, shown_labels
from labelaudit.signals import anchoring

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    import numpy.typing as npt

    from labelaudit.checks.evidence import Evidence
    from labelaudit.model import Finding
    from labelaudit.signals import Anchoring

NAME = "anchoring"
KEYS: Mapping[str, float] = {"min_gain_fraction": 0.05}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per question whose shown labels are followed, or why none can be seen."""
    if missing := lacking(NAME, evidence, "shown_label"):
        yield missing
        return
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    faults: dict[str, Fault] = {}
    seen: list[Look[tuple[Shown, Anchoring]]] = []
    for question, course in evidence.courses.items():
        fault = exact_answers(course)
        model = None if fault else shown_labels(course.conduct)
        if model is None:
            none = Fault("no shown label is one of the question's", "shown labels of its domain")
            faults[question] = fault or none
            continue
        rows, known = course.conduct.records, model.known
        found = anchoring(
            model.followed[known],
            model.shown[known],
            rows.item[known],
            rows.annotator[known],
            model.wrong[known],
        )
        seen.append(Look(course, None, (model, found), found.followed))
    yield from told(NAME, faults, len(evidence.courses))
    yield from untested(NAME, seen)
    for one, adjusted in standing_out(seen):
        if (one.deviation.effect or 0.0) >= floor:
            yield _finding(one, adjusted)


def _finding(one: Look[tuple[Shown, Anchoring]], adjusted: float) -> Finding:
    model, found = one.found
    shares = [_share(model, model.known & (model.shown == side)) for side in (True, False)]
    many = [int((model.known & (model.shown == side)).sum()) for side in (True, False)]
    wrong = found.followed_when_wrong
    harm = ""
    if wrong.effect is not None:
        bad = [_share(model, model.wrong & (model.shown == side)) for side in (True, False)]
        harm = f"; where the model is wrong {percent(bad[0])} and {percent(bad[1])}"
    return breach(
        NAME,
        one,
        f"shown labels are followed: {percent(shares[0])} of {many[0]:,} answers equal the"
        f" model's label where it was shown, {percent(shares[1])} of {many[1]:,} on blind"
        f" items{harm}",
        {
            "shown": shares[0],
            "blind": shares[1],
            "low": found.followed.low,
            "high": found.followed.high,
            "adjusted_p": adjusted,
            "gain_where_wrong": wrong.effect,
            "p_where_wrong": wrong.p,
            "items": some_items(one.course.conduct, model.shown & model.followed & model.wrong),
        },
    )


def _share(model: Shown, rows: npt.NDArray[np.bool_]) -> float:
    return float(model.followed[rows].mean()) if rows.any() else 0.0
