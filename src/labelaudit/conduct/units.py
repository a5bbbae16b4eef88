"""Who gives durations in another unit: milliseconds for seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.durations import far_longer
from labelaudit.medians import medians

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray
    from labelaudit.engine.names import Names
    from labelaudit.engine.records import Records


def thousandfold(
    records: Records, names: Names, spent: FloatArray
) -> tuple[str, tuple[str, ...]] | None:
    """Return what is a thousandfold apart (vendor or batch) and the long ones, if any are.

    `spent` (N,) are the seconds of each record, NaN where they are unknown.
    """
    kinds = (
        ("vendor", records.vendor, names.vendors),
        ("batch", records.batch, names.batches),
    )
    for kind, code, known in kinds:
        told = np.isfinite(spent) & (code >= 0)
        middle = medians(code[told], spent[told], len(known))
        some = np.flatnonzero(middle)
        if long := some[far_longer(middle[some])].tolist():
            return kind, tuple(known[place] for place in long)
    return None
