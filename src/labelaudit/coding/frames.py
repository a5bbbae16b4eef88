"""The three layouts of a frame: long, wide, and a table of counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from labelaudit.coding.counting import count_table
from labelaudit.coding.ids import Ids, code_ids, code_integers
from labelaudit.coding.labels import code_labels, values_of
from labelaudit.coding.tables import FrameRatings, GridRatings
from labelaudit.errors import SHOWN, InputError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from labelaudit.coefficients import IntArray, Patterns, Ratings, Values
    from labelaudit.model import Scale

Layout = Literal["long", "wide", "counts"]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A frame as codes: the data, the labels in code order, what they stand for, who answered.

    `people` names the annotators where the layout tells them apart.
    """

    data: Ratings | Patterns
    labels: tuple[Hashable, ...]
    stands_for: Values
    annotators: int | None = None
    clusters: IntArray | None = None
    people: Ids | None = None


def code_long(
    frame: pd.DataFrame,
    scale: Scale,
    domain: Sequence[object] | None,
    columns: Mapping[str, str],
    cluster: str | None = None,
) -> Coded:
    """Code a frame with one row per label; `columns` names item, annotator and label.

    Raises
    ------
    InputError
        If a column is absent, an id is missing, an annotator labeled an item twice, an
        item lies in two clusters, or a label is not in the domain or not readable on its
        scale.
    UsageError
        If an ordinal scale of words comes without a domain.

    """
    _refuse_absent(frame, columns)
    answered = frame[columns["label"]].notna()
    given = frame if answered.all() else frame[answered]
    units = code_ids(given[columns["item"]], "item")
    people = code_ids(given[columns["annotator"]], "annotator").in_order
    labels, values, code = code_labels(given[columns["label"]], scale, domain)
    table = FrameRatings((units.codes, people.codes, code), max(len(labels), 1), units)
    _refuse_twice(table, units, people)
    groups = None if cluster is None else _clusters(given[cluster], units.in_order, cluster)
    return Coded(table, labels, values, len(people), groups, people)


def code_wide(frame: pd.DataFrame, scale: Scale, domain: Sequence[object] | None) -> Coded:
    """Code a frame with one row per unit and one column per annotator."""
    people = code_ids(frame.columns.to_series(), "annotator").in_order
    order = np.argsort(people.codes, kind="stable")
    rising = bool((order[1:] > order[:-1]).all())
    cells = _cells(frame if rising else frame.iloc[:, order])
    if len(people) == frame.shape[1] and _are_numbered(frame.index) and not cells.hasnans:
        labels, values, code = code_labels(cells, scale, domain)
        grid = GridRatings(code.reshape(frame.shape[::-1]), max(len(labels), 1))
        return Coded(grid, labels, values, len(people) if len(grid) else 0, people=people)
    units = code_ids(frame.index.to_series(), "item").in_order
    answered = cells.notna().to_numpy()
    labels, values, given = code_labels(cells[answered], scale, domain)
    code = given
    if len(given) < len(cells):
        code = np.full(len(cells), -1, dtype=np.int64)
        code[answered] = given
    code = code.reshape(frame.shape[::-1]).T.ravel()
    unit = np.repeat(units.codes, frame.shape[1])
    person = np.tile(np.sort(people.codes), len(frame))
    if len(given) < len(cells):
        unit, person, code = unit[code >= 0], person[code >= 0], code[code >= 0]
    person, columns = code_integers(person)
    who = np.array([people.text(column) for column in columns.tolist()], dtype=object)
    table = FrameRatings((unit, person, code), max(len(labels), 1))
    met = Ids(person, who)
    _refuse_twice(table, units, met)
    return Coded(table, labels, values, len(who), people=met)


def _are_numbered(index: pd.Index) -> bool:
    """Say whether items are numbered in rising order, each once."""
    if isinstance(index, pd.RangeIndex):
        return index.step > 0
    return index.dtype.kind in "iu" and index.is_monotonic_increasing and index.is_unique


def code_counts(frame: pd.DataFrame, scale: Scale) -> Coded:
    """Code a table of units x labels counts; the columns are the domain, in order."""
    counts = frame.to_numpy()
    if counts.dtype.kind not in "iu" and not np.equal(np.mod(counts.astype(float), 1), 0).all():
        raise InputError("the table of counts", "holds cells that are no whole numbers")
    if counts.min(initial=0) < 0:
        raise InputError("the table of counts", "holds negative cells")
    names = tuple(frame.columns.tolist())
    patterns = count_table(counts.astype(np.int64, copy=False))
    return Coded(patterns, names, values_of(names, scale))


def _refuse_absent(frame: pd.DataFrame, columns: Mapping[str, str]) -> None:
    absent = [name for name in columns.values() if name not in frame.columns]
    if absent:
        raise InputError(
            "the frame",
            f"has no column {', '.join(map(repr, absent))}; found"
            f" {', '.join(map(repr, frame.columns))}",
            next_step="name the columns with item=, annotator= and label=",
        )


def _cells(frame: pd.DataFrame) -> pd.Series:
    """Return the cells of a wide frame, column by column, without mixing kinds of labels."""
    kinds = set(frame.dtypes)
    if len(kinds) == 1 and isinstance(next(iter(kinds)), np.dtype):
        return pd.Series(frame.to_numpy().ravel(order="F"))
    columns = [frame.iloc[:, at] for at in range(frame.shape[1])]
    kept = columns if len(kinds) == 1 else [column.astype(object) for column in columns]
    return pd.concat(kept, ignore_index=True) if kept else pd.Series([], dtype=object)


def _refuse_twice(table: FrameRatings, units: Ids, people: Ids) -> None:
    pairs = table.repeated()
    if len(pairs):
        items = units.in_order
        found = [(items.text(unit), people.text(who)) for unit, who in pairs[:SHOWN].tolist()]
        raise InputError(
            "the frame",
            "expected one label per item and annotator; found more",
            examples=[f"item {unit}, annotator {who}" for unit, who in found],
            count=len(pairs),
            next_step="keep one of each: frame.drop_duplicates([item, annotator])",
        )


def _clusters(column: pd.Series, units: Ids, name: str) -> IntArray:
    """(units) the code of each unit's cluster; a unit lies in one cluster or is refused."""
    clusters = code_ids(column, name)
    of_unit = np.zeros(len(units), dtype=np.int64)
    of_unit[units.codes] = clusters.codes
    shared = np.unique(units.codes[of_unit[units.codes] != clusters.codes])
    if len(shared):
        raise InputError(
            "the frame",
            f"{len(shared)} items lie in more than one {name}",
            examples=[units.text(int(unit)) for unit in shared[:SHOWN]],
            count=len(shared),
            next_step="a cluster is a union of whole items",
        )
    return of_unit
