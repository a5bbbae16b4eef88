"""Items that were sent out never came back.

Looks for
---------
Items of the manifest (`[delivery] manifest = "sent.csv"`, a CSV file beside the configuration
whose items stand under the column name of the delivery, or `item_id`, `item` or `id`) without
a valid answer in the delivery: more than `max_missing_fraction` of them is a breach,
fewer a warning. Where the manifest has a column `difficulty`, whether the hard ones are missing
(rank sum); where it has a column `slice`, whether one slice is. A manifest with a column of
batches is read for the delivered batches only. Items that came back and were never sent are a
warning.

Why it matters
--------------
Who leaves out what is hard delivers better agreement, and training data without the hard cases.

Example
-------
`140 of 2,000 items sent (7.0%) are missing, such as img-07, img-19: in 74% of pairs the missing
item is the harder one`

What to do
----------
Ask for the missing items, or for the agreed reason. Until then read agreement and accuracy as
those of the easy part.

Policy keys
-----------
`[checks.dropped-items]` `max_missing_fraction` (0 to 1, default 0.01). `unknown` without a
manifest.

References
----------
Mann & Whitney (1947), Annals of Mathematical Statistics 18, 50-60; Pearson (1900),
Philosophical Magazine 50, 157-175.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.checks.batches import FALSE_DISCOVERY, unseen
from labelaudit.checks.evidence import many, percent
from labelaudit.checks.people import SHOWN
from labelaudit.drifting import Fault
from labelaudit.model import Finding
from labelaudit.signals import DroppedItems, dropped_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.checks.evidence import Evidence
    from labelaudit.drift import Deviation
    from labelaudit.model import FindingOutcome, Manifest, Severity

NAME = "dropped-items"
KEYS: Mapping[str, float] = {"max_missing_fraction": 0.01}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is missing and what was never sent, or that nothing tells what was sent."""
    sent = evidence.annotations.sent
    if sent is None:
        yield unseen(NAME, Fault("no manifest", "manifest under [delivery]: the items sent"))
        return
    if not sent.items:
        yield unseen(NAME, Fault("the manifest lists no item", "a manifest of the items sent"))
        return
    kept = _of_these(sent, evidence.annotations.batches)
    if not kept.any():
        yield unseen(NAME, Fault("no item of these batches", "a manifest that lists them"))
        return
    found, names = _compared(evidence, sent, kept)
    limit = evidence.policy.key(NAME, *next(iter(KEYS.items())))
    if len(found.missing):
        yield _missing(found, names, int(kept.sum()), limit)
    if len(found.unexpected):
        shown = [names[code] for code in found.unexpected[:SHOWN].tolist()]
        yield _finding(
            "warning",
            "low",
            f"{many(len(found.unexpected), 'item')} came back and were never sent, such as"
            f" {', '.join(shown)}",
            {"unexpected": len(found.unexpected), "items": [*shown]},
        )


def _of_these(sent: Manifest, batches: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """(S,) whether a row of the manifest is about a batch that was delivered."""
    return np.array(
        [batch in batches for batch in sent.batches] or [True] * len(sent.items), dtype=bool
    )


def _compared(
    evidence: Evidence, sent: Manifest, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[DroppedItems, tuple[str, ...]]:
    """Hold the items sent against those with an answer to any question."""
    back = {
        str(item)
        for conduct in evidence.conducts.values()
        for item in conduct.records.items.to_pylist()
    }
    rows = np.flatnonzero(kept).tolist()
    listed = [sent.items[row] for row in rows]
    names = tuple(sorted({*listed, *back}))
    code = {name: place for place, name in enumerate(names)}
    hard = [sent.difficulty[row] for row in rows] if sent.difficulty else None
    slices = (
        np.unique([sent.slices[row] for row in rows], return_inverse=True)[1]
        if sent.slices
        else None
    )
    found = dropped_items(
        np.array([code[name] for name in listed], dtype=np.int64),
        np.array([code[name] for name in sorted(back)], dtype=np.int64),
        None if hard is None else np.array(hard, dtype=np.float64),
        slices,
    )
    return found, names


def _missing(found: DroppedItems, names: Sequence[str], sent: int, limit: float) -> Finding:
    share = found.share or 0.0
    over = share > limit
    shown = [names[code] for code in found.missing[:SHOWN].tolist()]
    harder = _told(found.harder)
    hard = (
        f": in {found.harder.effect:.0%} of pairs the missing item is the harder one"
        if harder
        else ""
    )
    uneven = "; one slice misses more than the others" if _told(found.by_slice) else ""
    return _finding(
        "breach" if over else "warning",
        "medium" if over else "low",
        f"{len(found.missing):,} of {many(sent, 'item')} sent ({percent(share)}) are missing,"
        f" such as {', '.join(shown)}{hard}{uneven}",
        {
            "missing": len(found.missing),
            "sent": sent,
            "chance_harder": found.harder.effect,
            "p_harder": found.harder.p,
            "p_slices": found.by_slice.p,
            "needs": found.harder.needs,
            "items": [*shown],
        },
    )


def _told(deviation: Deviation) -> bool:
    return deviation.p is not None and deviation.p <= FALSE_DISCOVERY


def _finding(
    outcome: FindingOutcome, severity: Severity, message: str, evidence: dict[str, object]
) -> Finding:
    return Finding(NAME, outcome, severity, message, evidence=evidence)  # type: ignore[arg-type]
