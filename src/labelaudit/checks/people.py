"""What checks of people share: whom they name, in which words, and when they cannot look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.evidence import many
from labelaudit.conduct import Floors
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from labelaudit.behaviour import Signal
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import FindingOutcome, Question, Scalar, Severity
    from labelaudit.settings import Policy

SHOWN = 5
"""How many items a finding about a person names for a reviewer to open."""
COMPARABLE_SCALES = "a nominal, ordinal, preference or set scale"
_CLEAR = 0.01  # p of a family that is told beside the one that leads
_KEYS = {
    "difference": ("annotator-below-peers", "min_difference_fraction"),
    "units": ("annotator-below-peers", "min_units_count"),
    "false_discovery": ("annotator-below-peers", "false_discovery_fraction"),
    "pace": ("response-time", "max_pace_fraction"),
    "drop": ("annotator-decay", "min_drop_fraction"),
    "entropy": ("constant-answering", "max_entropy_fraction"),
    "gain": ("pattern-answering", "min_gain_fraction"),
    "gold_gap": ("gold-peer-gap", "min_gap_fraction"),
    "shortfall": ("annotator-gold-accuracy", "max_shortfall_fraction"),
    "window_s": ("impossible-throughput", "window_s"),
    "answer_s": ("impossible-throughput", "min_answer_s"),
    "day_s": ("impossible-throughput", "max_day_s"),
    "overlap": ("overlapping-work", "max_overlap_fraction"),
    "confusion": ("label-bias", "min_excess_fraction"),
}


def floors(policy: Policy, questions: Sequence[Question]) -> Floors:
    """Return the effect floors that the keys of the checks set."""
    usual = Floors()
    numbers = {
        name: policy.key(check, key, getattr(usual, name)) for name, (check, key) in _KEYS.items()
    }
    asked = {
        question.question_id: policy.limits_for(question.question_id, ()).min_accuracy
        for question in questions
    }
    accuracy = {name: least for name, least in asked.items() if least is not None}
    units = int(numbers.pop("units"))
    return Floors(**numbers, units=units, accuracy=accuracy)


def comparable(evidence: Evidence, *, agreement: bool = True) -> Iterator[Conduct]:
    """Yield the questions whose answers are the same or not.

    With `agreement` only those where somebody who disagrees may be called below the others:
    never a subjective one.
    """
    for conduct in evidence.conducts.values():
        if conduct.fault is None and (conduct.compares_people or not agreement):
            yield conduct


def incomparable(check: str, evidence: Evidence, *, agreement: bool = True) -> Iterator[Finding]:
    """Yield that a check could not look, for every question that `comparable` leaves out.

    Leaving out a subjective question is the policy's choice and nothing unknown.
    """
    for conduct in evidence.conducts.values():
        subjective = conduct.question.nature == "subjective"
        if conduct.fault is not None and not (agreement and subjective):
            yield unknown(check, conduct, conduct.fault, conduct.fault_needs or COMPARABLE_SCALES)


def timed(evidence: Evidence) -> Iterator[Conduct]:
    """Yield the questions whose rows carry times of their own."""
    return (conduct for conduct in evidence.conducts.values() if conduct.carries_times)


def asks_gold(evidence: Evidence, conduct: Conduct) -> bool:
    """Say whether gold is to be expected: the question has some, or none of them has any."""
    with_gold = [tally.gold_units > 0 for tally in evidence.annotations.tallies]
    return conduct.tally.gold_units > 0 or not any(with_gold)


def named_by(conduct: Conduct, family: str) -> Iterator[tuple[int, float]]:
    """Yield (annotator code, adjusted p) of people unlike the rest, because of this family.

    Somebody is named by the family that leads, and by any other that would be clear alone.
    """
    suite = conduct.suite
    if family not in suite.families:
        return
    place = suite.families.index(family)
    because = (suite.leading == place) | (suite.family_p[:, place] <= _CLEAR)
    for code in np.flatnonzero(suite.flagged & because).tolist():
        yield code, float(suite.adjusted[code])


def hinted_by(conduct: Conduct, name: str) -> dict[int, float]:
    """Return adjusted p by annotator code, of people whose habits this hint explains.

    The hints are combined like the suite. A hint explains where it leads its family and the
    family leads, and where it would be clear alone.
    """
    habits, signal = conduct.habits, conduct.hint(name)
    if signal is None:
        return {}
    family = next(family for family, signals in conduct.hints.items() if signal in signals)
    beside = conduct.hints[family]
    place = habits.families.index(family)
    smallest = np.min([np.where(other.testable, other.p, 1.0) for other in beside], axis=0)
    leads = (habits.leading == place) & (signal.p <= smallest)
    because = leads | (signal.p * len(beside) <= _CLEAR)
    marked = habits.flagged & signal.testable & because
    return {code: float(habits.adjusted[code]) for code in np.flatnonzero(marked).tolist()}


def about(
    check: str,
    conduct: Conduct,
    code: int,
    message: str,
    evidence: Mapping[str, Scalar | list[Scalar]],
    *,
    outcome: FindingOutcome = "breach",
    severity: Severity = "medium",
    by_time: bool = False,
) -> Finding:
    """Return a finding about one annotator, of the question unless times belong to several."""
    return Finding(
        check=check,
        outcome=outcome,
        severity=severity,
        message=message,
        question_id=_question(conduct, by_time=by_time),
        annotator_id=conduct.people[code],
        evidence=dict(evidence),
    )


def unknown(
    check: str, conduct: Conduct, problem: str, needs: str, *, by_time: bool = False
) -> Finding:
    """Return that a check could not look at the question, and what it needs."""
    return Finding(
        check=check,
        outcome="unknown",
        severity="low",
        message=f"not testable: {problem}; needs {needs}",
        question_id=_question(conduct, by_time=by_time),
        evidence={"needs": needs},
    )


def _question(conduct: Conduct, *, by_time: bool) -> str | None:
    return None if by_time and conduct.shares_rows else conduct.question.question_id


def not_testable(
    check: str, conduct: Conduct, signal: Signal, *, by_time: bool = False
) -> Iterator[Finding]:
    """Yield how many people a signal could not be read of, where there are any."""
    people, everybody = int((~signal.testable).sum()), len(signal.testable)
    if everybody == 0:
        yield unknown(check, conduct, "no answers", signal.needs, by_time=by_time)
    elif people:
        reason = signal.reason.replace("-", " ")
        whom = "" if people == everybody else f" for {people:,} of {many(everybody, 'annotator')}"
        found = unknown(check, conduct, f"{reason}{whom}", signal.needs, by_time=by_time)
        left_out = {"people_left_out": people, "people": everybody} if whom else {}
        yield replace(found, evidence={**found.evidence, **left_out})


def some_items(conduct: Conduct, rows: npt.NDArray[np.bool_]) -> list[Scalar]:
    """Return the first items of these rows (N,) for a reviewer to open."""
    records = conduct.records
    return [records.item_id(code) for code in np.unique(records.item[rows])[:SHOWN].tolist()]


def alone(conduct: Conduct, code: int) -> npt.NDArray[np.bool_]:
    """(N,) the answers of one annotator that none of the others gave."""
    seen, work = conduct.seen, conduct.work
    return np.asarray((work.annotator == code) & (seen.count > 0) & (seen.same == 0))
