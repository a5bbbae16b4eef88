"""Where agreement comes from: by class, label pair, annotator, annotator pair and unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import COEFFICIENTS, Ratings, Spec
from labelaudit.coefficients.undefined import DISCONNECTED
from labelaudit.decompositions import (
    confused_labels,
    one_vs_rest,
    specific_agreement,
    unit_disagreement,
)
from labelaudit.overlap import are_apart
from labelaudit.pairings import influences, mean_kappa, pairings
from labelaudit.slices import slices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from labelaudit.annotations import Annotations
    from labelaudit.model import Estimate, Scalar
    from labelaudit.slices import Slice
    from labelaudit.tabulating import Request

MAX_ROWS = 50
MAX_MEAN = 1_000
"""More pairs of annotators than this have no mean kappa: each is measured without each unit."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One decomposition of one question: a table, ranked, and how many rows were left out."""

    question_id: str
    what: str
    header: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    left_out: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question's labels, named, and the coefficient they are decomposed for."""

    question_id: str
    coefficient: str
    spec: Spec
    part: Slice
    labels: tuple[str, ...]

    @property
    def table(self) -> Ratings:
        assert isinstance(self.part.data, Ratings)
        return self.part.data


def details(
    annotations: Annotations, request: Request, asked: tuple[str, ...]
) -> tuple[Detail, ...]:
    """Decompose the first coefficient of a request, question by question."""
    return tuple(
        _detail(_question(annotations, number, request), what)
        for number in range(len(annotations.questions))
        for what in asked
    )


def _question(annotations: Annotations, number: int, request: Request) -> _Asked:
    tally = annotations.tallies[number]
    (part,) = slices(annotations, number, with_rows=True)
    question, labels = tally.question, tally.names.labels
    spec = Spec(
        "nominal" if question.scale == "preference" else question.scale,
        len(labels.names),
        labels.values,
        request.weights,
        request.distance,
    )
    return _Asked(question.question_id, request.coefficients[0], spec, part, labels.names)


def _detail(asked: _Asked, what: str) -> Detail:
    header, make = DETAILS[what]
    rows = [tuple(row) for row in make(asked)] if len(asked.table) else []
    left_out = max(len(rows) - MAX_ROWS, 0)
    note = _note(asked, what, len(rows))
    return Detail(asked.question_id, what, header, tuple(rows[:MAX_ROWS]), left_out, note)


def _note(asked: _Asked, what: str, rows: int) -> str:
    """Say what a reader of the table cannot know, and why it is empty where it is."""
    if what == "confusions":
        return "pairs: of labels of one item; all pairs of an item weigh as much as its labels"
    if what == "pairs" and 0 < rows <= MAX_MEAN:
        return _mean(mean_kappa(asked.table, asked.spec), rows)
    if what == "annotators" and not rows:
        return f"{asked.coefficient} has no value over all, so nobody can move it"
    return ""


def _mean(found: Estimate, pairs: int) -> str:
    if found.value is None:
        return f"mean cohen-kappa of the {pairs:,} pairs: {found.undefined}"
    span = "" if found.low is None else f" [{found.low:z.3f}, {found.high:z.3f}]"
    return f"mean cohen-kappa of the {pairs:,} pairs: {found.value:z.3f}{span}"


def _classes(asked: _Asked) -> Iterator[tuple[Scalar, ...]]:
    patterns = asked.table.patterns()
    counts = patterns.label_counts().tolist()
    given = zip(asked.labels, counts, strict=True)
    each = one_vs_rest(COEFFICIENTS["krippendorff-alpha"], patterns)
    again = specific_agreement(patterns).tolist()
    if are_apart(asked.table):
        nothing = (None,) * 4
        yield from ((label, count, *nothing, DISCONNECTED) for label, count in given)
        return
    for label, count, found, share in zip(asked.labels, counts, each, again, strict=True):
        yield label, count, found.value, found.low, found.high, _real(share), found.undefined


def _confusions(asked: _Asked) -> Iterator[tuple[Scalar, ...]]:
    coefficient = COEFFICIENTS[asked.coefficient]
    for pair in confused_labels(coefficient, asked.table.patterns(), asked.spec):
        yield asked.labels[pair.first], asked.labels[pair.second], pair.pairs / 2, pair.share


def _annotators(asked: _Asked) -> Iterator[tuple[Scalar, ...]]:
    found = influences(COEFFICIENTS[asked.coefficient], asked.table, asked.spec)
    for one in sorted(found, key=lambda one: (one.influence is None, one.influence or 0.0)):
        yield asked.part.annotators[one.annotator], one.labels, one.without, one.influence


def _pairs(asked: _Asked) -> Iterator[tuple[Scalar, ...]]:
    names = asked.part.annotators
    found = pairings(asked.table, asked.spec)
    for pair in sorted(found, key=lambda pair: (-pair.units, pair.first, pair.second)):
        yield names[pair.first], names[pair.second], pair.units, pair.agreement, pair.kappa


def _units(asked: _Asked) -> Iterator[tuple[Scalar, ...]]:
    patterns = asked.table.unit_patterns()
    apart = unit_disagreement(COEFFICIENTS[asked.coefficient], patterns, asked.spec)
    order = np.lexsort((np.arange(len(apart)), -np.nan_to_num(apart, nan=-1.0)))
    codes = asked.table.units()
    for at in order[: MAX_ROWS + 1].tolist():
        first, size = int(patterns.starts[at]), int(patterns.lengths[at])
        cells = range(first, first + size)
        given = ", ".join(
            f"{patterns.counts[cell]} x {asked.labels[patterns.codes[cell]]}" for cell in cells
        )
        yield asked.part.units[codes[at]], _real(float(apart[at])), given


def _real(value: float) -> float | None:
    return None if np.isnan(value) else value


DETAILS: dict[str, tuple[tuple[str, ...], Callable[[_Asked], Iterator[tuple[Scalar, ...]]]]] = {
    "classes": (
        ("label", "given", "alpha vs rest", "low", "high", "category agreement", "undefined"),
        _classes,
    ),
    "confusions": (("label", "other label", "pairs", "share of disagreement"), _confusions),
    "annotators": (("annotator", "labels", "value without", "influence"), _annotators),
    "pairs": (("annotator", "other", "units", "agreement", "cohen-kappa"), _pairs),
    "units": (("item", "mean distance", "labels"), _units),
}
"""Every decomposition by name: its columns, and how its rows are made."""
