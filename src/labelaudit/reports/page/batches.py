"""The batches of the page: what was decided, why, and each floor with its estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.model import Estimate
from labelaudit.reports.page.plots import Ruler
from labelaudit.reports.pages import page
from labelaudit.reports.summary import accepted
from labelaudit.reports.told import CHECK_OF, NO_THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.model import BatchVerdict, Threshold, VerdictName
    from labelaudit.reports.documents import Documents
    from labelaudit.reports.page.plots import Plot

MAX_BATCHES = 100
MAX_OPEN = 4
NO_FLOOR = "no floor was set, so it could not pass"
WORDS: dict[VerdictName, str] = {"reject": "rejected", "review": "to review", "accept": "accepted"}
OUTCOMES = {"pass": "passed", "fail": "failed", "inconclusive": "undecided"}
_ORDER = {"reject": 0, "review": 1, "accept": 2}
_OUTCOME_ORDER = {"fail": 0, "inconclusive": 1, "pass": 2}
SHORT = {"krippendorff-alpha": "agreement (alpha)", "gold-accuracy": "accuracy on gold"}


@dataclass(frozen=True, slots=True)
class Floor:
    """One floor of one batch: the question, the measure, how it ended and the plot."""

    question: str
    measure: str
    outcome: str
    word: str
    value: str
    bound: str
    limit: str
    needs: str
    plot: Plot
    waived: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch: its verdict, why in words, and its floors, the closest one first."""

    name: str
    vendors: str
    verdict: str
    word: str
    units: str
    people: str
    why: tuple[str, ...]
    floors: tuple[Floor, ...]
    waived: tuple[str, ...]
    through: bool
    opened: bool


@dataclass(frozen=True, slots=True)
class Batches:
    """The batches to show, how many are left out, and the ruler of their plots."""

    shown: tuple[Batch, ...]
    left_out: int
    ruler: Ruler


def batches(documents: Documents) -> Batches:
    """Return the batches: rejected, then to review, then accepted."""
    ranked = sorted(documents.verdicts, key=lambda one: (_ORDER[one.verdict], one.batch_id))
    shown = ranked[:MAX_BATCHES]
    measured = {
        (one.coefficient, one.question_id, one.batch_id): one
        for one in documents.estimates
        if one.annotator_id is None and one.vendor is None
    }
    held = [(one.batch_id, floor) for one in shown for floor in one.thresholds]
    drawn = [measured.get((floor.coefficient, floor.question_id, name)) for name, floor in held]
    ruler = Ruler.of(value for one in drawn if one for value in (one.value, one.low))
    told = (_batch(documents, one, measured, ruler, at) for at, one in enumerate(shown))
    return Batches(tuple(told), len(ranked) - len(shown), ruler)


def _batch(
    documents: Documents,
    verdict: BatchVerdict,
    measured: Mapping[tuple[str, str | None, str | None], Estimate],
    ruler: Ruler,
    at: int,
) -> Batch:
    name = verdict.batch_id
    ranked = sorted(verdict.thresholds, key=_closeness)
    floors = []
    for held in ranked:
        alone = Estimate(held.coefficient, "nominal", value=held.estimate)
        found = measured.get((held.coefficient, held.question_id, name), alone)
        floors.append(_floor(documents, verdict, held, found, ruler))
    return Batch(
        name=name,
        vendors=", ".join(verdict.vendors),
        verdict=verdict.verdict,
        word=WORDS[verdict.verdict],
        units=f"{verdict.units:,}",
        people=f"{verdict.annotators:,}",
        why=tuple(_why(documents, verdict)),
        floors=tuple(floors),
        waived=tuple(
            f"{check}: {one.words}"
            for (batch, check), one in documents.waived.items()
            if batch == name
        ),
        through=name in documents.let_through,
        opened=at < MAX_OPEN and verdict.verdict == "reject",
    )


def _why(documents: Documents, verdict: BatchVerdict) -> Iterator[str]:
    """Yield what speaks against a batch: open and failed floors, then what else was seen."""
    if not verdict.reasons:
        yield accepted(verdict)
    floors: dict[str, list[str]] = {}
    for held in sorted(verdict.thresholds, key=_closeness):
        if held.outcome != "pass":
            said = f"{held.question_id}: {measure(held)} {OUTCOMES[held.outcome]}"
            floors.setdefault(CHECK_OF.get(held.name, ""), []).append(said)
    for check in verdict.reasons:
        said = NO_FLOOR if check == NO_THRESHOLD else page(check).title
        waived = " (waived)" if (verdict.batch_id, check) in documents.waived else ""
        yield from (f"{one}{waived}" for one in floors.get(check, [said]))


def measure(held: Threshold) -> str:
    """Name what a floor is held against, in words for everybody."""
    return SHORT.get(held.coefficient, held.coefficient)


def _floor(
    documents: Documents,
    verdict: BatchVerdict,
    held: Threshold,
    found: Estimate,
    ruler: Ruler,
) -> Floor:
    limits = documents.policy.limits_for(held.question_id, verdict.vendors)
    gold = held.name == "min_accuracy"
    target = limits.target_accuracy if gold else limits.target_agreement
    waived = documents.waived.get((verdict.batch_id, CHECK_OF.get(held.name, "")))
    sign = {"pass": "at or above", "fail": "under", "inconclusive": "not clear of"}[held.outcome]
    return Floor(
        question=held.question_id,
        measure=measure(held),
        outcome=held.outcome,
        word=OUTCOMES[held.outcome],
        value="not measured" if held.estimate is None else f"{held.estimate:z.3f}",
        bound="" if held.bound is None else f"{held.side} bound {held.bound:z.3f}",
        limit=f"{sign} the floor of {held.limit:g}",
        needs=held.needs or "",
        plot=ruler.plot(found, held.limit, target),
        waived=waived.words if waived and held.outcome != "pass" else "",
    )


def _closeness(held: Threshold) -> tuple[int, float]:
    bound = -1.0 if held.bound is None else held.bound
    return _OUTCOME_ORDER[held.outcome], bound - held.limit
