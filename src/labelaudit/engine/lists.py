"""Scan C: one `group by item` into lists of packed annotations, counted in threads."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.engine.arrays import TEXT, array, numbers, table, whole_numbers
from labelaudit.engine.counts import Counts
from labelaudit.engine.kernel import count
from labelaudit.engine.sql import ident
from labelaudit.engine.values import ANSWER, GOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.engine.names import Names
    from labelaudit.engine.packing import Codes
    from labelaudit.engine.session import Session
    from labelaudit.engine.values import Values

_GOLD_JOIN = f" left join label_parts g on g.name = {GOLD}"
_COLUMNS = ("label", "annotator_id", "batch_id", "vendor")
_THREADS = 4


def count_lists(session: Session, view: str, names: Names, codes: Codes, values: Values) -> Counts:
    """Count every unit of a view of canonical columns."""
    keep_parts(session, names, codes)
    beside = values.gold and not codes.gold_bits
    query = (_with_gold_beside if beside else _packed)(view, names, codes, values)
    return _in_threads(codes, session.blocks(query))


def _in_threads(codes: Codes, blocks: Iterable[pa.RecordBatch]) -> Counts:
    """Count blocks in threads, a bounded number ahead (numpy lets go of the lock)."""
    threads = min(os.cpu_count() or 1, _THREADS)
    free = [Counts(codes) for _ in range(threads)]

    def work(block: pa.RecordBatch) -> None:
        counts = free.pop()  # each thread has one in hand at most
        _count_block(counts, block)
        free.append(counts)

    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for block in blocks:
            waiting.append(pool.submit(work, block))
            if len(waiting) > threads:
                waiting.popleft().result()
        while waiting:
            waiting.popleft().result()
    total, *others = free
    for other in others:
        total.take(other)
    return total


def _count_block(counts: Counts, block: pa.RecordBatch) -> None:
    lists = block.column(0)
    starts = whole_numbers(lists.offsets)
    packed = whole_numbers(lists.flatten())
    count(counts, packed, starts - starts[0], _gold_beside(block))


def _gold_beside(block: pa.RecordBatch) -> IntArray | None:
    if block.num_columns == 1:
        return None
    columns = (block.column(index).fill_null(-1) for index in (1, 2))
    return np.stack([whole_numbers(column) for column in columns])


def _packed(view: str, names: Names, codes: Codes, values: Values) -> str:
    """Return the lists, each annotation with the gold label that its row tells."""
    packed, joins = packed_answer(names, codes, outer=values.gold_alone)
    where = f" where {ANSWER}" if values.missing or values.others else ""
    if values.gold_alone:
        where = f" where {ANSWER} or {GOLD} is not null"
    if values.gold:
        packed += " + coalesce(g.gold_part, 0)"
        joins += _GOLD_JOIN
    return f"select list({packed}) from {ident(view)} x{joins}{where} group by item_id"


def _with_gold_beside(view: str, names: Names, codes: Codes, _values: Values) -> str:
    """Return the lists with the lowest and highest code of each unit's gold labels."""
    packed, joins = packed_answer(names, codes, outer=True)
    code = f"g.part >> {codes.person_bits}"
    return (
        f"select coalesce(list({packed}) filter (where {ANSWER}), []), min({code}), max({code})"
        f" from {ident(view)} x{joins}{_GOLD_JOIN} group by item_id"
    )


def packed_answer(names: Names, codes: Codes, *, outer: bool) -> tuple[str, str]:
    """Return the expression that packs an annotation, and the joins it needs.

    Every name of an annotation has a part; where other rows stand between (`outer`), theirs
    are blank.
    """
    join, blank = "left join" if outer else "join", codes.blank << codes.person_bits
    label, person, batch, vendor = (f"{column}_parts" for column in _COLUMNS)
    parts = [f"{label}.part", f"{person}.part", f"{batch}.part"]
    if outer:
        parts = [f"case when {ANSWER} then {label}.part else {blank} end"] + [
            f"coalesce({part}, 0)" for part in parts[1:]
        ]
    joins = [
        f" {join} {table} on {table}.name = x.{column}"
        for table, column in zip((label, person, batch), _COLUMNS, strict=False)
    ]
    if names.vendors:
        parts.append(f"coalesce({vendor}.part, {len(names.vendors)})")
        joins.append(f" left join {vendor} on {vendor}.name = x.vendor")
    return " + ".join(parts), "".join(joins)


def keep_parts(session: Session, names: Names, codes: Codes) -> None:
    """Make a table for each column of names, with the part of the packed integer each is."""
    labels = np.asarray(names.labels.codes, dtype=np.int64)
    gold = (labels + 1) << codes.answer_bits if codes.gold_bits else np.zeros_like(labels)
    _keep(session, "label", names.labels.texts, labels << codes.person_bits, gold)
    for column, listed, bits in (
        ("annotator_id", names.annotators, codes.slice_bits),
        ("batch_id", names.batches, codes.vendor_bits),
        ("vendor", names.vendors, 0),
    ):
        _keep(session, column, listed, np.arange(len(listed), dtype=np.int64) << bits)


def _keep(session: Session, column: str, names: Sequence[str], *parts: IntArray) -> None:
    columns = {"name": array(names, TEXT)}
    columns |= zip(("part", "gold_part"), map(numbers, parts), strict=False)
    session.keep(f"{column}_parts", table(columns))
