"""The mix of labels in a batch is not that of its baseline.

Looks for
---------
Batches whose label shares lie at least `min_change_fraction` of total variation, which is the
share of labels that would have to change, from the baseline, by more than chance. The two-way
Rao-Scott F test knows that labels of one document or item, and of one annotator, move
together. The design effect says how much wider that makes chance. And batches differ by
nature: how much those beside it vary (random effects on their shares) is added, so that a
batch is named only where it stands out from them.

The baseline is `--baseline`, or the batches that `[drift]` names, or else all other batches
of the delivery, those left out that stand out themselves. Then one strange batch is found, but
a delivery that is strange as a whole is not, and of two batches both are named: so give a
baseline where there is one. Batches of the same vendor are taken where there are two at least.
Of all batches and questions that are named, one in twenty may be a false alarm
(Benjamini-Hochberg).

Why it matters
--------------
A model learns the mix it is shown. New content, another guideline or a habit of new
annotators move it silently, while agreement stays high.

Example
-------
`label mix moved by 18 points (95% 12 to 24; chance alone up to 6; batches vary by 2)
against 5 other batches: cat 35% -> 18%, other 17% -> 34%; within the same annotators 17, their
shares of the work 1, who came or left 0; design effect 2.3`

What to do
----------
Content can really change: look at the items named in the evidence. If the same people answer
otherwise on the same kind of items, ask for overlap or gold items across both batches; if
people came or left, compare them with `annotator-below-peers`.

Policy keys
-----------
`[checks.label-drift]` `min_change_fraction` (0 to 1, default 0.10). `unknown` with fewer than
8 documents or items, or 5 annotators, on either side, with one batch only, where a batch differs
and fewer than 4 batches beside it tell how much batches vary, with another label set in the
baseline, and on scales without a small label set. PSI and Jensen-Shannon stand in
the evidence for comparison with other tools: no fixed limit on them holds for all sizes.

References
----------
Rao & Scott (1981), The analysis of categorical data from complex sample surveys, JASA 76,
221-230; Cameron, Gelbach & Miller (2011), Robust inference with multiway clustering, JBES 29,
238-249; Kitagawa (1955), Components of a difference between two rates, JASA 50, 1168-1194;
DerSimonian & Kacker (2007), Random-effects model for meta-analysis of clinical trials: an
update, Contemporary Clinical Trials 28, 105-114.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.batches import Look, against, breach, exact_answers, items_of, vary
from labelaudit.checks.comparison import Comparison
from labelaudit.drifting import label_mix, split_mix
from labelaudit.drifting.varying import mix_measured, usual_variation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drift import Deviation, LabelMixDrift, Measured
    from labelaudit.drifting import Compared, Course
    from labelaudit.model import Finding, Scalar

NAME = "label-drift"
KEYS: Mapping[str, float] = {"min_change_fraction": 0.10}
_SHOWN = 5
_PARTS = {
    "behaviour": "within the same annotators",
    "annotator-mix": "their shares of the work",
    "new-annotators": "who came or left",
}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per batch and question with another mix, or why none can be compared."""
    floor = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    comparison = Comparison(NAME, exact_answers, _compare, _measured, _size, floor)
    yield from comparison.named(evidence, _finding)


def _size(deviation: Deviation) -> float:
    return deviation.effect or 0.0


def _compare(course: Course, one: Compared) -> tuple[LabelMixDrift, Deviation]:
    found = label_mix(course, one)
    return found, found.tv


def _measured(course: Course, one: Compared, found: LabelMixDrift, _: Deviation) -> Measured | None:
    return mix_measured(course, one, found)


def _finding(one: Look[LabelMixDrift], adjusted: float) -> Finding:
    found, tv = one.found, one.deviation
    assert tv.effect is not None, "a tested mix has an effect"
    assert tv.low is not None, "a tested mix has an interval"
    assert tv.high is not None, "a tested mix has an interval"
    parts = _parts(one)
    assert one.against is not None, "a batch is compared with a baseline"
    chance = label_mix(one.course, one.against, by_chance=True).tv_by_chance or 0.0
    assert one.known is not None, "a batch is named where it is known how much batches vary"
    usual = usual_variation(one.course, one.known)
    shares = _shares(one)
    split = ", ".join(f"{_PARTS[name]} {100 * size:z.0f}" for name, size in parts.items())
    message = (
        f"label mix moved by {100 * tv.effect:.0f} points (95% {100 * tv.low:.0f} to"
        f" {100 * tv.high:.0f}; chance alone up to {100 * chance:.0f}; {vary(100 * usual)})"
        f" against {against(one)}:"
        f" {', '.join(shares[:2])}{'; ' + split if split else ''};"
        f" design effect {found.design_effect or 1.0:.1f}"
    )
    numbers: dict[str, Scalar | list[Scalar]] = {
        "total_variation": tv.effect, "low": tv.low, "high": tv.high, "by_chance": chance,
        "usual_variation": usual,
        "f": tv.statistic, "df1": found.df1, "df2": tv.df, "p": tv.p, "adjusted_p": adjusted,
        "design_effect": found.design_effect, "psi": found.psi,
        "jensen_shannon": found.jensen_shannon, "hellinger": found.hellinger,
    }  # fmt: skip
    return breach(
        NAME, one, message, {**numbers, **parts, "labels": [*shares], "items": _items(one)}
    )


def _parts(one: Look[LabelMixDrift]) -> dict[str, float]:
    assert one.against is not None, "a batch is compared with a baseline"
    split = split_mix(one.course, one.against)
    return {} if split is None else split.sizes


def _shares(one: Look[LabelMixDrift]) -> list[str]:
    """Write the labels whose shares moved most."""
    before, after = one.found.baseline, one.found.batch
    order = np.argsort(-np.abs(after - before), kind="stable")[:_SHOWN]
    names = one.course.labels
    return [f"{names[code]} {before[code]:.0%} -> {after[code]:.0%}" for code in order.tolist()]


def _items(one: Look[LabelMixDrift]) -> list[Scalar]:
    """Return items of the batch with the label that grew most."""
    assert one.against is not None, "a batch is compared with a baseline"
    rows = one.course.rows.of([one.against.batch])
    grown = int(np.argmax(one.found.batch - one.found.baseline))
    return items_of(one.course, rows[one.course.rows.label[rows] == grown])
