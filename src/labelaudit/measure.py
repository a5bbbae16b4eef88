"""Measures: every slice's estimates and counts, from the tallies alone. Knows no thresholds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import estimate
from labelaudit.intervals import gold_accuracy
from labelaudit.peers import Standing, standings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.annotations import Annotations
    from labelaudit.coefficients import IntArray, Patterns
    from labelaudit.engine.tables import Tally
    from labelaudit.model import Estimate


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """What one batch holds of one question.

    `overlapping` are the units with two labels or more; `missing` the answers left empty.
    """

    question_id: str
    batch_id: str
    vendors: tuple[str, ...]
    units: int
    overlapping: int
    annotations: int
    annotators: int
    missing: int


@dataclass(frozen=True, slots=True)
class Measures:
    """All that was measured: estimates, counts by batch, annotators against their peers."""

    estimates: tuple[Estimate, ...]
    batches: tuple[BatchCounts, ...]
    standings: tuple[Standing, ...]
    _by_slice: dict[tuple[str | None, ...], Estimate] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the estimates by name and slice."""
        found = {_slice(estimate): estimate for estimate in self.estimates}
        object.__setattr__(self, "_by_slice", found)

    def find(
        self,
        coefficient: str,
        question_id: str,
        batch_id: str | None = None,
        vendor: str | None = None,
        annotator_id: str | None = None,
    ) -> Estimate | None:
        """Return one estimate by name and slice, None where it was not measured."""
        return self._by_slice.get((coefficient, question_id, batch_id, vendor, annotator_id))


def measure(annotations: Annotations, coefficients: Sequence[str]) -> Measures:
    """Measure agreement and gold accuracy over all, by batch, by vendor and by annotator."""
    estimates: list[Estimate] = []
    batches: list[BatchCounts] = []
    people: list[Standing] = []
    for tally in annotations.tallies:
        shown = [annotations.people.name(name) for name in tally.names.annotators]
        against = standings(tally, shown)
        estimates += _agreements(tally, coefficients)
        estimates += _accuracies(tally, shown)
        estimates += [person.agreement for person in against]
        batches += _batch_counts(tally)
        people += against
    return Measures(tuple(estimates), tuple(batches), tuple(people))


def _slice(found: Estimate) -> tuple[str | None, ...]:
    return found.coefficient, found.question_id, found.batch_id, found.vendor, found.annotator_id


def _agreements(tally: Tally, coefficients: Sequence[str]) -> Iterator[Estimate]:
    people = _people_by(tally, None)
    yield from _of(tally, coefficients, tally.every, people.get(0, 0), None, None)
    people = _people_by(tally, tally.cube.batch)
    for code, name in enumerate(tally.names.batches):
        patterns = tally.by_batch.of(code)
        yield from _of(tally, coefficients, patterns, people.get(code, 0), name, None)
    people = _people_by(tally, tally.cube.vendor)
    for code, name in enumerate(tally.names.vendors):
        patterns = tally.by_vendor.of(code)
        yield from _of(tally, coefficients, patterns, people.get(code, 0), None, name)


def _of(
    tally: Tally,
    coefficients: Sequence[str],
    patterns: Patterns,
    annotators: int,
    batch: str | None,
    vendor: str | None,
) -> Iterator[Estimate]:
    question, values = tally.question, tally.names.labels.values
    for name in coefficients:
        found = estimate(name, patterns, question.scale, values=values)
        yield replace(
            found,
            annotators=annotators,
            question_id=question.question_id,
            batch_id=batch,
            vendor=vendor,
        )


def _people_by(tally: Tally, slices: IntArray | None) -> dict[int, int]:
    """Count the annotators who gave at least one label in each slice."""
    cube = tally.cube
    named = np.zeros_like(cube.label) if slices is None else slices
    given = (cube.label >= 0) & (named >= 0)
    pairs = np.unique(named[given] * len(tally.names.annotators) + cube.annotator[given])
    code, count = np.unique(pairs // max(len(tally.names.annotators), 1), return_counts=True)
    return dict(zip(code.tolist(), count.tolist(), strict=True))


def _accuracies(tally: Tally, shown: Sequence[str]) -> Iterator[Estimate]:
    """Yield gold accuracy over all, by batch, by vendor and by annotator."""
    if tally.gold_units == 0:
        return
    gold = tally.gold
    everything = np.zeros_like(gold.batch)
    yield from _accuracy(tally, everything, {0: {}})
    batches = {code: {"batch_id": name} for code, name in enumerate(tally.names.batches)}
    yield from _accuracy(tally, gold.batch, batches)
    vendors = {code: {"vendor": name} for code, name in enumerate(tally.names.vendors)}
    yield from _accuracy(tally, gold.vendor, vendors)
    people = {code: {"annotator_id": name} for code, name in enumerate(shown)}
    yield from _accuracy(tally, gold.annotator, people)


def _accuracy(
    tally: Tally, slices: IntArray, names: dict[int, dict[str, str]]
) -> Iterator[Estimate]:
    order = np.argsort(slices, kind="stable")
    codes = sorted(names)
    low = np.searchsorted(slices[order], codes, side="left")
    high = np.searchsorted(slices[order], codes, side="right")
    for code, start, end in zip(codes, low.tolist(), high.tolist(), strict=True):
        yield _gold_estimate(tally, order[start:end], names[code])


def _gold_estimate(tally: Tally, rows: IntArray, where: dict[str, str]) -> Estimate:
    people, position = np.unique(tally.gold.annotator[rows], return_inverse=True)
    correct, answered = (
        np.bincount(position, weights=column[rows], minlength=len(people)).astype(np.int64)
        for column in (tally.gold.correct, tally.gold.answered)
    )
    found = gold_accuracy(correct, answered)
    question = tally.question
    return replace(
        found,
        scale=question.scale,
        question_id=question.question_id,
        batch_id=where.get("batch_id"),
        vendor=where.get("vendor"),
        annotator_id=where.get("annotator_id"),
        annotators=len(people),
    )


def _batch_counts(tally: Tally) -> Iterator[BatchCounts]:
    cube, question = tally.cube, tally.question.question_id
    people = _people_by(tally, cube.batch)
    ends = np.searchsorted(cube.batch, np.arange(len(tally.names.batches) + 1))
    for code, name in enumerate(tally.names.batches):
        patterns, rows = tally.by_batch.of(code), slice(ends[code], ends[code + 1])
        given = cube.label[rows] >= 0
        vendors = np.unique(cube.vendor[rows])
        yield BatchCounts(
            question_id=question,
            batch_id=name,
            vendors=tuple(tally.names.vendors[vendor] for vendor in vendors if vendor >= 0),
            units=int(patterns.units.sum()),
            overlapping=int(patterns.units[patterns.sizes >= 2].sum()),
            annotations=int(cube.count[rows][given].sum()),
            annotators=people.get(code, 0),
            missing=int(cube.count[rows][~given].sum()),
        )
