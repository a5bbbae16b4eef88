"""A second opinion on alpha: the `krippendorff` package, where it can hold the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

import numpy as np

from labelaudit.coefficients import Patterns
from labelaudit.errors import MissingExtraError

if TYPE_CHECKING:
    from labelaudit.coefficients import Ratings, Values
    from labelaudit.model import Scale

ALPHA = "krippendorff-alpha"
_Level = Literal["nominal", "ordinal", "interval", "ratio"]
_LARGEST_TABLE = 20_000_000
"""The package makes a units x labels x labels table: past this many cells it is not asked."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the package says of one slice, or why it was not asked."""

    value: float | None
    not_asked: str | None = None


def second_opinion(data: Patterns | Ratings, scale: Scale, values: Values) -> Opinion:
    """Ask the `krippendorff` package for alpha.

    Raises
    ------
    MissingExtraError
        If the package is not installed.

    """
    try:
        import krippendorff
    except ImportError as error:
        raise MissingExtraError("--crosscheck", "crosscheck") from error
    patterns = (data if isinstance(data, Patterns) else data.patterns()).pairable()
    if scale not in get_args(_Level):
        return Opinion(None, f"the package has no {scale} scale")
    seen = np.unique(patterns.codes)
    units = int(patterns.units.sum())
    if units * len(seen) ** 2 > _LARGEST_TABLE:
        return Opinion(None, f"{units:,} units x {len(seen)} labels is too much for the package")
    if len(seen) < 2:
        return Opinion(None, "fewer than two labels")
    table = np.zeros((len(patterns), patterns.n_labels), dtype=np.int64)
    table[np.repeat(np.arange(len(patterns)), patterns.lengths), patterns.codes] = patterns.counts
    counts = np.repeat(table[:, seen], patterns.units, axis=0)
    domain = values[seen] if isinstance(values, np.ndarray) else seen.astype(float)
    value = krippendorff.alpha(
        value_counts=counts,
        value_domain=domain.tolist(),
        level_of_measurement=cast("_Level", scale),
    )
    return Opinion(float(value))
