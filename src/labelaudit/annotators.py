"""What is known of each annotator at each question, on one line: gold, peers, flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.measure import Measures
    from labelaudit.model import Finding


@dataclass(frozen=True, slots=True)
class Annotator:
    """One annotator at one question. Numbers are None where nothing was shared or asked.

    Attributes
    ----------
    gold_answers
        How many answers on gold units `gold_accuracy` (0 to 1) rests on.
    peer_units
        How many units shared with others `peer_agreement` (0 to 1) rests on.
    excess
        Agreement with the others less theirs among themselves, on `excess_units` units with
        three labels or more: 0 for one like the others, negative for one below.
    flagged_by
        The checks with a breach about this annotator at this question.

    """

    annotator_id: str
    question_id: str
    gold_answers: int
    gold_accuracy: float | None
    gold_low: float | None
    gold_high: float | None
    peer_units: int
    peer_agreement: float | None
    peer_low: float | None
    peer_high: float | None
    excess: float | None
    excess_se: float | None
    excess_units: int
    flagged_by: tuple[str, ...] = ()


def gathered(measures: Measures, findings: Sequence[Finding]) -> Iterator[Annotator]:
    """Yield a line for every annotator and question, in the order of the measures."""
    flags: dict[tuple[str | None, str | None], list[str]] = {}
    for finding in findings:
        if finding.outcome == "breach":
            flags.setdefault((finding.question_id, finding.annotator_id), []).append(finding.check)
    for person in measures.standings:
        who, what, peers = person.annotator_id, person.question_id, person.agreement
        gold = measures.find("gold-accuracy", what, annotator_id=who)
        yield Annotator(
            annotator_id=who,
            question_id=what,
            gold_answers=gold.annotations if gold else 0,
            gold_accuracy=gold.value if gold else None,
            gold_low=gold.low if gold else None,
            gold_high=gold.high if gold else None,
            peer_units=peers.units,
            peer_agreement=peers.value,
            peer_low=peers.low,
            peer_high=peers.high,
            excess=person.excess,
            excess_se=person.excess_se,
            excess_units=person.units,
            flagged_by=tuple(dict.fromkeys(flags.get((what, who), ()))),
        )
