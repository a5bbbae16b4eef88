"""Who gives durations in another unit: milliseconds for seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift import mixed_units

if TYPE_CHECKING:
    from labelaudit.engine.names import Names
    from labelaudit.engine.records import Records


def thousandfold(records: Records, names: Names) -> tuple[str, tuple[str, ...]] | None:
    """Return what is a thousandfold apart (vendor or batch) and the long ones, if any are."""
    spent = records.duration_s
    if spent is None:
        return None
    kinds = (
        ("vendor", records.vendor, names.vendors),
        ("batch", records.batch, names.batches),
    )
    for kind, code, known in kinds:
        told = np.where(code >= 0, spent, np.nan)
        if long := mixed_units(code, told).tolist():
            return kind, tuple(known[place] for place in long)
    return None
