"""Alpha of every batch of one table: labelaudit against pandas pivots and `krippendorff`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

PEER_BATCHES = 8
"""The peer works on this many batches, and its time is scaled to all of them."""


def compare(path: Path) -> dict[str, float]:
    """Return both times for all batches, and the largest difference of the values."""
    import labelaudit
    from labelaudit.coefficients import estimate

    start = time.perf_counter()
    with labelaudit.read(path) as annotations:
        (tally,) = annotations.tallies
        ours = [
            estimate("krippendorff-alpha", tally.by_batch.of(code), "nominal").value
            for code in range(len(tally.names.batches))
        ]
    our_time = time.perf_counter() - start
    names = list(tally.names.batches)[:PEER_BATCHES]
    frame = pd.read_parquet(path, columns=["item_id", "annotator_id", "label", "batch_id"])
    start = time.perf_counter()
    theirs = [_peer(group) for name, group in frame.groupby("batch_id") if name in names]
    scale = len(ours) / len(names)
    their_time = (time.perf_counter() - start) * scale
    gap = max(abs(one - other) for one, other in zip(ours, theirs, strict=False))
    return {"ours": our_time, "theirs": their_time, "ratio": their_time / our_time, "gap": gap}


def _peer(batch: pd.DataFrame) -> float:
    import krippendorff

    order = {name: code for code, name in enumerate(sorted(batch["label"].unique()))}
    coded = batch.assign(code=batch["label"].map(order).astype(float))
    wide = coded.pivot(index="annotator_id", columns="item_id", values="code")  # noqa: PD010  as people do
    return float(krippendorff.alpha(wide.to_numpy(), level_of_measurement="nominal"))
