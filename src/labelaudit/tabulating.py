"""The statistician's table as data: any coefficients, over any slices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from labelaudit.coefficients import COEFFICIENTS, Resampling, Spec, estimate_with
from labelaudit.connections import Connections, overlap_of, refused
from labelaudit.crosscheck import ALPHA, Opinion, second_opinion
from labelaudit.engine.source import delivered
from labelaudit.errors import UsageError
from labelaudit.slices import needs_rows, slices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.annotations import Annotations
    from labelaudit.coefficients import Values
    from labelaudit.coefficients.resampling import Method
    from labelaudit.connections import Overlap
    from labelaudit.model import Estimate, Scale
    from labelaudit.slices import Slice


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants measured, over which slices, with which interval."""

    coefficients: tuple[str, ...] = (ALPHA,)
    by: tuple[str, ...] = ()
    weights: str | None = None
    distance: str | None = None
    method: Method = "jackknife-log"
    cluster: str | None = None
    annotators_vary: bool = False
    confidence: float = 0.95
    seed: int = 0
    crosscheck: bool = False

    def needs_rows(self) -> bool:
        """Say whether patterns are not enough."""
        return needs_rows(self.coefficients) or self.annotators_vary or self.cluster is not None


@dataclass(frozen=True, slots=True)
class Row:
    """One estimate, the slice it is about, and a second opinion where one was asked for.

    `reads` says how labels were compared: the distance or the weights in force.
    """

    where: dict[str, str]
    estimate: Estimate
    overlap: Overlap
    reads: str
    opinion: Opinion | None = None


def known(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the coefficients that are meant; `all` means every one.

    Raises
    ------
    UsageError
        If one is unknown.

    """
    if "all" in names:
        return tuple(COEFFICIENTS)
    for name in names:
        if name not in COEFFICIENTS:
            raise UsageError(
                "--coefficient",
                f"{name!r} is unknown",
                next_step=f"all, or one of {', '.join(COEFFICIENTS)}",
            )
    return names


def within_questions(annotations: Annotations, request: Request) -> Request:
    """Return the request without `question` among its columns: each is a block of its own."""
    if "question" not in request.by or "question" in delivered(annotations.session):
        return request
    return replace(request, by=tuple(name for name in request.by if name != "question"))


def tabulate(annotations: Annotations, request: Request) -> tuple[Row, ...]:
    """Measure every question, slice and coefficient that a request names."""
    return tuple(
        row
        for number in range(len(annotations.questions))
        for row in _of_question(annotations, number, request)
    )


def _of_question(annotations: Annotations, number: int, request: Request) -> Iterator[Row]:
    cut = slices(
        annotations,
        number,
        request.by,
        with_rows=request.needs_rows(),
        cluster=request.cluster,
    )
    tally, connections = annotations.tallies[number], Connections.of(annotations, number)
    for part in cut:
        overlap = overlap_of(connections, part)
        for name in request.coefficients:
            spec = _spec(part, tally.question.scale, tally.names.labels.values, request)
            found = _measure(part, name, spec, request)
            found = refused(found) if overlap.apart else found
            people = len(part.people)
            found = replace(found, question_id=tally.question.question_id, annotators=people)
            opinion = _opinion(part, found, tally.names.labels.values, request)
            reads = spec.in_words(COEFFICIENTS[name].reads)
            yield Row(part.where, found, overlap, reads, opinion)


def _spec(part: Slice, scale: Scale, values: Values, request: Request) -> Spec:
    return Spec(
        "nominal" if scale == "preference" else scale,
        part.data.n_labels,
        values,
        request.weights,
        request.distance,
        linked=True,
    )


def _measure(part: Slice, name: str, spec: Spec, request: Request) -> Estimate:
    resampling = Resampling(
        request.method, part.clusters, request.annotators_vary, seed=request.seed
    )
    return estimate_with(COEFFICIENTS[name], part.data, spec, resampling, request.confidence)


def _opinion(part: Slice, found: Estimate, values: Values, request: Request) -> Opinion | None:
    plain = request.weights is None and request.distance is None
    if not request.crosscheck or found.coefficient != ALPHA or not plain:
        return None
    return second_opinion(part.data, found.scale, values)
