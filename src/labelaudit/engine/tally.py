"""The plan: three scans turn a question's annotations into integer tables.

(A) a cube of label counts by batch, vendor and annotator, which also names every code
(`cells`); (B) the distinct gold labels; (C) one `group by item` into lists of packed codes,
streamed into the kernel (`lists`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.engine.cells import answered_cells
from labelaudit.engine.lists import count_lists, gold_of
from labelaudit.engine.names import Names, coded, label_names
from labelaudit.engine.packing import packing
from labelaudit.engine.reading_labels import is_readable
from labelaudit.engine.tables import Cube, Tally
from labelaudit.engine.unfold import gold_counts, pair_counts, peer_counts, repeats, slicings
from labelaudit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.engine.session import Session
    from labelaudit.model import Question

MAX_LABELS = 10_000
"""More distinct labels than this on a categorical question is free text, not a domain."""
_CATEGORICAL = ("nominal", "ordinal", "preference", "ratio")


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
    gold = gold_of(session, view)
    names, cube = _name(question, cells, gold.labels)
    codes = packing(names, question, gold=bool(gold.labels))
    counts = count_lists(session, view, names, codes, gold)
    every, by_batch, by_vendor = slicings(counts, names)
    pairs = pair_counts(counts)
    return Tally(
        question=question,
        names=names,
        cube=cube,
        every=every,
        by_batch=by_batch,
        by_vendor=by_vendor,
        pairs=pairs,
        peers=peer_counts(counts),
        gold=gold_counts(counts),
        gold_units=counts.gold_units,
        gold_conflicts=counts.gold_conflicts,
        gold_outside=len(gold.labels - set(names.labels.texts)),
        duplicates=repeats(counts, pairs),
    )


def _name(question: Question, cells: pa.Table, gold: Iterable[str]) -> tuple[Names, Cube]:
    """Give every label, annotator, batch and vendor its code, and count by those codes."""
    texts, label = coded(cells["label"])
    _refuse_free_text(question, len(texts))
    labels = label_names(question, texts, {name for name in gold if is_readable(question, name)})
    place = dict(zip(labels.texts, labels.codes, strict=True))
    by_text = np.asarray([*(place[text] for text in texts), -1], dtype=np.int64)
    batches, batch = coded(cells["batch_id"])
    vendors, vendor = coded(cells["vendor"])
    people, annotator = coded(cells["annotator_id"])
    columns = [batch, vendor, annotator, by_text[label]]
    order = _order(columns)
    total = np.asarray(cells["count"].to_numpy(), dtype=np.int64)
    cube = Cube(*(column[order] for column in [*columns, total]))
    return Names(labels, people, batches, vendors), cube


def _order(columns: list[IntArray]) -> IntArray:
    """Return the order of rows by the first column, then the second, and so on."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        key = key * (int(column.max(initial=-1)) + 2) + column + 1
    return np.argsort(key)


def _refuse_free_text(question: Question, distinct: int) -> None:
    if question.scale in _CATEGORICAL and distinct > MAX_LABELS:
        raise InputError(
            f"question {question.question_id!r}",
            f"holds {distinct:,} distinct labels; a {question.scale} question has at most"
            f" {MAX_LABELS:,}",
            next_step="if these are numbers set scale = 'interval', if free text scale = 'text'",
        )
