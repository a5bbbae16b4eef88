"""What checks of batches share: one control over all of them, and words for what is not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from labelaudit.checks.people import SHOWN
from labelaudit.drifting import Fault
from labelaudit.model import Finding
from labelaudit.outliers import adjusted_p

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from labelaudit.coefficients import IntArray
    from labelaudit.drift import Deviation, Usual
    from labelaudit.drifting import Compared, Course
    from labelaudit.model import Scalar, Severity

FALSE_DISCOVERY = 0.05
"""Of the batches that a check names, the share that may be like the rest."""

_HALF_A_POINT = 0.5

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look(Generic[T]):
    """What was found when one batch (or, without one, a question) was looked at.

    `known` is how much batches vary that are like it, None where that is not asked or unknown;
    `even_so` is then the deviation against the widest variation that is ever excused.
    """

    course: Course
    batch: str | None
    found: T
    deviation: Deviation
    against: Compared | None = None
    known: Usual | None = None
    even_so: Deviation | None = None

    @property
    def code(self) -> int:
        """The batch's code; -1 where the look is at a question."""
        return -1 if self.against is None else self.against.batch


def told(check: str, faults: Mapping[str, Fault], of: int) -> Iterator[Finding]:
    """Yield why questions cannot be looked at; once, where all of them share the reason."""
    if faults and len(faults) == of and len(set(faults.values())) == 1:
        yield unseen(check, next(iter(faults.values())))
        return
    for question, fault in faults.items():
        yield unseen(check, fault, question_id=question)


def untested(check: str, seen: Iterable[Look[T]]) -> Iterator[Finding]:
    """Yield which batches could not be tested, together where the reason is the same."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    changes: dict[tuple[str, str, str], list[float]] = {}
    total: dict[str, int] = {}
    for look in seen:
        question = look.course.question.question_id
        total[question] = total.get(question, 0) + 1
        if look.deviation.p is None:
            reason = (look.deviation.undefined or "").replace("-", " ")
            key = question, reason, look.deviation.needs or ""
            grouped.setdefault(key, []).append(look.batch or "")
            if look.deviation.effect is not None:
                changes.setdefault(key, []).append(look.deviation.effect)
    for key, batches in grouped.items():
        question, reason, needs = key
        one = len(batches) == 1
        every = len(batches) == total[question]
        some = "" if one or every else f" for {len(batches):,} of {total[question]:,}"
        fault = Fault(f"{reason}{some}", needs)
        alone = (batches[0] or None) if one else None
        listed = [name for name in batches if name][:SHOWN]
        known = changes.get(key, [])[:SHOWN] if len(changes.get(key, [])) == len(batches) else []
        yield unseen(check, fault, question, alone, None if one else listed, known)


def unseen(
    check: str,
    fault: Fault,
    question_id: str | None = None,
    batch_id: str | None = None,
    batches: Sequence[str] | None = None,
    changes: Sequence[float] = (),
) -> Finding:
    """Return that a check could not look, and what it needs; the changes it saw all the same."""
    evidence: dict[str, Scalar | list[Scalar]] = {"needs": fault.needs}
    if batches:
        evidence["batches"] = [*batches]
    if changes:
        evidence["changes"] = [*changes]
    return Finding(
        check=check,
        outcome="unknown",
        severity="low",
        message=f"not testable: {fault.problem}; needs {fault.needs}",
        question_id=question_id,
        batch_id=batch_id,
        evidence=evidence,
    )


def standing_out(seen: Sequence[Look[T]]) -> Iterator[tuple[Look[T], float]]:
    """Yield the looks that stand out once all are counted, with their adjusted p."""
    tested = [look for look in seen if look.deviation.p is not None]
    p_values = np.array([look.deviation.p for look in tested], dtype=np.float64)
    for look, p in zip(tested, adjusted_p(p_values).tolist(), strict=True):
        if p <= FALSE_DISCOVERY:
            yield look, p


def breach(
    check: str,
    look: Look[T],
    message: str,
    evidence: Mapping[str, Scalar | list[Scalar]],
    severity: Severity = "medium",
) -> Finding:
    """Return a breach about a batch at a question; it sends no batch to review by itself."""
    return Finding(
        check=check,
        outcome="breach" if severity != "low" else "warning",
        severity=severity,
        message=message,
        question_id=look.course.question.question_id,
        batch_id=look.batch,
        evidence=dict(evidence),
    )


def exact_answers(course: Course) -> Fault | None:
    """Return why answers of a question cannot be compared as the same or not."""
    conduct = course.conduct
    if conduct.fault is None:
        return None
    return Fault(conduct.fault, conduct.fault_needs or "a nominal, ordinal or set scale")


def against(look: Look[T]) -> str:
    """Say what a batch was compared with."""
    assert look.against is not None, "a batch is compared with a baseline"
    others, course = look.against.others, look.course
    if len(others) == 1:
        return f"batch {course.names[others[0]]}"
    return f"{len(others):,} {'baseline' if course.baseline else 'other'} batches"


def vary(points: float) -> str:
    """Say how much batches vary, in points."""
    return f"batches vary by {points:.0f}" if points >= _HALF_A_POINT else "batches hardly vary"


def items_of(course: Course, rows: IntArray) -> list[Scalar]:
    """Return the items of the first of these rows of the delivery, for a reviewer to open."""
    records = course.conduct.records
    codes = np.unique(records.item[course.rows.own[rows]])
    return [records.item_id(code) for code in codes[:SHOWN].tolist()]
