"""An annotator agrees less with the others than they agree among themselves.

Looks for
---------
Annotators whose leave-one-out agreement lies at least `min_difference` under that of the
other annotators *on the same items*, by more than chance and the usual spread between
people explain (false discovery rate `false_discovery_fraction` over all annotators).

Why it matters
--------------
One person who guesses spoils every item they touch. Comparing on the same items keeps
people with hard items from being accused.

Example
-------
`below peers: agrees with others on 38.1% of 210 shared units, 41 points under their
agreement among themselves`

What to do
----------
Look at items where this annotator differs from all others. Low agreement is not proof of
bad work: a different reading of the guideline, a harder queue or a minority view look the
same. Talk, recalibrate, relabel.

Policy keys
-----------
`[checks.annotator-below-peers]` `min_difference_fraction` (0 to 1, default 0.10),
`min_units_count` (shared units, default 20), `min_annotators_count` (annotators, default 5),
`false_discovery_fraction` (0 to 1, default 0.10). Off for questions of
`nature = "subjective"`; `unknown` on scales where equal answers say little (interval, ratio,
text and the like).

References
----------
Benjamini & Hochberg (1995), Controlling the false discovery rate, JRSS B 57(1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.evidence import COMPARED_EXACTLY, many, percent
from labelaudit.model import Finding
from labelaudit.outliers import adjusted_p, lower_tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.checks.evidence import Evidence
    from labelaudit.model import Question
    from labelaudit.peers import Standing

NAME = "annotator-below-peers"
KEYS: Mapping[str, float] = {
    "min_difference_fraction": 0.10,
    "min_units_count": 20,
    "min_annotators_count": 5,
    "false_discovery_fraction": 0.10,
}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per annotator below the others, or why nobody could be compared."""
    key = {name: evidence.policy.key(NAME, name, default) for name, default in KEYS.items()}
    for question in evidence.annotations.questions:
        if question.nature != "subjective":
            yield from _look_at(question, evidence, key)


def _look_at(question: Question, evidence: Evidence, key: Mapping[str, float]) -> Iterator[Finding]:
    if question.scale not in COMPARED_EXACTLY:
        problem = f"peers are compared by equal answers, which say little on the {question.scale}"
        yield _unknown(question, f"{problem} scale", "a nominal, ordinal, preference or set scale")
        return
    standings = evidence.measures.standings
    own = [person for person in standings if person.question_id == question.question_id]
    least = max(key["min_units_count"], 1)
    tested = [person for person in own if person.units >= least]
    if len(tested) < key["min_annotators_count"]:
        need = (
            f"{key['min_annotators_count']:.0f} annotators with {least:.0f} units"
            " each that three or more people labeled"
        )
        yield _unknown(question, f"{many(len(tested), 'annotator')} can be compared", need)
    else:
        yield from _below(tested, key)


def _unknown(question: Question, problem: str, need: str) -> Finding:
    return Finding(
        check=NAME,
        outcome="unknown",
        severity="low",
        message=f"not testable: {problem}; needs {need}",
        question_id=question.question_id,
        evidence={"needs": need},
    )


def _below(tested: Sequence[Standing], key: Mapping[str, float]) -> Iterator[Finding]:
    scores = np.array([person.excess or 0.0 for person in tested])
    variances = np.array([(person.excess_se or 0.0) ** 2 for person in tested])
    adjusted = adjusted_p(lower_tail(scores, variances))
    for person, p in zip(tested, adjusted.tolist(), strict=True):
        difference = -(person.excess or 0.0)
        unlikely = p <= key["false_discovery_fraction"]
        if unlikely and difference >= key["min_difference_fraction"]:
            yield _finding(person, difference, p)


def _finding(person: Standing, difference: float, p: float) -> Finding:
    agreement = person.agreement.value or 0.0
    return Finding(
        check=NAME,
        outcome="breach",
        severity="medium",
        message=(
            f"below peers: agrees with the others on {percent(agreement)} of"
            f" {person.agreement.units:,} shared units, {100 * difference:.0f} points under"
            " their agreement among themselves"
        ),
        question_id=person.question_id,
        annotator_id=person.annotator_id,
        evidence={
            "peer_agreement": agreement,
            "difference": difference,
            "adjusted_p": p,
            "units": person.units,
        },
    )
