"""Scan B: answers left empty, which no list holds, by batch, vendor and annotator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
    found = session.table(
        f"select batch_id, vendor, annotator_id, count(*) as count from {ident(view)}"
        f" where {HUMAN} and label is null group by all"
    )
    codes = [
        _codes(found[column], listed)
        for column, listed in (
            ("batch_id", names.batches),
            ("vendor", names.vendors),
            ("annotator_id", names.annotators),
        )
    ]
    return np.stack([*codes, np.asarray(found["count"].to_numpy(), dtype=np.int64)])


def _codes(column: pa.ChunkedArray, listed: Sequence[str]) -> IntArray:
    place = pc.index_in(column, value_set=pa.array(listed, pa.string()), skip_nulls=True)
    return np.asarray(place.fill_null(-1).to_numpy(), dtype=np.int64)
