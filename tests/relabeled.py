"""Two sides of answers made on the spot, as `labelaudit.comparing` holds them."""

from __future__ import annotations

import numpy as np

from labelaudit.comparing.asking import Ask, Request
from labelaudit.comparing.rows import Rows
from labelaudit.model import Question
from labelaudit.overlap import Links

LABELS = ("cat", "dog", "bird")


def rows_of(sides, units, gold=None):
    """Return rows of (unit, annotator, label, batch, vendor) tuples, one list for each side."""
    listed = [(side, *row) for side, rows in enumerate(sides) for row in rows]
    table = np.array(listed, dtype=np.int64).reshape(-1, 6)
    side, unit, annotator, label, batch, vendor = table.T
    people = int(annotator.max(initial=0)) + 1
    return Rows(
        question=Question("label", "nominal", LABELS),
        labels=LABELS,
        values=None,
        items=tuple(f"i{n}" for n in range(units)),
        batches=("b0", "b1"),
        vendors=("v0", "v1"),
        side=side,
        unit=unit,
        annotator=annotator + side * people,
        label=label,
        batch=batch,
        vendor=vendor,
        gold=np.full(units, -1) if gold is None else gold,
        links=Links(np.zeros(2 * people, dtype=np.int64)),
    )


def request_of(asks):
    """Return a request of {unit: (wanted label or None, labels to add)}."""
    named = {
        ("label", f"i{unit}"): Ask(None, None if wanted is None else LABELS[wanted], more)
        for unit, (wanted, more) in asks.items()
    }
    return Request("a test", named)
