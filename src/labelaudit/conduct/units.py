"""Who gives durations in another unit: milliseconds for seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.sequences import sequences
from labelaudit.drift.durations import far_longer
from labelaudit.medians import medians

if TYPE_CHECKING:
    from labelaudit.behaviour import Work
    from labelaudit.coefficients import FloatArray
    from labelaudit.engine.names import Names
    from labelaudit.engine.records import Records


_LONG = 1_000.0  # seconds: milliseconds of a task of one second
_FOLD = 300.0  # from here on a unit is nearer than work side by side


def beyond_the_clock(work: Work) -> bool:
    """Say whether durations are hundreds of times what lies between one answer and the next.

    Two people under one id, or tabs left open, come to a few times that; a bulk upload leaves
    no time between answers, but durations of seconds.
    """
    order = sequences(work)
    if order is None or work.duration is None or work.moment is None:
        return False
    at, same = work.moment[order.row], np.diff(order.person) == 0
    gaps, spent = np.diff(at)[same], work.duration[np.isfinite(work.duration)]
    gaps = gaps[gaps > 0]
    if not len(gaps) or not len(spent):
        return False
    usual = float(np.median(spent))
    return usual > _LONG and usual > _FOLD * float(np.median(gaps))


def doubted(records: Records, names: Names, work: Work) -> tuple[str, tuple[str, ...]] | None:
    """Return who gives milliseconds, as `thousandfold`; no names where all seem to."""
    if records.duration_s is None or work.duration is None:
        return None
    apart = thousandfold(records, names, work.duration)
    return apart or (("delivery", ()) if beyond_the_clock(work) else None)


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
