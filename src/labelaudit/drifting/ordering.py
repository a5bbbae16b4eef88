"""The order of batches in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray
    from labelaudit.conduct import Conduct


def in_order(conduct: Conduct) -> list[int]:
    """Return the batch codes in order of their first answer, else of their names."""
    first = first_times(conduct)
    codes = range(len(conduct.tally.names.batches))
    return sorted(codes, key=lambda code: (float(first[code]), code)) if len(first) else [*codes]


def first_times(conduct: Conduct) -> FloatArray:
    """(B,) when each batch was first worked on; empty where that is not told for all of them."""
    records, many = conduct.records, len(conduct.tally.names.batches)
    times = records.submitted_at if records.started_at is None else records.started_at
    none = np.zeros(0)
    if times is None:
        return none
    first = np.full(many, np.inf)
    known = np.isfinite(times)
    np.minimum.at(first, records.batch[known], times[known])
    useful = np.isfinite(first).all() and len(first) and first.min() < first.max()
    return first if useful else none
