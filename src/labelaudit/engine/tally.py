"""The plan: three scans turn a question's annotations into integer tables.

(A) the distinct values, which name every code (`values`); (B) answers left empty, where there
are any (`missing`); (C) one `group by item` into lists of packed codes, streamed into the
kernel (`lists`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.engine.lists import count_lists
from labelaudit.engine.missing import missing_answers
from labelaudit.engine.names import Names, label_names
from labelaudit.engine.packing import packing
from labelaudit.engine.reading_labels import is_readable
from labelaudit.engine.tables import Tally
from labelaudit.engine.unfold import (
    cube_of,
    gold_counts,
    pair_counts,
    peer_counts,
    repeats,
    slicings,
)
from labelaudit.engine.values import values_of
from labelaudit.errors import InputError

if TYPE_CHECKING:
    from labelaudit.engine.session import Session
    from labelaudit.engine.values import Values
    from labelaudit.model import Question

MAX_LABELS = 10_000
"""More distinct labels than this on a categorical question is free text, not a domain."""
_CATEGORICAL = ("nominal", "ordinal", "preference", "ratio")


def tally(
    session: Session, view: str, question: Question, values_table: str | None = None
) -> Tally:
    """Count one question's valid annotations, which lie in a view of canonical columns.

    Parameters
    ----------
    session, view
        Where the annotations are.
    question
        What was asked.
    values_table
        The view's values (`values.keep_values`) where they are known.

    Raises
    ------
    InputError
        If a categorical question holds more than `MAX_LABELS` distinct labels.

    """
    values = values_of(session, view, values_table)
    names = _name(question, values)
    codes = packing(names, question, gold=bool(values.gold))
    missing = missing_answers(session, view, names, values.missing)
    counts = count_lists(session, view, names, codes, values)
    every, by_batch, by_vendor = slicings(counts, names)
    pairs = pair_counts(counts)
    return Tally(
        question=question,
        names=names,
        cube=cube_of(counts, names, missing),
        every=every,
        by_batch=by_batch,
        by_vendor=by_vendor,
        pairs=pairs,
        peers=peer_counts(counts),
        gold=gold_counts(counts),
        gold_units=counts.gold_units,
        gold_conflicts=counts.gold_conflicts,
        gold_strange=tuple(sorted(values.gold - set(names.labels.texts))),
        duplicates=repeats(counts, pairs),
    )


def _name(question: Question, values: Values) -> Names:
    """Give every label, annotator, batch and vendor its code."""
    _refuse_free_text(question, len(values.labels))
    gold = {name for name in values.gold if is_readable(question, name)}
    labels = label_names(question, values.labels, gold)
    return Names(labels, values.annotators, values.batches, values.vendors)


def _refuse_free_text(question: Question, distinct: int) -> None:
    if question.scale in _CATEGORICAL and distinct > MAX_LABELS:
        raise InputError(
            f"question {question.question_id!r}",
            f"holds {distinct:,} distinct labels; a {question.scale} question has at most"
            f" {MAX_LABELS:,}",
            next_step="if these are numbers set scale = 'interval', if free text scale = 'text'",
        )
