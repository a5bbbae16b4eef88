"""Scan C: one `group by item` into lists of packed annotations, counted in threads."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
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

ANSWER = f"({HUMAN} and label is not null)"
"""Whether a row is an annotation that counts."""
GOLD = "case when annotator_kind = 'gold' then label else gold end"
"""The gold label that a row tells."""

_GOLD_JOIN = f" left join label_parts g on g.name = {GOLD}"
_COLUMNS = ("label", "annotator_id", "batch_id", "vendor")
_THREADS = 4


@dataclass(frozen=True, slots=True)
class Gold:
    """What gold there is: its labels, and whether rows tell gold that are no answers."""

    labels: frozenset[str]
    alone: bool


def gold_of(session: Session, view: str) -> Gold:
    """Return the gold labels of a view of canonical columns."""
    found = session.rows(
        f"select {GOLD} as gold, bool_or(not {ANSWER}) from {ident(view)} group by 1"
    )
    told = [(str(label), alone) for label, alone in found if label is not None]
    return Gold(frozenset(label for label, _ in told), any(alone for _, alone in told))


def count_lists(session: Session, view: str, names: Names, codes: Codes, gold: Gold) -> Counts:
    """Count every unit of a view of canonical columns."""
    total = Counts(codes)
    keep_parts(session, names, codes)
    beside = gold.labels and not codes.gold_bits
    query = _with_gold_beside(view, names, codes) if beside else _packed(view, names, codes, gold)
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


def _packed(view: str, names: Names, codes: Codes, gold: Gold) -> str:
    """Return the lists, each annotation with the gold label that its row tells."""
    packed, joins = packed_answer(names, codes, outer=gold.alone)
    where = f"{ANSWER} or {GOLD} is not null" if gold.alone else ANSWER
    if gold.labels:
        packed += " + coalesce(g.gold_part, 0)"
        joins += _GOLD_JOIN
    return f"select list({packed}) from {ident(view)} x{joins} where {where} group by item_id"


def _with_gold_beside(view: str, names: Names, codes: Codes) -> str:
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


def _keep(session: Session, column: str, names: Iterable[str], *parts: IntArray) -> None:
    columns = [pa.array(names, pa.string()), *map(pa.array, parts)]
    called = ["name", "part", "gold_part"][: len(columns)]
    session.keep(f"{column}_parts", pa.table(columns, names=called))
