"""What is known of each annotator at each question, on one line: gold, peers, flags."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from labelaudit.conduct import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.conduct import Conduct
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
        The checks with a breach about this annotator at this question, or about their times.
    group
        The group that was declared for them, if any.
    above_chance, competence
        Agreement with the others above chance (at most 1), and MACE competence (0 to 1).
    pace
        Time for an answer as a fraction of the usual on the same units; `median_s` in seconds.
    drop
        Agreement with the others in the first half of the work less that in the second.
    not_testable
        The signals that could not be read of this annotator here: silence there is no pass.

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
    group: str | None = None
    above_chance: float | None = None
    competence: float | None = None
    pace: float | None = None
    median_s: float | None = None
    drop: float | None = None
    not_testable: tuple[str, ...] = ()


def gathered(
    measures: Measures, findings: Sequence[Finding], conducts: Mapping[str, Conduct]
) -> Iterator[Annotator]:
    """Yield a line for every annotator and question, in the order of the measures."""
    flags = _flags(findings)
    tables = {question: Told(conduct) for question, conduct in conducts.items()}
    for person in measures.standings:
        who, what, peers = person.annotator_id, person.question_id, person.agreement
        gold = measures.find("gold-accuracy", what, annotator_id=who)
        line = Annotator(
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
            flagged_by=tuple(
                dict.fromkeys([*flags.get((what, who), ()), *flags.get((None, who), ())])
            ),
        )
        yield _with_signals(line, tables[what]) if what in tables else line


def _with_signals(line: Annotator, told: Told) -> Annotator:
    who = line.annotator_id
    faster = told.effect("response-time", who)
    return replace(
        line,
        group=told.group(who),
        above_chance=told.score("correlated-agreement", who),
        competence=told.score("competence", who),
        pace=None if faster is None else 1 - faster,
        median_s=told.seconds(who),
        drop=told.effect("decay", who),
        not_testable=told.silent(who),
    )


def _flags(findings: Sequence[Finding]) -> dict[tuple[str | None, str], list[str]]:
    """Return the checks by question and annotator; both of a pair are named by it."""
    flags: dict[tuple[str | None, str], list[str]] = {}
    for finding in findings:
        names = (finding.annotator_id, finding.evidence.get("other_annotator"))
        for name in names if finding.outcome == "breach" else ():
            if isinstance(name, str):
                flags.setdefault((finding.question_id, name), []).append(finding.check)
    return flags
