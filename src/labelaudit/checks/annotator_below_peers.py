"""An annotator agrees less with the others than the others usually do, on the same items.

Looks for
---------
Annotators who lie at least `min_difference_fraction` under the others in agreement corrected
for chance, or in MACE competence, by more than chance and the usual spread between people
explain. One control holds over all people and over three faults, this one, `response-time`
and `annotator-decay`: of the people named, a share of `false_discovery_fraction` may be like
the rest.

Why it matters
--------------
One person who guesses spoils every item they touch. Comparing on the same items keeps people
with hard items from being accused, and correcting for chance finds those who always give the
usual label.

Example
-------
`below peers: agrees with the others on 38.1% of 210 shared units, 41 points under their
agreement among themselves`; where agreement alone says little, because nearly all items have
one label: `...; competence 0.01, usual 0.26 (MACE): a habit, not the item`

What to do
----------
Look at the items named in the evidence, where this annotator differs from the others. Low
agreement is not proof of bad work: a different reading of the guideline, a harder queue or a
minority view look the same. Talk, recalibrate, relabel. On an ordinal scale the finding says
where somebody mostly answers to one side of the others: harsh or lenient, the cheapest fault
to repair.

Policy keys
-----------
`[checks.annotator-below-peers]` `min_difference_fraction` (0 to 1, default 0.10),
`min_units_count` (shared units, default 10), `false_discovery_fraction` (0 to 1, default
0.10). Off for questions of `nature = "subjective"`; `unknown` with fewer than five people to
compare, where they agree hardly more than by chance, and on scales where equal answers say
little (interval, ratio, text and the like).
Where a `group` column is given, people are compared within their group.

References
----------
Shnayder, Agarwal, Frongillo & Parkes (2016), Informed truthfulness in multi-task peer
prediction, EC '16; Hovy, Berg-Kirkpatrick, Vaswani & Hovy (2013), Learning whom to trust with
MACE, NAACL; Benjamini & Hochberg (1995), Controlling the false discovery rate, JRSS B 57(1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour import leaning
from labelaudit.checks.evidence import percent
from labelaudit.checks.people import (
    about,
    alone,
    comparable,
    hinted_by,
    incomparable,
    named_by,
    not_testable,
    some_items,
    unknown,
)
from labelaudit.conduct import Floors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour import Signal
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding
    from labelaudit.peers import Standing

NAME = "annotator-below-peers"
KEYS: Mapping[str, float] = {
    "min_difference_fraction": Floors().difference,
    "min_units_count": Floors().units,
    "false_discovery_fraction": Floors().false_discovery,
}
_REMARKABLE = 0.05  # the level at which agreement by itself would be worth a word
_HARDLY = 0.1  # the usual agreement above chance under which peers are no yardstick


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator below the others, or why nobody could be compared."""
    yield from incomparable(NAME, evidence)
    for conduct in comparable(evidence):
        question, signal = conduct.question, conduct.families["agreement"][0]
        yield from not_testable(NAME, conduct, signal)
        yield from _no_yardstick(conduct, signal)
        standings = {
            person.annotator_id: person
            for person in evidence.measures.standings
            if person.question_id == question.question_id
        }
        for code, adjusted in named_by(conduct, "agreement"):
            yield _finding(conduct, code, adjusted, standings[conduct.people[code]])


def _no_yardstick(conduct: Conduct, signal: Signal) -> Iterator[Finding]:
    """Yield that nobody can fall below people who agree by chance alone."""
    usual = float(np.median(signal.score[signal.testable])) if signal.testable.any() else 1.0
    if usual < _HARDLY:
        problem = f"the annotators agree hardly more than by chance ({usual:.2f} above it)"
        yield unknown(NAME, conduct, problem, "gold, or an audit of units drawn at random")


def _finding(conduct: Conduct, code: int, adjusted: float, person: Standing) -> Finding:
    agreement, above_chance = person.agreement, conduct.families["agreement"][0]
    words, numbers = _competence(conduct, code)
    lean, sides = _leaning(conduct, code)
    return about(
        NAME,
        conduct,
        code,
        f"below peers: agrees with the others on {percent(agreement.value or 0.0)} of"
        f" {agreement.units:,} shared units{_under(person)}{words}{lean}",
        {
            "peer_agreement": agreement.value,
            "difference": None if person.excess is None else -person.excess,
            "above_chance": float(above_chance.score[code]),
            **numbers,
            **sides,
            "adjusted_p": adjusted,
            "units": agreement.units,
            "items": some_items(conduct, alone(conduct, code)),
        },
    )


def _under(person: Standing) -> str:
    """Say how far a person's agreement lies from that of the others."""
    if person.excess is None:
        return ""
    points = round(-100 * person.excess)
    how_far = f"{points} points under" if points > 0 else "no less than"
    return f", {how_far} their agreement among themselves"


def _competence(conduct: Conduct, code: int) -> tuple[str, dict[str, float]]:
    """Return MACE competence beside the usual one; in words where it alone is what names."""
    above_chance, *others = conduct.families["agreement"]
    if not others or not others[0].testable[code]:
        return "", {}
    competence = others[0]
    score, usual = (
        float(competence.score[code]),
        float(competence.score[code] + competence.effect[code]),
    )
    words = f"; competence {score:.2f}, usual {usual:.2f} (MACE): a habit, not the item"
    alone_ = above_chance.p[code] > _REMARKABLE
    return words if alone_ else "", {"competence": score, "usual_competence": usual}


def _leaning(conduct: Conduct, code: int) -> tuple[str, dict[str, float]]:
    """Return to which side of an ordered scale the answers lie, where it is mostly one."""
    if conduct.question.scale != "ordinal":
        return "", {}
    lean = leaning(conduct.scored, code)
    sides = {"higher": lean.higher, "lower": lean.lower}
    if lean.side is None or code in hinted_by(conduct, "constant-answering"):
        return "", sides
    more, less = max(sides.values()), min(sides.values())
    other = "lower" if lean.side == "higher" else "higher"
    return f"; {lean.side} than they on {more:.0%}, {other} on {less:.0%}: recalibrate", sides
