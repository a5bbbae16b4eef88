"""A question's labels by any columns: patterns, and who answered where a coefficient asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import COEFFICIENTS, ratings
from labelaudit.engine.rows import labeled_rows
from labelaudit.errors import SHOWN, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.annotations import Annotations
    from labelaudit.coefficients import IntArray, Patterns, Ratings
    from labelaudit.engine.shapes import Sliced
    from labelaudit.engine.tables import Tally

COUNTED = ("batch", "vendor")
"""Slicings that the audit has counted already, from which patterns come at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """Labels of one question in one slice; `where` is empty for all of them.

    Units and annotators have one coding in all slices of a question, so that slices can be
    compared unit by unit; `units` and `annotators` name the codes. Both are empty where only
    patterns were needed. `people` are those who labeled, as the question's tally codes them;
    `codes` leads there from the coding of the rows.
    """

    where: dict[str, str]
    data: Patterns | Ratings
    people: IntArray
    units: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    clusters: IntArray | None = None
    codes: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def needs_rows(names: Sequence[str]) -> bool:
    """Say whether any of these coefficients looks at who answered."""
    return any(COEFFICIENTS[name].tally is None for name in names)


def slices(
    annotations: Annotations,
    number: int,
    by: tuple[str, ...] = (),
    *,
    with_rows: bool = False,
    cluster: str | None = None,
) -> tuple[Slice, ...]:
    """Cut one question's labels by columns: `batch`, `vendor`, or any column delivered.

    Parameters
    ----------
    annotations
        What `read` returned.
    number
        The place of the question.
    by
        Columns; every combination of their values that occurs is a slice.
    with_rows
        Whether who answered is needed.
    cluster
        A column whose values are resampled as a whole; needs the rows.

    """
    tally = annotations.tallies[number]
    if not with_rows and cluster is None and (not by or by in {(name,) for name in COUNTED}):
        return tuple(_counted(tally, by))
    return tuple(_from_rows(annotations, number, by, cluster))


def _counted(tally: Tally, by: tuple[str, ...]) -> Iterator[Slice]:
    cube = tally.cube
    if not by:
        yield Slice({}, tally.every, np.unique(cube.annotator[cube.label >= 0]))
        return
    batches = by == ("batch",)
    names = tally.names.batches if batches else tally.names.vendors
    sliced: Sliced = tally.by_batch if batches else tally.by_vendor
    codes = cube.batch if batches else cube.vendor
    for code, name in enumerate(names):
        people = np.unique(cube.annotator[(codes == code) & (cube.label >= 0)])
        yield Slice({by[0]: name}, sliced.of(code), people)


def _from_rows(
    annotations: Annotations, number: int, by: tuple[str, ...], cluster: str | None
) -> Iterator[Slice]:
    tally = annotations.tallies[number]
    labels = tally.names.labels
    extra = (*by, cluster) if cluster else by
    rows = labeled_rows(annotations.session, number, labels, extra)
    shown = tuple(annotations.people.name(name) for name in rows.annotators)
    place = {name: code for code, name in enumerate(tally.names.annotators)}
    code = np.array([place[name] for name in rows.annotators], dtype=np.int64)
    clusters = _clusters(rows.item, rows.extra[-1], rows.items) if cluster else None
    for where, kept in _combinations(rows.extra[: len(by)], rows.names[: len(by)], by):
        table = ratings(rows.item[kept], rows.annotator[kept], rows.label[kept], len(labels.names))
        people = np.sort(code[np.unique(table.annotator)])
        yield Slice(where, table, people, rows.items, shown, clusters, code)


def _combinations(
    columns: Sequence[IntArray], names: Sequence[tuple[str, ...]], by: tuple[str, ...]
) -> Iterator[tuple[dict[str, str], IntArray | slice]]:
    if not by:
        yield {}, slice(None)
        return
    if len(columns[0]) == 0:
        yield dict.fromkeys(by, ""), slice(None)
        return
    found, which = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(which.ravel()))
    for row, end, start in zip(found.tolist(), ends, [0, *ends[:-1]], strict=True):
        where = {
            name: listed[code] if code >= 0 else ""
            for name, listed, code in zip(by, names, row, strict=True)
        }
        yield where, order[start:end]


def _clusters(unit: IntArray, cluster: IntArray, units: tuple[str, ...]) -> IntArray:
    """(units) the cluster of each unit; a unit that lies in several is refused."""
    order = np.lexsort((cluster, unit))
    first = np.searchsorted(unit[order], np.arange(len(units)))
    lowest = cluster[order][first]
    torn = np.unique(unit[cluster != lowest[unit]])
    if len(torn):
        raise InputError(
            "--cluster",
            f"{len(torn):,} items lie in more than one cluster",
            examples=[units[code] for code in torn[:SHOWN]],
            count=len(torn),
            next_step="a cluster is a union of whole items",
        )
    return lowest
