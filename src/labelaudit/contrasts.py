"""Slices against each other: which differ by more than chance, when many are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import COEFFICIENTS, UNITS, Ratings, Spec, estimate_with
from labelaudit.coefficients.undefined import DISCONNECTED
from labelaudit.comparisons import Comparison, benjamini_hochberg, compare, compare_paired
from labelaudit.connections import Connections
from labelaudit.errors import UsageError
from labelaudit.permutations import paired_permutation_test, permutation_test
from labelaudit.slices import slices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.annotations import Annotations
    from labelaudit.coefficients import Coefficient
    from labelaudit.slices import Slice
    from labelaudit.tabulating import Request

MAX_SLICES = 60
"""More slices than this make more pairs than anybody reads."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two slices of one question, their difference, and its p-value among all of them.

    With shared units the comparison is paired by unit, so that what a hard unit does to both
    sides cancels. `permuted_p` is the p-value of dealing units out at random (shared ones:
    swapping their sides), where a cross-check was asked for and the coefficient allows it.
    """

    question_id: str
    coefficient: str
    first: str
    second: str
    shared_units: int
    comparison: Comparison
    adjusted_p: float | None = None
    permuted_p: float | None = None


def contrasts(annotations: Annotations, request: Request) -> tuple[Contrast, ...]:
    """Compare every two slices of a request, question by question.

    Raises
    ------
    UsageError
        If the request names no slices, or too many.

    """
    if not request.by:
        raise UsageError("--compare", "needs slices", next_step="add --by vendor")
    found: list[Contrast] = []
    for number in range(len(annotations.questions)):
        cut = slices(annotations, number, request.by, with_rows=True)
        if len(cut) > MAX_SLICES:
            raise UsageError(
                "--compare",
                f"{len(cut)} slices make {len(cut) * (len(cut) - 1) // 2:,} pairs",
                next_step=f"choose columns with at most {MAX_SLICES} combinations",
            )
        for name in request.coefficients:
            found += _adjusted(list(_pairs(annotations, number, cut, name, request)))
    return tuple(found)


def _pairs(
    annotations: Annotations, number: int, cut: Sequence[Slice], name: str, request: Request
) -> Iterator[Contrast]:
    tally = annotations.tallies[number]
    question, labels = tally.question, tally.names.labels
    scale = "nominal" if question.scale == "preference" else question.scale
    how = request.weights, request.distance
    spec = Spec(scale, len(labels.names), labels.values, *how, linked=True)
    people = Connections.of(annotations, number)
    apart = {id(part): people.links.apart(people.compared(part)) for part in cut}
    for one, other in combinations(cut, 2):
        sides, coefficient, permuted = (_table(one), _table(other)), COEFFICIENTS[name], None
        first, second = (side.pairable().units() for side in sides)
        shared = len(np.intersect1d(first, second))
        if apart[id(one)] or apart[id(other)]:
            result = Comparison(None, undefined=DISCONNECTED, confidence=request.confidence)
        else:
            result = _compared(coefficient, sides, spec, request, paired=shared > 0)
            if request.crosscheck and result.p_value is not None and coefficient.tally is not None:
                permuted = _permuted(coefficient, sides, spec, request.seed, paired=shared > 0)
        titles = _title(one), _title(other)
        yield Contrast(question.question_id, name, *titles, shared, result, permuted_p=permuted)


def _table(part: Slice) -> Ratings:
    assert isinstance(part.data, Ratings), "slices to compare are cut with their rows"
    return part.data


def _compared(
    coefficient: Coefficient,
    sides: tuple[Ratings, Ratings],
    spec: Spec,
    request: Request,
    *,
    paired: bool,
) -> Comparison:
    if paired:
        return compare_paired(coefficient, *sides, spec, request.confidence)
    first, second = (
        estimate_with(coefficient, side, spec, UNITS, request.confidence) for side in sides
    )
    return compare(first, second)


def _permuted(
    coefficient: Coefficient, sides: tuple[Ratings, Ratings], spec: Spec, seed: int, *, paired: bool
) -> float:
    if paired:
        return paired_permutation_test(coefficient, *sides, spec, seed=seed)
    first, second = (side.patterns() for side in sides)
    return permutation_test(coefficient, first, second, spec, seed=seed)


def _title(part: Slice) -> str:
    return ", ".join(value or "(none)" for value in part.where.values())


def _adjusted(found: list[Contrast]) -> list[Contrast]:
    """Adjust the p-values of one question and coefficient for their number."""
    p_values = [one.comparison.p_value for one in found]
    tested = [p for p in p_values if p is not None]
    if not tested:
        return found
    adjusted = iter(benjamini_hochberg(np.array(tested)).tolist())
    return [
        one if p is None else replace(one, adjusted_p=next(adjusted))
        for one, p in zip(found, p_values, strict=True)
    ]
