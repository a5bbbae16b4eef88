"""Who gives durations in another unit: milliseconds for seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.durations import far_longer
from labelaudit.medians import medians

if TYPE_CHECKING:
    from labelaudit.coefficients import IntArray
    from labelaudit.engine.names import Names
    from labelaudit.engine.records import Records


def thousandfold(
    records: Records, names: Names, order: IntArray
) -> tuple[str, tuple[str, ...]] | None:
    """Return what is a thousandfold apart (vendor or batch) and the long ones, if any are.

    `order` are the rows of known duration, the shortest first.
    """
    spent = records.duration_s
    if spent is None:
        return None
    kinds = (
        ("vendor", records.vendor, names.vendors),
        ("batch", records.batch, names.batches),
    )
    for kind, code, known in kinds:
        told = order[code[order] >= 0]
        some = np.flatnonzero(np.bincount(code[told], minlength=len(known)))
        middle = medians(code, spent, len(known), told)[some]
        if long := some[far_longer(middle)].tolist():
            return kind, tuple(known[place] for place in long)
    return None
