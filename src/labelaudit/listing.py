"""A tuple of results that can also be had as a pandas frame."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from _typeshed import DataclassInstance

T_co = TypeVar("T_co", bound="DataclassInstance", covariant=True)


class Listing(tuple[T_co, ...]):  # noqa: SLOT001  a tuple cannot hold `kind` in a slot
    """Results of one kind in a fixed order: a tuple, with `to_frame` for tables.

    Examples
    --------
    >>> from labelaudit.model import Rejection
    >>> empty = Listing(Rejection, [])
    >>> list(empty.to_frame())
    ['reason', 'batch_id', 'column', 'count', 'examples']

    """

    kind: type[T_co]

    def __new__(cls, kind: type[T_co], results: Iterable[T_co]) -> Self:
        """Keep the kind beside the results: an empty table has columns too."""
        listing = super().__new__(cls, results)
        listing.kind = kind
        return listing

    def to_frame(self) -> pd.DataFrame:
        """Return one row per result, one column per field."""
        import pandas as pd

        names = [field.name for field in fields(self.kind)]
        return pd.DataFrame([asdict(result) for result in self], columns=names)
