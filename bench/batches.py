"""Alpha of every batch of one table: labelaudit against pandas pivots and `krippendorff`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pandas as pd

from bench.audit import best

if TYPE_CHECKING:
    from pathlib import Path

    from labelaudit.engine.tables import Tally

COLUMNS = ["item_id", "annotator_id", "label", "batch_id"]
PEER_BATCHES = 8
"""The peer works on this many batches, and its time is scaled to all of them."""


def compare(path: Path) -> dict[str, float]:
    """Return the times for all batches, and the largest difference of the values.

    From the file: reading is part of both sides. From the table: both have the rows in
    memory as text, and count and estimate from there. `alphas` is estimating alone.
    """
    import labelaudit

    start = time.perf_counter()
    with labelaudit.read(path) as annotations:
        values = _alphas(annotations.tallies[0])
    our_file = time.perf_counter() - start
    our_table, alphas = _from_table(path)
    start = time.perf_counter()
    frame = pd.read_parquet(path, columns=COLUMNS)
    reading = time.perf_counter() - start
    theirs, peer = _peers(frame)
    gap = max(abs(one - other) for one, other in zip(values, theirs, strict=False))
    return {
        "our_file": our_file,
        "our_table": our_table,
        "their_file": reading + peer,
        "their_table": peer,
        "file_ratio": (reading + peer) / our_file,
        "table_ratio": peer / our_table,
        "alphas": alphas,
        "gap": gap,
    }


def _from_table(path: Path) -> tuple[float, float]:
    """Return the times to count and estimate rows that are in memory, and to estimate alone."""
    from labelaudit.engine.session import Session
    from labelaudit.engine.tally import tally
    from labelaudit.model import Question

    absent = "null::varchar as vendor, null::varchar as gold, 'human' as annotator_kind"
    with Session("4GB") as session:
        session.do(f"create table rows as select {', '.join(COLUMNS)} from '{path}'")
        session.view("answers", f"select *, {absent} from rows")
        start = time.perf_counter()
        counts = tally(session, "answers", Question("label", "nominal"))
        counting = time.perf_counter() - start
    alphas = best(lambda: _alphas(counts), times=3)
    return counting + alphas, alphas


def _alphas(counts: Tally) -> list[float]:
    from labelaudit.coefficients import estimate

    found = [
        estimate("krippendorff-alpha", counts.by_batch.of(code), "nominal").value
        for code in range(len(counts.names.batches))
    ]
    return [value for value in found if value is not None]


def _peers(frame: pd.DataFrame) -> tuple[list[float], float]:
    """Return the first batches' values, and the time it would take for all batches."""
    names = sorted(frame["batch_id"].unique())
    start = time.perf_counter()
    groups = dict(iter(frame.groupby("batch_id")))
    grouped = time.perf_counter()
    values = [_peer(groups[name]) for name in names[:PEER_BATCHES]]
    each = (time.perf_counter() - grouped) / len(values)
    return values, grouped - start + each * len(names)


def _peer(batch: pd.DataFrame) -> float:
    import krippendorff

    order = {name: code for code, name in enumerate(sorted(batch["label"].unique()))}
    coded = batch.assign(code=batch["label"].map(order).astype(float))
    wide = coded.pivot(index="annotator_id", columns="item_id", values="code")  # noqa: PD010  as people do
    return float(krippendorff.alpha(wide.to_numpy(), level_of_measurement="nominal"))
