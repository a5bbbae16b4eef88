"""From frames to codes: what the labels of a frame are, and which number stands for each.

Labels are compared as what they are, never as what pandas might make of them: the text
"nan" is a label, None and NaN are not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from labelaudit.coefficients import Ratings, from_counts, ratings
from labelaudit.errors import SHOWN, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from labelaudit.coefficients import IntArray, Patterns, Values
    from labelaudit.model import Scale

Layout = Literal["long", "wide", "counts"]
_NUMERIC = ("interval", "ratio")


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A frame as codes: the data, the names of the labels in code order, what they stand for."""

    data: Ratings | Patterns
    labels: tuple[Hashable, ...]
    values: Values
    units: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()


def code_long(
    frame: pd.DataFrame,
    scale: Scale,
    domain: Sequence[object] | None,
    columns: Mapping[str, str],
) -> Coded:
    """Code a frame with one row per label; `columns` names item, annotator and label.

    Raises
    ------
    InputError
        If a column is absent, an id is missing, an annotator labeled an item twice, or a
        label is not in the domain or not readable on its scale.
    UsageError
        If an ordinal scale of words comes without a domain.

    """
    absent = [name for name in columns.values() if name not in frame.columns]
    if absent:
        raise InputError(
            "the frame",
            f"has no column {', '.join(map(repr, absent))}; found"
            f" {', '.join(map(repr, frame.columns))}",
            next_step="name the columns with item=, annotator= and label=",
        )
    given = frame[frame[columns["label"]].notna()]
    units, unit = _ids(given[columns["item"]], "item")
    people, person = _ids(given[columns["annotator"]], "annotator")
    labels, values, code = code_labels(given[columns["label"]].tolist(), scale, domain)
    _refuse_twice(units, people, unit, person)
    table = ratings(unit, person, code, max(len(labels), 1))
    return Coded(table, labels, values, units, people)


def code_wide(frame: pd.DataFrame, scale: Scale, domain: Sequence[object] | None) -> Coded:
    """Code a frame with one row per unit and one column per annotator."""
    cells = [
        (str(unit), str(person), label)
        for person, column in frame.items()
        for unit, label in column.items()
    ]
    long = pd.DataFrame(cells, columns=["item", "annotator", "label"], dtype=object)
    return code_long(long, scale, domain, {name: name for name in long.columns})


def code_counts(frame: pd.DataFrame, scale: Scale) -> Coded:
    """Code a table of units x labels counts; the columns are the domain, in order."""
    counts = frame.to_numpy()
    if counts.dtype.kind not in "iu" and not np.equal(np.mod(counts.astype(float), 1), 0).all():
        raise InputError("the table of counts", "holds cells that are no whole numbers")
    if (counts < 0).any():
        raise InputError("the table of counts", "holds negative cells")
    names = list(frame.columns)
    values: Values = None
    if scale in _NUMERIC:
        values = np.array([_number(name) for name in names])
    elif scale == "set":
        values = tuple(_members(name) for name in names)
    return Coded(from_counts(counts.astype(np.int64)), tuple(names), values)


def code_labels(
    labels: Sequence[object], scale: Scale, domain: Sequence[object] | None
) -> tuple[tuple[Hashable, ...], Values, IntArray]:
    """Return the domain in code order, the values behind it, and the code of each label."""
    read = _READERS.get(scale, _plain)
    keys = [read(label) for label in labels]
    order = _order(keys, scale, domain)
    place = {key: code for code, key in enumerate(order)}
    outside = sorted({repr(key) for key in keys if key not in place})
    if outside:
        raise InputError(
            "labels",
            f"expected labels of the domain {', '.join(map(repr, order[:10]))}; found others",
            examples=outside[:SHOWN],
            count=len(outside),
            next_step="add them to domain=, or mend them",
        )
    values: Values = None
    if scale in _NUMERIC:
        values = np.array([float(str(key)) for key in order])
    elif scale == "set":
        values = tuple(key for key in order if isinstance(key, frozenset))
    return tuple(order), values, np.array([place[key] for key in keys], dtype=np.int64)


def _order(
    keys: Sequence[Hashable], scale: Scale, domain: Sequence[object] | None
) -> list[Hashable]:
    if domain is not None:
        return _declared(domain, scale)
    distinct = list(dict.fromkeys(keys))
    numbers = [key for key in distinct if isinstance(key, int | float)]
    if len(numbers) == len(distinct):
        return [*sorted(numbers)]
    if scale == "ordinal":
        raise UsageError(
            "domain",
            "an ordinal scale needs the order of its labels",
            next_step='domain=["poor", "fair", "good"], lowest first',
        )
    return sorted(distinct, key=lambda key: str(sorted(key) if isinstance(key, frozenset) else key))


def _declared(domain: Sequence[object], scale: Scale) -> list[Hashable]:
    read = _READERS.get(scale, _plain)
    order = [read(label) for label in domain]
    if len(set(order)) != len(order):
        raise UsageError("domain", "holds a label twice", next_step="list each label once")
    numbers = [float(key) for key in order if isinstance(key, int | float)]
    rising = numbers == sorted(numbers)
    if scale == "ordinal" and len(numbers) == len(order) and not rising:
        raise UsageError(
            "domain",
            f"numbers of an ordinal scale are not in rising order: {order}",
            next_step="list them lowest first",
        )
    return sorted(order, key=lambda key: float(str(key))) if scale in _NUMERIC else order


def _plain(label: object) -> Hashable:
    """Return a label as it is compared: numpy scalars as Python's own."""
    return label.item() if isinstance(label, np.generic) else label


def _number(label: object) -> float:
    try:
        number = math.nan if isinstance(label, bool | np.bool_) else float(str(label))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError(
            "labels",
            f"expected finite numbers on this scale, found {label!r}",
            next_step='mend them, or use scale="nominal"',
        )
    return number


def _members(label: object) -> frozenset[str]:
    found = label
    if isinstance(label, str):
        try:
            found = json.loads(label)
        except ValueError:
            found = None
    if isinstance(found, str | bytes) or not isinstance(found, Iterable):
        raise InputError(
            "labels",
            f"expected sets (or JSON lists) of labels, found {label!r}",
            next_step='mend them, or use scale="nominal"',
        )
    return frozenset(str(member) for member in found)


_READERS = {"interval": _number, "ratio": _number, "set": _members}


def _ids(column: pd.Series, what: str) -> tuple[tuple[str, ...], IntArray]:
    """Return the distinct ids as text, sorted, and the code of each row."""
    if column.isna().any():
        raise InputError(
            "the frame",
            f"{int(column.isna().sum())} rows have a label and no {what}",
            next_step=f"drop those rows, or fill in the {what}",
        )
    texts = column.map(str).to_numpy(dtype=object)
    names, codes = np.unique(texts, return_inverse=True)
    return tuple(names.tolist()), codes.astype(np.int64)


def _refuse_twice(
    units: tuple[str, ...], people: tuple[str, ...], unit: IntArray, person: IntArray
) -> None:
    key = unit * max(len(people), 1) + person
    pairs, count = np.unique(key, return_counts=True)
    twice = pairs[count > 1]
    if len(twice):
        found = [divmod(int(pair), len(people)) for pair in twice[:SHOWN]]
        raise InputError(
            "the frame",
            "expected one label per item and annotator; found more",
            examples=[f"item {units[u]}, annotator {people[a]}" for u, a in found],
            count=len(twice),
            next_step="keep one of each: frame.drop_duplicates([item, annotator])",
        )
