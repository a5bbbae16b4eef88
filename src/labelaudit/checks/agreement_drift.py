"""Agreement in a batch is below that of its baseline, and whether the work is the reason.

Looks for
---------
Batches whose Krippendorff's alpha lies at least `min_drop_fraction` under the baseline's, by
more than chance and more than the batches beside it differ from each other (random effects on
log(1 - alpha)). Raw agreement stands beside it and names the cause: a
*quality drop* where people really disagree more; a *prevalence effect*, a warning only, where
they disagree as often as before but one label has taken over; *unclear* where neither shows.
Baseline and control of false alarms are those of `label-drift`.

Why it matters
--------------
A batch may clear its floor and still be much worse than the vendor's usual work. And alpha
falls by itself when a label becomes rare: that is no reason to send anything back.

Example
-------
`quality drop: krippendorff-alpha 0.51, was 0.83 in 4 other batches; raw agreement 64.0%, was
88.1%; the most frequent label has 43%, had 36%`

What to do
----------
For a quality drop, see `guideline-change` and `annotator-below-peers`, and relabel the items
in the evidence. For a prevalence effect, ask for items of the rare labels before judging.

Policy keys
-----------
`[checks.agreement-drift]` `min_drop_fraction` (0 to 1, default 0.10). `unknown` with fewer
than 50 units with two labels, or 5 units in disagreement, on either side; and where fewer
than 4 batches beside it tell how much batches vary, for a drop that would not stand out among
batches of which one in three lies 40% off.

References
----------
Feinstein & Cicchetti (1990), High agreement but low kappa, J. Clin. Epidemiol. 43, 543-549;
Krippendorff (2011), Computing Krippendorff's alpha-reliability.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.batches import Look, against, breach, items_of
from labelaudit.checks.comparison import Comparison
from labelaudit.checks.evidence import percent
from labelaudit.drift import usual_agreement
from labelaudit.drift.agreement import WIDEST
from labelaudit.drifting import agreement
from labelaudit.drifting.comparing import disagreeing_rows, most_frequent
from labelaudit.drifting.varying import agreement_measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drift import AgreementDrift, Deviation, Measured
    from labelaudit.drifting import Compared, Course, Fault
    from labelaudit.model import Finding

NAME = "agreement-drift"
KEYS: Mapping[str, float] = {"min_drop_fraction": 0.10}
_HALF = 0.5


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch and question with less agreement, or why none is compared."""
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    given = NAME, _blind, _compare, _measured, _size, floor
    comparison = Comparison(*given, one_sided=True, tell=usual_agreement, widest=WIDEST)
    yield from comparison.named(evidence, _finding)


def _blind(_: Course) -> Fault | None:
    return None


def _size(deviation: Deviation) -> float:
    return -(deviation.effect or 0.0)


def _compare(course: Course, one: Compared) -> tuple[AgreementDrift, Deviation]:
    found = agreement(course, one)
    return found, found.drop


def _measured(
    course: Course, one: Compared, found: AgreementDrift, _: Deviation
) -> Measured | None:
    return agreement_measured(course, one, found)


def _finding(one: Look[AgreementDrift], adjusted: float) -> Finding:
    course, found = one.course, one.found
    assert one.against is not None, "a batch is compared with a baseline"
    where = course.question.question_id, one.batch
    alpha, raw = (
        course.measures.find(name, *where) for name in ("krippendorff-alpha", "percent-agreement")
    )
    cause = _cause(course, found)
    value = 0.0 if alpha is None else alpha.value or 0.0
    plain = 0.0 if raw is None else raw.value or 0.0
    was, had = value - (one.deviation.effect or 0.0), plain - (found.raw_change or 0.0)
    label = [
        most_frequent(course, batches) for batches in ([one.against.batch], one.against.others)
    ]
    prevalence = ""
    if course.conduct.fault is None:
        prevalence = (
            f"; raw agreement {percent(plain)}, was {percent(had)}; the most frequent label has"
            f" {label[0]:.0%}, had {label[1]:.0%}"
        )
    return breach(
        NAME,
        one,
        f"{cause.replace('-', ' ')}: krippendorff-alpha {value:.2f}, was {was:.2f} in"
        f" {against(one)}{prevalence}",
        {
            "cause": cause, "alpha": value, "baseline_alpha": was, "ratio": found.ratio,
            "low": one.deviation.low, "high": one.deviation.high, "z": found.drop.statistic,
            "f": one.deviation.statistic,
            "adjusted_p": adjusted, "raw_agreement": plain, "baseline_raw_agreement": had,
            "from_prevalence": found.from_prevalence,
            "items": items_of(course, disagreeing_rows(course, one.against.batch)),
        },
        "low" if cause == "prevalence-effect" else "medium",
    )  # fmt: skip


def _cause(course: Course, found: AgreementDrift) -> str:
    """Name the cause; where nearly equal answers count as unequal, by the parts of alpha alone."""
    if course.conduct.fault is None:
        return found.cause or "unclear"
    return "prevalence-effect" if (found.from_prevalence or 0.0) >= _HALF else "quality-drop"
