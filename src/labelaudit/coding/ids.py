"""Ids as codes: an id is a name, so 7 and "7" are one and the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from labelaudit.coding.texts import encode
from labelaudit.errors import InputError

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import IntArray

_SPARE = 4  # a lookup table may be this many times longer than the column
_FEW = 1_000  # so few names cost less one by one


class Names(Protocol):
    """Distinct ids in code order: an array of numpy or of Arrow."""

    def __len__(self) -> int:
        """Return how many there are."""
        ...

    def __getitem__(self, code: int, /) -> object:
        """Return the id of a code."""
        ...


@dataclass(frozen=True, eq=False)
class Ids:
    """One column of ids: the code of each row, and the distinct ids in code order.

    Codes follow the sorted ids where `ordered`, else the order of the rows.
    """

    codes: IntArray
    distinct: Names
    ordered: bool = True

    def __len__(self) -> int:
        """Return how many ids differ."""
        return len(self.distinct)

    def text(self, code: int) -> str:
        """Return the id that a code stands for."""
        return str(self.distinct[code])

    @cached_property
    def in_order(self) -> Ids:
        """The same with codes that follow the sorted ids, never the order of the rows."""
        if self.ordered:
            return self
        order = pc.sort_indices(self.distinct)
        place = np.empty(len(order), dtype=np.int64)
        place[order.to_numpy()] = np.arange(len(order))
        return Ids(place[self.codes], self.distinct.take(order))  # type: ignore[attr-defined]


def code_ids(column: pd.Series, what: str) -> Ids:
    """Code a column of ids; `in_order` codes follow the sorted ids, never the order of rows.

    Raises
    ------
    InputError
        If an id is missing.

    """
    if column.isna().any():
        raise InputError(
            "the frame",
            f"{int(column.isna().sum())} rows have a label and no {what}",
            next_step=f"drop those rows, or fill in the {what}",
        )
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":
        return Ids(*code_integers(column.to_numpy()))
    return _code_texts(column)


def code_integers(values: npt.NDArray[np.integer]) -> tuple[IntArray, npt.NDArray[np.integer]]:
    """Return the code of each number (N,) and the distinct numbers, rising."""
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, -1)
    if values.dtype == np.uint64 or high - low >= _SPARE * len(values):
        codes, distinct = pd.factorize(values, sort=True)
        return codes.astype(np.int64, copy=False), distinct
    steps = values.astype(np.int64, copy=False)
    steps = steps - low if low else steps
    seen = np.zeros(high - low + 1, dtype=np.bool_)
    seen[steps] = True
    return steps if seen.all() else (np.cumsum(seen) - 1)[steps], np.flatnonzero(seen) + low


def _code_texts(column: pd.Series) -> Ids:
    if len(column) <= _FEW:
        texts = np.array([str(name) for name in column], dtype=object)
        distinct, codes = np.unique(texts, return_inverse=True)
        return Ids(codes.astype(np.int64, copy=False), distinct)
    if column.dtype == object:
        # Only texts are alike exactly where their names are: 1 and True are equal to Python.
        column = column.map(str).astype("str")
    if isinstance(column.dtype, pd.StringDtype):
        texts = pa.array(column)
        whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        return Ids(*encode(whole), ordered=False)
    codes, found = pd.factorize(column)
    place, distinct = encode(pa.array([str(name) for name in found], type=pa.string()))
    return Ids(place[codes], distinct, ordered=False)
