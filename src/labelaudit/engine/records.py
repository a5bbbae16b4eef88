"""Records: every answer that counts, row by row, for measures that ask who, what and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from labelaudit.engine.arrays import REAL, places, real_numbers, whole, whole_numbers
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
    found = session.table(
        f"select item_id from {ident(view)} where {ANSWER} group by item_id"
        " having count(gold) > 0 and count(gold) < count(*) order by item_id"
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
    lists, items = whole(table["answers"]), whole(table["item_id"])
    column = _columns(lists.flatten())
    packed = whole_numbers(column["packed"])
    item = np.repeat(np.arange(len(items)), np.diff(whole_numbers(lists.offsets)))
    person = codes.annotator(packed)
    # items stand in order already: what remains is to sort within each
    order = np.argsort(item * len(names.annotators) + person, kind="stable")
    packed, person = packed[order], person[order]
    cell = codes.cell(packed)
    seconds = {name: _floats(column[name])[order] if name in timed else None for name in TIMED}
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
        beside={name: _texts(column[f"beside_{name}"], order) for name in wanted},
    )


def _query(
    view: str, names: Names, codes: Codes, timed: Sequence[str], beside: Mapping[str, str]
) -> str:
    """Return one row an item, in code point order, with the list of its answers."""
    packed, joins = packed_answer(names, codes, outer=False)
    parts = {"packed": packed}
    parts |= {name: "duration_s" if name == "duration_s" else f"epoch(x.{name})" for name in timed}
    parts |= {f"beside_{ours}": as_text(theirs) for ours, theirs in beside.items()}
    if beside:
        joins += f" join {SOURCE} s on s.__file = x.file and s.__row = x.line"
    fields = ", ".join(f"{name} := {expression}" for name, expression in parts.items())
    answer = f"struct_pack({fields})" if len(parts) > 1 else packed
    return (
        f"select x.item_id, list({answer}) as answers from {ident(view)} x{joins}"
        f" where {ANSWER} group by x.item_id order by x.item_id"
    )


def _columns(answers: pa.Array) -> dict[str, pa.Array]:
    """Return the fields of the answers by name."""
    if not pa.types.is_struct(answers.type):
        return {"packed": answers}
    names = [field.name for field in answers.type]
    return dict(zip(names, answers.flatten(), strict=True))


def _gold(session: Session, view: str, items: pa.Array, labels: Labels) -> IntArray:
    """(I,) one gold label an item; where several are told there is none."""
    gold = np.full(len(items), NO_GOLD, dtype=np.int64)
    found = session.table(
        f"select item_id, min({GOLD}) as low, max({GOLD}) as high from {ident(view)}"
        f" where {GOLD} is not null group by item_id"
    )
    if found.num_rows:
        codes = dict(zip(labels.texts, labels.codes, strict=True))
        place = places(pc.index_in(found["item_id"], value_set=items))
        low, high = (_by_text(found[name], codes) for name in ("low", "high"))
        kept = (place >= 0) & (low == high)
        gold[place[kept]] = low[kept]
    return gold


def _by_text(column: pa.ChunkedArray, codes: Mapping[str, int]) -> IntArray:
    """Return each text's code, -1 where it has none."""
    encoded = whole(column).dictionary_encode()
    known = [codes.get(text, -1) for text in encoded.dictionary.to_pylist()]
    place = np.array([*known, -1], dtype=np.int64)
    return np.asarray(place[places(encoded.indices)])


def _floats(column: pa.Array) -> FloatArray:
    return real_numbers(column if column.type == REAL else column.cast(REAL))


def _texts(column: pa.Array, order: IntArray) -> Texts:
    encoded = column.dictionary_encode()
    sorted_by = places(pc.sort_indices(encoded.dictionary))
    rank = np.full(len(encoded.dictionary) + 1, -1)
    rank[sorted_by] = np.arange(len(sorted_by))
    arrival = places(encoded.indices)[order]
    return Texts(rank[arrival], tuple(encoded.dictionary.take(sorted_by).to_pylist()))
