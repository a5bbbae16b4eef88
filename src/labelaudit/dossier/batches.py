"""All batches of a run in a line each: verdict, agreement, gold, and change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit.comparisons import Comparison, benjamini_hochberg, compare
from labelaudit.drift.agreement import MIN_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.dossier.documents import Document
    from labelaudit.dossier.roll import Roll
    from labelaudit.model import BatchVerdict, Estimate, VerdictName

ALPHA, GOLD = "krippendorff-alpha", "gold-accuracy"
_AGREEMENT = "min_agreement"
FALSE_DISCOVERIES = 0.05
"""Of the changes that are called real, so many may be chance."""
Moved = Literal["rose", "fell", "no-clear-change", "not-comparable", "first-batch"]


@dataclass(frozen=True, slots=True)
class Change:
    """Agreement of a batch less that of the batch before it by the same vendor.

    `adjusted_p` holds for all batches of the question. `moved` says whether the change is
    real: `rose` and `fell` stand where at most 5% of such calls are expected to be chance.
    """

    before: str | None
    moved: Moved
    compared: Comparison | None = None
    adjusted_p: float | None = None


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch under one question.

    Attributes
    ----------
    floor, target
        What agreement is held against, and what a good vendor delivers; None where not set.
    let_through
        Whether a waiver lets it through in spite of its verdict.
    agreement, gold
        None where they were not measured.
    rejected
        How many cells were rejected.

    """

    batch_id: str
    vendors: tuple[str, ...]
    verdict: VerdictName
    reasons: tuple[str, ...]
    units: int
    annotators: int
    floor: float | None
    target: float | None
    agreement: Estimate | None
    gold: Estimate | None
    rejected: int
    change: Change
    let_through: bool = False


def coefficient_of(document: Document, question: str) -> str:
    """Return the coefficient that a question is judged by, else alpha."""
    held = (held for verdict in document.verdicts for held in verdict.thresholds)
    named = (
        one.coefficient for one in held if (one.name, one.question_id) == (_AGREEMENT, question)
    )
    return next(named, ALPHA)


def batch_order(document: Document, roll: Roll) -> tuple[str, ...]:
    """Return the batches by their first answers, else by their names."""
    names = [found.batch_id for found in document.verdicts]
    times = roll.first_answers
    if all(name in times for name in names):
        return tuple(sorted(names, key=lambda name: (times[name], name)))
    return tuple(sorted(names))


def batch_lines(document: Document, roll: Roll, question: str) -> tuple[BatchLine, ...]:
    """Return the batches in their order, with what a question says of them."""
    rejected: dict[str, int] = {}
    for found in document.rejected:
        rejected[found.batch_id] = rejected.get(found.batch_id, 0) + found.count
    order = batch_order(document, roll)
    verdicts = {found.batch_id: found for found in document.verdicts}
    changes = batch_changes(document, order, question)
    judged = coefficient_of(document, question)
    return tuple(
        _line(document, verdicts[name], question, rejected.get(name, 0), changes[name], judged)
        for name in order
    )


def batch_changes(document: Document, order: Sequence[str], question: str) -> Mapping[str, Change]:
    """Did agreement change from each batch to the next of the same vendor?"""
    found = dict(_changes(document, order, question))
    tested = {
        name: change.compared.p_value
        for name, change in found.items()
        if change.compared and change.compared.p_value is not None
    }
    adjusted = benjamini_hochberg(np.array([*tested.values()])) if tested else np.zeros(0)
    for name, p in zip(tested, adjusted.tolist(), strict=True):
        found[name] = _called(found[name], p)
    return found


def _changes(
    document: Document, order: Sequence[str], question: str
) -> Iterator[tuple[str, Change]]:
    vendors = {found.batch_id: found.vendors for found in document.verdicts}
    coefficient = coefficient_of(document, question)
    last: dict[tuple[str, ...], str] = {}
    for name in order:
        before = last.get(vendors[name])
        last[vendors[name]] = name
        if before is None:
            yield name, Change(None, "first-batch")
            continue
        sides = [document.by_batch.get((coefficient, question, batch)) for batch in (name, before)]
        yield name, _compared(before, *sides)


def _compared(before: str, now: Estimate | None, then: Estimate | None) -> Change:
    if now is None or then is None:
        return Change(before, "not-comparable", Comparison(None, undefined="not-measured"))
    if min(now.units, then.units) < MIN_UNITS:
        return Change(before, "not-comparable", Comparison(None, undefined="too-few-units"))
    return Change(before, "not-comparable", compare(now, then))


def _called(change: Change, adjusted_p: float) -> Change:
    difference = change.compared.difference if change.compared else None
    if adjusted_p > FALSE_DISCOVERIES or difference is None:
        return replace(change, moved="no-clear-change", adjusted_p=adjusted_p)
    return replace(change, moved="rose" if difference > 0 else "fell", adjusted_p=adjusted_p)


def _line(
    document: Document,
    verdict: BatchVerdict,
    question: str,
    rejected: int,
    change: Change,
    judged: str,
) -> BatchLine:
    limits = (
        held
        for held in verdict.thresholds
        if (held.name, held.question_id) == (_AGREEMENT, question)
    )
    floor = next(limits, None)
    return BatchLine(
        verdict.batch_id,
        verdict.vendors,
        verdict.verdict,
        verdict.reasons,
        verdict.units,
        verdict.annotators,
        floor.limit if floor else None,
        floor.target if floor else None,
        document.by_batch.get((judged, question, verdict.batch_id)),
        document.by_batch.get((GOLD, question, verdict.batch_id)),
        rejected,
        change,
        verdict.batch_id in document.let_through,
    )


_WORST = {"reject": 0, "review": 1, "accept": 2}


def worst_first(lines: Sequence[BatchLine]) -> tuple[BatchLine, ...]:
    """Return the batches by verdict, the latest first within each."""
    latest_first = lines[::-1]
    return tuple(sorted(latest_first, key=lambda line: _WORST[line.verdict]))
