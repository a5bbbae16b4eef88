"""Who agrees with whom in one batch, over which labels they differ, and who stands where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.evidence import COMPARED_EXACTLY
from labelaudit.coefficients import Spec, ratings
from labelaudit.dossier.rows import part
from labelaudit.intervals import proportions
from labelaudit.pairings import pairings
from labelaudit.scorecards import confused_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from labelaudit.coefficients import Ratings
    from labelaudit.model import Estimate
    from labelaudit.scorecards import ConfusedPair

MIN_SHARED = 10
"""Below so many shared units a pair of annotators is counted, not shown."""
MAX_PEOPLE = 30
"""The matrix holds those with the most answers."""
_COLUMNS = ("item_id", "annotator_id", "label")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two annotators on the units that both labelled: share of equal answers."""

    first: str
    second: str
    units: int
    agreement: float


@dataclass(frozen=True, slots=True)
class Worker:
    """One annotator in one batch: `agreement` is with the others on the same units."""

    annotator_id: str
    answers: int
    agreement: Estimate


@dataclass(frozen=True, slots=True)
class Meetings:
    """One question in one batch.

    Attributes
    ----------
    undefined
        Why nobody can be compared; the rest is then empty.
    people
        Who is in the matrix, lowest agreement first; `people_left_out` others answered too.
    pairs
        Pairs with enough shared units; `pairs_hidden` share some, but fewer.
    workers
        Everybody who answered, lowest upper end first.

    """

    undefined: str | None
    people: tuple[str, ...] = ()
    people_left_out: int = 0
    pairs: tuple[Pair, ...] = ()
    pairs_hidden: int = 0
    workers: tuple[Worker, ...] = ()
    confused: tuple[ConfusedPair, ...] = ()


def meetings(run: Path, batch: str, question: str, scale: str) -> Meetings:
    """Who agrees with whom on one question of one batch?

    Answers are equal or not: on scales where near answers are as good, nothing is compared.
    """
    if scale not in COMPARED_EXACTLY:
        return Meetings("scale-not-supported")
    rows = part(
        run,
        "annotations",
        filters=[("batch_id", "=", batch), ("question_id", "=", question), *_HUMAN],
        columns=_COLUMNS,
    )
    columns = (rows[name].to_pylist() for name in _COLUMNS)
    given = [row for row in zip(*columns, strict=True) if row[2] is not None]
    if not given:
        return Meetings("no-labels")
    return _met(question, given)


_HUMAN = [("annotator_kind", "=", "human"), ("label", "!=", "")]


def _met(question: str, given: Sequence[tuple[str, str, str]]) -> Meetings:
    (_, units), (people, who), (labels, codes) = (
        np.unique(column, return_inverse=True) for column in map(list, zip(*given, strict=True))
    )
    table, names = ratings(units, who, codes, len(labels)), [str(label) for label in labels]
    workers = tuple(_workers(table, people.tolist()))
    shared = table.pairable()
    if not len(shared):
        return Meetings("no-overlap", workers=workers)
    found = pairings(shared, Spec("nominal", len(labels)))
    kept = _most(table, len(people))
    known = [pair for pair in found if pair.first in kept and pair.second in kept]
    shown = [pair for pair in known if pair.units >= MIN_SHARED]
    order = {worker.annotator_id: place for place, worker in enumerate(workers)}
    in_matrix = sorted((str(people[code]) for code in kept), key=order.__getitem__)
    return Meetings(
        None,
        tuple(in_matrix),
        len(people) - len(kept),
        tuple(
            Pair(str(people[pair.first]), str(people[pair.second]), pair.units, pair.agreement)
            for pair in shown
        ),
        len(known) - len(shown),
        workers,
        tuple(confused_in(question, shared.patterns(), Spec("nominal", len(labels)), names)),
    )


def _most(table: Ratings, people: int) -> set[int]:
    """Return the annotators with the most answers."""
    answers = np.bincount(table.annotator, minlength=people)
    return set(np.lexsort((np.arange(people), -answers))[:MAX_PEOPLE].tolist())


def _workers(table: Ratings, names: Sequence[str]) -> Iterator[Worker]:
    """Yield each annotator, compared with the others on the same units."""
    size = np.bincount(table.unit)[table.unit]
    pair = table.unit * table.n_labels + table.label
    same = np.unique(pair, return_counts=True)[1][np.unique(pair, return_inverse=True)[1]]
    met = size >= 2
    share = (same[met] - 1) / (size[met] - 1)
    sums = (
        np.bincount(table.annotator[met], weights, len(names)).astype(np.float64)
        for weights in (share, share**2, np.ones_like(share))
    )
    answers = np.bincount(table.annotator, minlength=len(names)).tolist()
    found = [Worker(*row) for row in zip(names, answers, proportions(*sums), strict=True)]
    yield from sorted(found, key=_upper_end)


def _upper_end(worker: Worker) -> tuple[float, str]:
    high = worker.agreement.high
    return 2.0 if high is None else high, worker.annotator_id
