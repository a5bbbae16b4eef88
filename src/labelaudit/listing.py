"""A tuple of results that can also be had as a pandas frame."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


class Listing(tuple[T, ...]):
    """Results in a fixed order: a tuple, with `to_frame` for tables."""

    __slots__ = ()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per result, one column per field."""
        import pandas as pd

        return pd.DataFrame([asdict(result) for result in self])  # type: ignore[call-overload]
