"""One comparison of every batch with its baseline, and which batches stand out from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from labelaudit.checks.batches import FALSE_DISCOVERY, Look, standing_out, told, untested
from labelaudit.drift import judged, not_testable, usual
from labelaudit.drift.variation import LEAST_BATCHES
from labelaudit.drifting.varying import sizes, varying

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drift import Deviation, Measured, Usual
    from labelaudit.drifting import Compared, Course, Fault
    from labelaudit.drifting.varying import Tell
    from labelaudit.model import Finding

_ROUNDS, _MOST = 6, 0.75
_FEW = (
    "differs-beside-few-batches",
    f"{LEAST_BATCHES} batches beside it in which nothing is wrong, to tell how much batches vary",
)

T = TypeVar("T")


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
        The test of one batch, which knows of counting alone.
    measured
        Where the batch lies, None where it cannot be tested.
    size
        How far a deviation goes in the direction of the fault.
    floor
        The size from which a batch is named.
    one_sided
        Whether the test looks for a fall alone.
    tell
        How much batches vary, told by those beside one.
    widest
        The widest variation that is ever excused, where there is a limit: where too few batches
        tell how much they vary, a batch that stands out even from that is named.

    """

    check: str
    blind: Callable[[Course], Fault | None]
    compare: Callable[[Course, Compared], tuple[T, Deviation]]
    measured: Callable[[Course, Compared, T, Deviation], Measured | None]
    size: Callable[[Deviation], float]
    floor: float
    one_sided: bool = False
    tell: Tell = usual
    widest: Usual | None = None

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
        out = self._out(seen)
        level = FALSE_DISCOVERY / max(len(seen), 1)
        unsure = {id(look) for look, _ in out if not _certain(look, level)}
        yield from untested(self.check, [_few(one) if id(one) in unsure else one for one in seen])
        yield from (say(look, p) for look, p in out if id(look) not in unsure)

    def _looks(self, course: Course) -> list[Look[T]]:
        """Compare every batch of a question.

        Where all other batches are the baseline, one strange batch would make the others look
        strange in turn: the strangest are left out of it, until none of the rest stands out.
        Never half of the batches of a vendor: the few left would be no yardstick.
        """
        strange: set[int] = set()
        seen = self._against(course, course.compared, strange)
        for _ in range(_ROUNDS if not course.baseline else 0):
            out = [look for look, _ in self._out(seen) if look.code not in strange]
            most = max((self.size(look.deviation) for look in out), default=0.0)
            worst = {look.code for look in out if self.size(look.deviation) > _MOST * most}
            if not worst or course.mostly(strange | worst):
                break
            strange |= worst
            seen = self._against(course, course.compared_without(strange), strange)
        return seen

    def _against(
        self, course: Course, pairs: Sequence[Compared], strange: Collection[int]
    ) -> list[Look[T]]:
        """Hold batches against their baseline, and against how much batches vary."""
        beside = {one.batch: one for one in (*course.among_baseline, *pairs)}
        tests = {code: self.compare(course, one) for code, one in beside.items()}
        found = {code: self.measured(course, beside[code], *test) for code, test in tests.items()}
        known = {code: one for code, one in found.items() if one is not None}
        looks = []
        for one in pairs:
            own = known.get(one.batch)
            variation = None if own is None else varying(course, one, known, strange, self.tell)
            plain, deviation = tests[one.batch]
            told_by = variation or self.widest
            even_so = None
            if own is not None and told_by is not None:
                even_so = self._judged(deviation, own, told_by, sizes(course, one))
            chosen = deviation if variation is None or even_so is None else even_so
            name = course.names[one.batch]
            looks.append(Look(course, name, plain, chosen, one, variation, even_so))
        return looks

    def _judged(
        self, deviation: Deviation, own: Measured, known: Usual, baseline: Sequence[int]
    ) -> Deviation:
        test = judged(own, known, baseline)
        p = test.p
        if self.one_sided:
            p = p / 2 if self.size(deviation) > 0 else 1 - p / 2
        return replace(deviation, statistic=test.statistic, df=test.df2, p=p)

    def _out(self, seen: Sequence[Look[T]]) -> list[tuple[Look[T], float]]:
        return [each for each in standing_out(seen) if self.size(each[0].deviation) >= self.floor]


def _certain(one: Look[T], level: float) -> bool:
    """Say whether a batch stands out from what is usual, or from all that is ever excused."""
    if one.known is not None:
        return True
    return one.even_so is not None and one.even_so.p is not None and one.even_so.p <= level


def _few(one: Look[T]) -> Look[T]:
    """Return that it cannot be told whether a batch stands out."""
    change = one.deviation
    return replace(one, deviation=not_testable(*_FEW, change.effect, change.low, change.high))
