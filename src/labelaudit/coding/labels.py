"""Labels as codes: read each distinct label on its scale, and put them in order."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from labelaudit.coding.ids import code_integers
from labelaudit.engine.reading_labels import member_text
from labelaudit.errors import SHOWN, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from labelaudit.coefficients import FloatArray, IntArray, Values
    from labelaudit.model import Scale

NUMERIC = ("interval", "ratio")


def code_labels(
    labels: pd.Series, scale: Scale, domain: Sequence[object] | None
) -> tuple[tuple[Hashable, ...], Values, IntArray]:
    """Return the domain in code order, the values behind it, and the code of each label.

    Raises
    ------
    InputError
        If a label is not in the domain, or not readable on its scale.
    UsageError
        If an ordinal scale of words comes without a domain, or the domain is no domain.

    """
    if domain is None and scale in NUMERIC and _is_floats(labels):
        numbers, codes = np.unique(_finite(labels), return_inverse=True)
        return tuple(numbers.tolist()), numbers, codes.astype(np.int64, copy=False)
    codes, distinct = _distinct(labels, scale)
    read = _READERS.get(scale, _plain)
    keys = [read(label) for label in distinct]
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
    moved = np.array([place[key] for key in keys], dtype=np.int64)
    stay = bool((moved == np.arange(len(moved))).all())
    return tuple(order), values_of(order, scale), codes if stay else moved[codes]


def values_of(order: Sequence[object], scale: Scale) -> Values:
    """Return what stands behind the labels: numbers, sets, or nothing but their order."""
    if scale in NUMERIC:
        return np.array([_number(label) for label in order], dtype=np.float64)
    return tuple(_members(label) for label in order) if scale == "set" else None


def _distinct(labels: pd.Series, scale: Scale) -> tuple[IntArray, list[object]]:
    """Return the code of each label and the distinct labels, as Python objects."""
    if isinstance(labels.dtype, np.dtype) and labels.dtype.kind in "iu":
        codes, numbers = code_integers(labels.to_numpy())
        return codes, numbers.tolist()
    cells = labels.to_numpy(dtype=object) if labels.dtype == object else labels
    try:
        codes, found = pd.factorize(cells)
    except TypeError:
        # Sets and lists cannot be looked up; as frozen sets they can.
        frozen = (_hashable(label, scale) for label in labels)
        codes, found = pd.factorize(np.fromiter(frozen, dtype=object, count=len(labels)))
    return codes.astype(np.int64, copy=False), list(found.tolist())


def _is_floats(labels: pd.Series) -> bool:
    return isinstance(labels.dtype, np.dtype) and labels.dtype.kind == "f"


def _finite(labels: pd.Series) -> FloatArray:
    """(N,) the numbers, all at once: a scale of real numbers may have millions of them."""
    numbers = labels.to_numpy(dtype=np.float64)
    wrong = numbers[~np.isfinite(numbers)]
    return numbers if len(wrong) == 0 else np.array([_number(wrong[0].item())])


def _hashable(label: object, scale: Scale) -> Hashable:
    if scale == "set":
        return _members(label)
    try:
        hash(label)
    except TypeError:
        raise InputError(
            "labels",
            f"expected single labels on this scale, found {label!r}",
            next_step='use scale="set" for sets and lists',
        ) from None
    return label


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
    return sorted(order, key=lambda key: float(str(key))) if scale in NUMERIC else order


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
    return frozenset(map(_member, found))


def _member(member: object) -> str:
    """Return a member as deliveries have it: True in a set is true in their JSON lists."""
    own = _plain(member)
    try:
        return member_text(own)
    except TypeError:  # no JSON, so no delivery holds it
        return str(own)


_READERS = {"interval": _number, "ratio": _number, "set": _members}
