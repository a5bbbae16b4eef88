"""Measures: every slice's estimates and counts, from the tallies alone. Knows no thresholds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import estimate
from labelaudit.connections import Connections, refused
from labelaudit.engine.sums import sum_by_key
from labelaudit.fingerprints import fingerprints
from labelaudit.intervals import gold_accuracy
from labelaudit.peers import Standing, standings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.annotations import Annotations
    from labelaudit.coefficients import IntArray, Patterns
    from labelaudit.engine.tables import GoldCounts, Tally
    from labelaudit.fingerprints import Fingerprint
    from labelaudit.model import Estimate


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """What one batch holds of one question.

    `overlapping` are the units with two labels or more; `missing` the answers left empty;
    `fingerprint` tells whether anything was counted that was not counted before.
    """

    question_id: str
    batch_id: str
    vendors: tuple[str, ...]
    units: int
    overlapping: int
    annotations: int
    annotators: int
    missing: int
    fingerprint: Fingerprint | None = None


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
    for number, tally in enumerate(annotations.tallies):
        shown = [annotations.people.name(name) for name in tally.names.annotators]
        against = standings(tally, shown)
        estimates += _agreements(tally, coefficients, Connections.of(annotations, number))
        estimates += _accuracies(tally, shown)
        estimates += [person.agreement for person in against]
        batches += _batch_counts(tally)
        people += against
    return Measures(tuple(estimates), tuple(batches), tuple(people))


def _slice(found: Estimate) -> tuple[str | None, ...]:
    return found.coefficient, found.question_id, found.batch_id, found.vendor, found.annotator_id


def _agreements(
    tally: Tally, coefficients: Sequence[str], connections: Connections
) -> Iterator[Estimate]:
    cube, names = tally.cube, tally.names
    slicings: tuple[tuple[IntArray | None, str, Sequence[str]], ...] = (
        (None, "", ("",)),
        (cube.batch, "batch_id", names.batches),
        (cube.vendor, "vendor", names.vendors),
    )
    for slices, field_name, called in slicings:
        people = _people_by(tally, slices)
        apart = _apart_by(connections, field_name)
        for code, name in enumerate(called):
            where = {field_name: name} if field_name else {}
            for found in _of(tally, coefficients, _patterns(tally, field_name, code)):
                kept = refused(found) if apart.get(code, False) else found
                yield replace(kept, annotators=people.get(code, 0), **where)  # type: ignore[arg-type]


def _patterns(tally: Tally, field_name: str, code: int) -> Patterns:
    sliced = {"batch_id": tally.by_batch, "vendor": tally.by_vendor}.get(field_name)
    return tally.every if sliced is None else sliced.of(code)


def _of(tally: Tally, coefficients: Sequence[str], patterns: Patterns) -> Iterator[Estimate]:
    question, values = tally.question, tally.names.labels.values
    for name in coefficients:
        found = estimate(name, patterns, question.scale, values=values)
        yield replace(found, question_id=question.question_id)


def _apart_by(connections: Connections, field_name: str) -> dict[int, bool]:
    """Say of each slice whether people are compared in it who fall into groups without overlap."""
    if not field_name:
        return {0: connections.links.apart()}
    return connections.apart_by({"batch_id": "batch"}.get(field_name, field_name))


def _people_by(tally: Tally, slices: IntArray | None) -> dict[int, int]:
    """Count the annotators who gave at least one label in each slice."""
    cube, people = tally.cube, max(len(tally.names.annotators), 1)
    named = np.zeros_like(cube.label) if slices is None else slices
    given = (cube.label >= 0) & (named >= 0)
    distinct = sum_by_key(named[given] * people + cube.annotator[given]).keys
    found = sum_by_key(distinct // people)
    return dict(zip(found.keys.tolist(), found.counts.tolist(), strict=True))


def _accuracies(tally: Tally, shown: Sequence[str]) -> Iterator[Estimate]:
    """Yield gold accuracy over all, by batch, by vendor and by annotator."""
    if tally.gold_units == 0:
        return
    gold, names = tally.gold, tally.names
    slicings: tuple[tuple[IntArray, str, Sequence[str]], ...] = (
        (np.zeros_like(gold.batch), "", ("",)),
        (gold.batch, "batch_id", names.batches),
        (gold.vendor, "vendor", names.vendors),
        (gold.annotator, "annotator_id", shown),
    )
    for slices, field_name, called in slicings:
        found = _accuracy(gold, slices, len(called))
        for name, accuracy in zip(called, found, strict=True):
            where = {field_name: name} if field_name else {}
            yield replace(
                accuracy,
                scale=tally.question.scale,
                question_id=tally.question.question_id,
                **where,  # type: ignore[arg-type]
            )


def _accuracy(gold: GoldCounts, slices: IntArray, count: int) -> Iterator[Estimate]:
    """Yield the accuracy of each slice, in the order of codes."""
    people = int(gold.annotator.max(initial=0)) + 1
    key, position = np.unique(slices * people + gold.annotator, return_inverse=True)
    correct, answered = (
        np.bincount(position, weights=column, minlength=len(key)).astype(np.int64)
        for column in (gold.correct, gold.answered)
    )
    of_one = cache(lambda right, given: gold_accuracy(np.array([right]), np.array([given])))
    ends = np.searchsorted(key, np.arange(count + 1) * people).tolist()
    for low, high in pairwise(ends):
        if high - low == 1:  # many people answered equally many, and equally well
            yield of_one(int(correct[low]), int(answered[low]))
        else:
            yield gold_accuracy(correct[low:high], answered[low:high])


def _batch_counts(tally: Tally) -> Iterator[BatchCounts]:
    cube, question = tally.cube, tally.question.question_id
    people = _people_by(tally, cube.batch)
    ends = np.searchsorted(cube.batch, np.arange(len(tally.names.batches) + 1))
    found = fingerprints(tally)
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
            fingerprint=found[code],
        )
