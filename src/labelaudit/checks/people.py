"""What checks of people share: whom they name, in which words, and when they cannot look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.evidence import many
from labelaudit.conduct import Floors
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from labelaudit.behaviour import Signal
    from labelaudit.conduct import Conduct
    from labelaudit.model import Scalar
    from labelaudit.settings import Policy

SHOWN = 5
"""How many items a finding about a person names for a reviewer to open."""
_CLEAR = 0.01  # p of a family that is told beside the one that leads


def floors(policy: Policy) -> Floors:
    """Return the effect floors that the keys of the checks set."""
    usual, below = Floors(), "annotator-below-peers"
    return Floors(
        difference=policy.key(below, "min_difference_fraction", usual.difference),
        pace=policy.key("response-time", "max_pace_fraction", usual.pace),
        drop=policy.key("annotator-decay", "min_drop_fraction", usual.drop),
        units=int(policy.key(below, "min_units_count", usual.units)),
        false_discovery=policy.key(below, "false_discovery_fraction", usual.false_discovery),
    )


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


def about(
    check: str,
    conduct: Conduct,
    code: int,
    message: str,
    evidence: Mapping[str, Scalar | list[Scalar]],
) -> Finding:
    """Return a breach about one annotator at the question."""
    return Finding(
        check=check,
        outcome="breach",
        severity="medium",
        message=message,
        question_id=conduct.question.question_id,
        annotator_id=conduct.people[code],
        evidence=dict(evidence),
    )


def unknown(check: str, conduct: Conduct, problem: str, needs: str) -> Finding:
    """Return that a check could not look at the question, and what it needs."""
    return Finding(
        check=check,
        outcome="unknown",
        severity="low",
        message=f"not testable: {problem}; needs {needs}",
        question_id=conduct.question.question_id,
        evidence={"needs": needs},
    )


def not_testable(check: str, conduct: Conduct, signal: Signal) -> Iterator[Finding]:
    """Yield how many people a signal could not be read of, where there are any."""
    people = int((~signal.testable).sum())
    if people == len(signal.testable):
        yield unknown(check, conduct, signal.reason.replace("-", " "), signal.needs)
    elif people:
        whom = f"{people:,} of {many(len(signal.testable), 'annotator')}"
        yield unknown(check, conduct, f"{signal.reason.replace('-', ' ')} for {whom}", signal.needs)


def some_items(conduct: Conduct, rows: npt.NDArray[np.bool_]) -> list[Scalar]:
    """Return the first items of these rows (N,) for a reviewer to open."""
    records = conduct.records
    return [records.item_id(code) for code in np.unique(records.item[rows])[:SHOWN].tolist()]
