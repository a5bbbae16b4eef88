"""The plan: three scans turn a question's annotations into integer tables.

(A) a cube of label counts by batch, vendor and annotator, which also names every code;
(B) the distinct gold labels; (C) one `group by item` into lists of packed codes, streamed
into the kernel.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from labelaudit.engine.cells import HUMAN, answered_cells
from labelaudit.engine.kernel import Codes, Counts, count
from labelaudit.engine.names import Names, bits, coded, label_names
from labelaudit.engine.sql import ident
from labelaudit.engine.tables import Cube, Tally
from labelaudit.engine.unfold import gold_counts, pair_counts, peer_counts, slicings
from labelaudit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from labelaudit.engine.session import Session
    from labelaudit.model import Question

MAX_LABELS = 10_000
"""More distinct labels than this on a categorical question is free text, not a domain."""
_CATEGORICAL = ("nominal", "ordinal", "preference", "ratio")
_CODE_BITS = 62
_GOLD = "case when annotator_kind = 'gold' then label else gold end"


def tally(session: Session, view: str, question: Question, cells_table: str | None = None) -> Tally:
    """Count one question's valid annotations, which lie in a view of canonical columns.

    Parameters
    ----------
    session, view
        Where the annotations are.
    question
        What was asked.
    cells_table
        The view's cells (`cells.keep_cells`) where they were counted before.

    Raises
    ------
    InputError
        If a categorical question holds more than `MAX_LABELS` distinct labels.

    """
    cells = answered_cells(session, view, cells_table)
    gold_texts = session.rows(f"select distinct {_GOLD} from {ident(view)}")
    gold = {str(name) for (name,) in gold_texts if name is not None}
    names, cube = _name(question, cells, gold)
    counts = _stream(session, view, names)
    every, by_batch, by_vendor = slicings(counts, names)
    return Tally(
        question=question,
        names=names,
        cube=cube,
        every=every,
        by_batch=by_batch,
        by_vendor=by_vendor,
        pairs=pair_counts(counts),
        peers=peer_counts(counts),
        gold=gold_counts(counts),
        gold_units=counts.gold_units,
        gold_conflicts=counts.gold_conflicts,
        gold_outside=len(gold - set(names.labels.texts)),
        duplicates=counts.duplicates,
    )


def _name(question: Question, cells: pa.Table, gold: set[str]) -> tuple[Names, Cube]:
    """Give every label, annotator, batch and vendor its code, and count by those codes."""
    texts, label = coded(cells["label"])
    _refuse_free_text(question, len(texts))
    labels = label_names(question, texts if question.labels else {*texts, *gold})
    place = dict(zip(labels.texts, labels.codes, strict=True))
    by_text = np.asarray([*(place[text] for text in texts), -1], dtype=np.int64)
    batches, batch = coded(cells["batch_id"])
    vendors, vendor = coded(cells["vendor"])
    people, annotator = coded(cells["annotator_id"])
    columns = [batch, vendor, annotator, by_text[label]]
    order = np.lexsort(columns[::-1])
    total = np.asarray(cells["count"].to_numpy(), dtype=np.int64)
    cube = Cube(*(column[order] for column in [*columns, total]))
    return Names(labels, people, batches, vendors), cube


def _refuse_free_text(question: Question, distinct: int) -> None:
    if question.scale in _CATEGORICAL and distinct > MAX_LABELS:
        raise InputError(
            f"question {question.question_id!r}",
            f"holds {distinct:,} distinct labels; a {question.scale} question has at most"
            f" {MAX_LABELS:,}",
            next_step="if these are numbers set scale = 'interval', if free text scale = 'text'",
        )


def packing(names: Names) -> Codes:
    """Return how annotations with these names are packed into one integer."""
    return Codes(
        bits(len(names.labels.names)),
        bits(len(names.annotators)),
        bits(len(names.batches)),
        bits(len(names.vendors) + 1),
    )


def _stream(session: Session, view: str, names: Names) -> Counts:
    codes = packing(names)
    if codes.total_bits > _CODE_BITS:
        raise InputError(
            view,
            f"{len(names.labels.names):,} labels x {len(names.annotators):,} annotators x"
            f" {len(names.batches):,} batches x {len(names.vendors):,} vendors is past the"
            " engine's limit",
            next_step="audit fewer batches at a time",
        )
    total = Counts(codes)
    for part in _in_threads(codes, session.blocks(_lists(session, view, names, codes))):
        total.take(part)
    return total


def _in_threads(codes: Codes, blocks: Iterable[pa.RecordBatch]) -> Iterator[Counts]:
    """Count blocks in threads, a bounded number ahead (numpy lets go of the lock)."""
    threads = min(os.cpu_count() or 1, 4)
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
    gold = [block.column(index).fill_null(-1).to_numpy() for index in (1, 2)]
    packed = lists.flatten().to_numpy(zero_copy_only=False)
    return count(codes, packed, starts - starts[0], np.stack(gold, axis=1))


def _lists(session: Session, view: str, names: Names, codes: Codes) -> str:
    """Return scan C: per item the ascending list of packed codes and its gold labels' range."""
    _keep(session, "label_codes", names.labels.texts, names.labels.codes)
    for table, listed in (
        ("annotator_codes", names.annotators),
        ("batch_codes", names.batches),
        ("vendor_codes", names.vendors),
    ):
        _keep(session, table, listed, range(len(listed)))
    label_step = 1 << (codes.annotator_bits + codes.slice_bits)
    vendor = f"coalesce(v.code, {len(names.vendors)})"
    packed = (
        f"l.code * {label_step} + a.code * {1 << codes.slice_bits}"
        f" + b.code * {1 << codes.vendor_bits} + {vendor}"
    )
    return (
        f"select list_sort(list({packed}) filter (where {HUMAN} and l.code is not null)),"
        f" min(g.code), max(g.code) from {ident(view)} x"
        " left join annotator_codes a on a.name = x.annotator_id"
        " left join batch_codes b on b.name = x.batch_id"
        " left join vendor_codes v on v.name = x.vendor"
        " left join label_codes l on l.name = x.label"
        f" left join label_codes g on g.name = {_GOLD}"
        " group by x.item_id"
    )


def _keep(session: Session, table: str, names: Iterable[str], codes: Iterable[int]) -> None:
    columns = pa.array(names, pa.string()), pa.array(codes, pa.int64())
    session.keep(table, pa.table(columns, names=["name", "code"]))
