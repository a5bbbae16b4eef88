"""Labels row by row, as codes: for measures that must know who answered what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.engine.names import Labels, coded
from labelaudit.engine.source import SOURCE, as_text, delivered
from labelaudit.engine.values import HUMAN
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.engine.session import Session

_OWN = {
    "batch": "batch_id",
    "vendor": "vendor",
    "annotator": "annotator_id",
    "item": "item_id",
}


@dataclass(frozen=True, slots=True, eq=False)
class LabeledRows:
    """One row per label: codes of item, annotator and label, and of each extra column."""

    item: IntArray
    annotator: IntArray
    label: IntArray
    extra: tuple[IntArray, ...]
    items: tuple[str, ...]
    annotators: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]


def labeled_rows(
    session: Session, number: int, labels: Labels, extra: Sequence[str] = ()
) -> LabeledRows:
    """Return the labels of one question that count, with any columns of the delivery.

    Raises
    ------
    UsageError
        If an extra column is none of the delivery's.

    """
    known = delivered(session)
    chosen = [_expression(name, known) for name in extra]
    listed = "".join(f", {expression} as extra_{at}" for at, expression in enumerate(chosen))
    joined = any(name not in _OWN for name in extra)
    source = f" join {SOURCE} s on s.__file = x.file and s.__row = x.line" if joined else ""
    table = session.table(
        f"select x.item_id, x.annotator_id, x.label{listed} from current_{number} x{source}"
        " where x.annotator_kind = 'human' and x.label is not null"
    )
    items, item = coded(table["item_id"])
    people, annotator = coded(table["annotator_id"])
    texts, text = coded(table["label"])
    place = dict(zip(labels.texts, labels.codes, strict=True))
    by_text = np.array([place[name] for name in texts], dtype=np.int64)
    columns = [coded(table[f"extra_{at}"]) for at in range(len(chosen))]
    return LabeledRows(
        item,
        annotator,
        by_text[text],
        tuple(codes for _, codes in columns),
        items,
        people,
        tuple(names for names, _ in columns),
    )


def compared_people(session: Session, number: int, column: str) -> list[tuple[str, str]]:
    """Return (slice, annotator) where somebody labeled an item that others did in that slice."""
    name = _OWN[column]
    given = (
        f"select item_id, annotator_id, {name} as slice from current_{number}"
        f" where {HUMAN} and label is not null and {name} is not null"
    )
    found = session.rows(
        f"with given as ({given}), shared as (select item_id, slice from given group by all"
        " having count(*) > 1) select distinct slice, annotator_id from given semi join shared"
        " using (item_id, slice)"
    )
    return [(str(where), str(who)) for where, who in found]


def _expression(name: str, known: Sequence[str]) -> str:
    if name in _OWN:
        return f"x.{_OWN[name]}"
    if name not in known:
        raise UsageError(
            f"column {name!r}",
            "is not in the delivery",
            next_step=f"one of {', '.join(dict.fromkeys([*_OWN, *known]))}",
        )
    return as_text(name)
