"""Scan C: one `group by item` into lists of packed annotations, counted in threads."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from labelaudit.engine.cells import HUMAN
from labelaudit.engine.counts import Counts
from labelaudit.engine.kernel import count
from labelaudit.engine.sql import ident

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.engine.names import Names
    from labelaudit.engine.packing import Codes
    from labelaudit.engine.session import Session

GOLD = "case when annotator_kind = 'gold' then label else gold end"
"""The gold label that a row tells."""

_ANSWER = f"({HUMAN} and label is not null)"
_THREADS = 4


def count_lists(session: Session, view: str, names: Names, codes: Codes, *, gold: bool) -> Counts:
    """Count every unit of a view of canonical columns."""
    total = Counts(codes)
    beside = gold and not codes.gold_bits
    query = (
        _with_gold_beside(session, view, names, codes)
        if beside
        else _packed(session, view, names, codes, gold=gold)
    )
    for part in _in_threads(codes, session.blocks(query)):
        total.take(part)
    return total


def _in_threads(codes: Codes, blocks: Iterable[pa.RecordBatch]) -> Iterator[Counts]:
    """Count blocks in threads, a bounded number ahead (numpy lets go of the lock)."""
    threads = min(os.cpu_count() or 1, _THREADS)
    waiting: deque[Future[Counts]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for block in blocks:
            waiting.append(pool.submit(_count_block, codes, block))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _count_block(codes: Codes, block: pa.RecordBatch) -> Counts:
    lists = block.column(0)
    starts = np.asarray(lists.offsets.to_numpy(), dtype=np.int64)
    packed = lists.flatten().to_numpy(zero_copy_only=False)
    return count(codes, packed, starts - starts[0], _gold_beside(block))


def _gold_beside(block: pa.RecordBatch) -> IntArray | None:
    if block.num_columns == 1:
        return None
    columns = (block.column(index).fill_null(-1).to_numpy() for index in (1, 2))
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns])


def _packed(session: Session, view: str, names: Names, codes: Codes, *, gold: bool) -> str:
    """Return the lists, each annotation with the gold label that its row tells."""
    answer, joins = _answer(session, names, codes, blank=gold)
    if not gold:
        return f"select list({answer}) from {ident(view)} x{joins} where {_ANSWER} group by item_id"
    joins += f" left join label_codes g on g.name = {GOLD}"
    return (
        f"select list((coalesce(g.code, -1) + 1) * {1 << codes.answer_bits} + {answer})"
        f" from {ident(view)} x{joins} where {_ANSWER} or {GOLD} is not null group by item_id"
    )


def _with_gold_beside(session: Session, view: str, names: Names, codes: Codes) -> str:
    """Return the lists with the lowest and highest code of each unit's gold labels."""
    answer, joins = _answer(session, names, codes, blank=False)
    return (
        f"select coalesce(list({answer}) filter (where {_ANSWER}), []), min(g.code), max(g.code)"
        f" from {ident(view)} x{joins} left join label_codes g on g.name = {GOLD}"
        " group by item_id"
    )


def _answer(session: Session, names: Names, codes: Codes, *, blank: bool) -> tuple[str, str]:
    """Return the expression that packs an annotation, and the joins it needs."""
    labels = names.labels
    _keep(session, "label_codes", labels.texts, labels.codes)
    label = f"case when {_ANSWER} then l.code else {codes.blank} end" if blank else "l.code"
    parts = [f"{label} * {1 << codes.person_bits}"]
    joins = " left join label_codes l on l.name = x.label"
    for column, listed, step, otherwise in (
        ("annotator_id", names.annotators, codes.slice_bits, 0),
        ("batch_id", names.batches, codes.vendor_bits, 0),
        ("vendor", names.vendors, 0, len(names.vendors)),
    ):
        if listed:
            _keep(session, f"{column}_codes", listed, range(len(listed)))
            joins += f" left join {column}_codes on {column}_codes.name = x.{column}"
            parts.append(f"coalesce({column}_codes.code, {otherwise}) * {1 << step}")
    return " + ".join(parts), joins


def _keep(session: Session, table: str, names: Iterable[str], codes: Iterable[int]) -> None:
    columns = pa.array(names, pa.string()), pa.array(codes, pa.int64())
    session.keep(table, pa.table(columns, names=["name", "code"]))
