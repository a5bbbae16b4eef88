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
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from labelaudit.checks.evidence import Evidence
    from labelaudit.coefficients import IntArray
    from labelaudit.drift import Deviation
    from labelaudit.drifting import Compared, Course
    from labelaudit.model import Scalar, Severity

FALSE_DISCOVERY = 0.05
"""Of the batches that a check names, the share that may be like the rest."""

_ROUNDS, _MOST = 6, 0.75

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look(Generic[T]):
    """What was found when one batch (or, without one, a question) was looked at."""

    course: Course
    batch: str | None
    found: T
    deviation: Deviation
    against: Compared | None = None

    @property
    def code(self) -> int:
        """The batch's code; -1 where the look is at a question."""
        return -1 if self.against is None else self.against.batch


@dataclass(frozen=True, slots=True)
class Comparison(Generic[T]):
    """How a check compares batches with their baseline.

    Attributes
    ----------
    check
        Its name.
    blind
        Why a question cannot be looked at, None where it can.
    compare
        The test of one batch.
    size
        How far a deviation goes in the direction of the fault.
    floor
        The size from which a batch is named.

    """

    check: str
    blind: Callable[[Course], Fault | None]
    compare: Callable[[Course, Compared], tuple[T, Deviation]]
    size: Callable[[Deviation], float]
    floor: float

    def named(
        self, evidence: Evidence, say: Callable[[Look[T], float], Finding]
    ) -> Iterator[Finding]:
        """Yield a finding per batch that stands out, and why others cannot be compared."""
        seen: list[Look[T]] = []
        faults: dict[str, Fault] = {}
        for question, course in evidence.courses.items():
            fault = course.fault or self.blind(course)
            if fault is None:
                seen += self._looks(course)
            else:
                faults[question] = fault
        yield from told(self.check, faults, len(evidence.courses))
        yield from untested(self.check, seen)
        yield from (say(look, p) for look, p in self._out(seen))

    def _looks(self, course: Course) -> list[Look[T]]:
        """Compare every batch of a question.

        Where all other batches are the baseline, one strange batch would make the others look
        strange in turn: the strangest are left out of it, until none of the rest stands out.
        Never half of the batches of a vendor: the few left would be no yardstick.
        """
        strange: set[int] = set()
        seen = self._against(course, course.compared)
        for _ in range(_ROUNDS if not course.baseline else 0):
            out = [look for look, _ in self._out(seen) if look.code not in strange]
            most = max((self.size(look.deviation) for look in out), default=0.0)
            worst = {look.code for look in out if self.size(look.deviation) > _MOST * most}
            if not worst or course.mostly(strange | worst):
                break
            strange |= worst
            seen = self._against(course, course.compared_without(strange))
        return seen

    def _against(self, course: Course, pairs: Sequence[Compared]) -> list[Look[T]]:
        return [Look(course, course.names[one.batch], *self.compare(course, one), one)
                for one in pairs]  # fmt: skip

    def _out(self, seen: Sequence[Look[T]]) -> list[tuple[Look[T], float]]:
        return [each for each in standing_out(seen) if self.size(each[0].deviation) >= self.floor]


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
    total: dict[str, int] = {}
    for look in seen:
        question = look.course.question.question_id
        total[question] = total.get(question, 0) + 1
        if look.deviation.p is None:
            reason = (look.deviation.undefined or "").replace("-", " ")
            key = question, reason, look.deviation.needs or ""
            grouped.setdefault(key, []).append(look.batch or "")
    for (question, reason, needs), batches in grouped.items():
        one = len(batches) == 1
        every = len(batches) == total[question]
        some = "" if one or every else f" for {len(batches):,} of {total[question]:,}"
        fault = Fault(f"{reason}{some}", needs)
        alone = (batches[0] or None) if one else None
        listed = [name for name in batches if name][:SHOWN]
        yield unseen(check, fault, question, alone, None if one else listed)


def unseen(
    check: str,
    fault: Fault,
    question_id: str | None = None,
    batch_id: str | None = None,
    batches: Sequence[str] | None = None,
) -> Finding:
    """Return that a check could not look, and what it needs."""
    evidence: dict[str, Scalar | list[Scalar]] = {"needs": fault.needs}
    if batches:
        evidence["batches"] = [*batches]
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


def items_of(course: Course, rows: IntArray) -> list[Scalar]:
    """Return the items of the first of these rows of the delivery, for a reviewer to open."""
    records = course.conduct.records
    codes = np.unique(records.item[course.rows.own[rows]])
    return [records.item_id(code) for code in codes[:SHOWN].tolist()]
