"""Scan B: answers left empty, which no list holds, by batch, vendor and annotator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.engine.sql import ident
from labelaudit.engine.values import HUMAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.engine.names import Names
    from labelaudit.engine.session import Session


def missing_answers(session: Session, view: str, names: Names, many: int) -> IntArray:
    """Return (4, K) batch, vendor, annotator and how often their answer was left empty.

    `many` is how many there are at all. A vendor of -1 is "no vendor".
    """
    if not many:
        return np.zeros((4, 0), dtype=np.int64)
    rows = session.rows(
        f"select batch_id, vendor, annotator_id, count(*) as count from {ident(view)}"
        f" where {HUMAN} and label is null group by all"
    )
    *named, counts = zip(*rows, strict=True)
    listed = (names.batches, names.vendors, names.annotators)
    codes = [_codes(*pair) for pair in zip(named, listed, strict=True)]
    return np.array([*codes, counts], dtype=np.int64)


def _codes(column: Sequence[object], listed: Sequence[str]) -> list[int]:
    place: dict[object, int] = {name: code for code, name in enumerate(listed)}
    return [place.get(value, -1) for value in column]
