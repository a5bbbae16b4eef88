"""Records: every answer that counts, row by row, for measures that ask who, what and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from labelaudit.engine.arrays import (
    REAL,
    encoded,
    places,
    real_numbers,
    runs,
    whole,
    whole_numbers,
)
from labelaudit.engine.lists import keep_parts, packed_answer
from labelaudit.engine.packing import packing
from labelaudit.engine.source import SOURCE, as_text
from labelaudit.engine.sql import ident
from labelaudit.engine.values import ANSWER, GOLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.engine.names import Labels, Names
    from labelaudit.engine.packing import Codes
    from labelaudit.engine.session import Session
    from labelaudit.model import Question

NO_GOLD = -1
TIMED = ("duration_s", "started_at", "submitted_at")


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A text column: `code` (N,) into `names`, which are sorted; -1 where the cell is empty."""

    code: IntArray
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """N answers by people to one question, sorted by item, then annotator.

    Attributes
    ----------
    item, annotator, label, batch, vendor
        (N,) codes: of `items`, and of the question's names; a vendor of -1 is "no vendor".
    items
        (I,) item ids in code point order.
    gold
        (I,) the label code of each item's gold, `NO_GOLD` where there is none, or it
        contradicts itself, or is no label of the question.
    duration_s
        (N,) seconds, NaN where unknown; None where no column tells.
    started_at, submitted_at
        (N,) seconds since 1970; likewise.
    beside
        Text columns that were asked for, by name.

    """

    item: IntArray
    annotator: IntArray
    label: IntArray
    batch: IntArray
    vendor: IntArray
    items: pa.Array
    gold: IntArray
    duration_s: FloatArray | None
    started_at: FloatArray | None
    submitted_at: FloatArray | None
    beside: Mapping[str, Texts]

    def __len__(self) -> int:
        """Return N."""
        return len(self.item)

    def item_id(self, code: int) -> str:
        """Return the id of an item."""
        return str(self.items[code])

    def places(self, ids: pa.Array) -> IntArray:
        """Return the codes of items by id, -1 where an id has no answer."""
        return places(pc.index_in(ids, value_set=self.items))


def model_labels(session: Session, view: str) -> tuple[pa.Array, list[str]]:
    """Return the items that a model answered, and its answers; the first in the alphabet."""
    found = session.table(
        f"select item_id, min(label) as label from {ident(view)}"
        " where annotator_kind = 'model' and label is not null group by item_id"
    )
    return whole(found["item_id"]), found["label"].to_pylist()


def partly_gold(session: Session, view: str) -> pa.Array:
    """Return the items that bear gold in some of their rows and stand without it in others."""
    with_gold = f"select item_id from {ident(view)} where {ANSWER} and gold is not null"
    found = session.table(
        f"select distinct item_id from {ident(view)} where {ANSWER} and gold is null"
        f" and item_id in ({with_gold}) order by item_id"
    )
    return whole(found["item_id"])


def records(
    session: Session,
    view: str,
    question: Question,
    names: Names,
    timed: Sequence[str] = (),
    beside: Mapping[str, str] | None = None,
) -> Records:
    """Return the answers of a view of canonical columns.

    Parameters
    ----------
    session, view, question
        Where the valid, current rows of one question are.
    names
        Of the same rows.
    timed
        Which of `TIMED` the delivery has.
    beside
        Further columns: our name -> the delivery's.

    """
    wanted, codes = beside or {}, packing(names, question, gold=False)
    keep_parts(session, names, codes)
    table = session.table(_query(view, names, codes, timed, wanted))
    item, items = runs(table["item_id"])
    packed = whole_numbers(whole(table["packed"]))
    person = codes.annotator(packed)
    # items stand in order already: what remains is to sort within each
    order = np.argsort(item * len(names.annotators) + person, kind="stable")
    item, packed, person = item[order], packed[order], person[order]
    cell = codes.cell(packed)
    seconds = {name: _floats(table[name])[order] if name in timed else None for name in TIMED}
    vendor = codes.vendor(cell) if names.vendors else np.full(len(packed), len(names.vendors))
    return Records(
        item,
        person,
        codes.label(packed),
        codes.batch(cell),
        np.where(vendor == len(names.vendors), -1, vendor),
        items,
        _gold(session, view, items, names.labels),
        **seconds,
        beside={name: _texts(table[f"beside_{name}"], order) for name in wanted},
    )


def _query(
    view: str, names: Names, codes: Codes, timed: Sequence[str], beside: Mapping[str, str]
) -> str:
    """Return one row an answer, items in code point order: sorting costs less than grouping."""
    packed, joins = packed_answer(names, codes, outer=False)
    parts = {"packed": packed}
    parts |= {name: "duration_s" if name == "duration_s" else f"epoch(x.{name})" for name in timed}
    parts |= {f"beside_{ours}": as_text(theirs) for ours, theirs in beside.items()}
    if beside:
        joins += f" join {SOURCE} s on s.__file = x.file and s.__row = x.line"
    fields = ", ".join(f"{expression} as {name}" for name, expression in parts.items())
    return (
        f"select x.item_id, {fields} from {ident(view)} x{joins} where {ANSWER} order by x.item_id"
    )


def _gold(session: Session, view: str, items: pa.Array, labels: Labels) -> IntArray:
    """(I,) one gold label an item; where several are told there is none."""
    gold = np.full(len(items), NO_GOLD, dtype=np.int64)
    found = session.table(
        f"select item_id, min({GOLD}) as low, max({GOLD}) as high from {ident(view)}"
        f" where {GOLD} is not null group by item_id"
    )
    if found.num_rows:
        codes = dict(zip(labels.texts, labels.codes, strict=True))
        place = places(pc.index_in(items, value_set=whole(found["item_id"])))
        low, high = (_by_text(found[name], codes) for name in ("low", "high"))
        told = np.where(low == high, low, NO_GOLD)
        gold = np.where(place >= 0, told[place], NO_GOLD)
    return gold


def _by_text(column: pa.ChunkedArray, codes: Mapping[str, int]) -> IntArray:
    """Return each text's code, -1 where it has none."""
    code, texts = encoded(column)
    known = [codes.get(text, -1) for text in texts.to_pylist()]
    return np.array([*known, -1], dtype=np.int64)[code]


def _floats(column: pa.ChunkedArray) -> FloatArray:
    return real_numbers(whole(column if column.type == REAL else column.cast(REAL)))


def _texts(column: pa.ChunkedArray, order: IntArray) -> Texts:
    code, texts = encoded(column)
    sorted_by = places(pc.sort_indices(texts))
    rank = np.full(len(texts) + 1, -1)
    rank[sorted_by] = np.arange(len(sorted_by))
    return Texts(rank[code[order]], tuple(texts.take(sorted_by).to_pylist()))
