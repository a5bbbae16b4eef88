"""Records: every answer that counts, row by row, for measures that ask who, what and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from labelaudit.engine.lists import ANSWER, GOLD
from labelaudit.engine.source import SOURCE, as_text
from labelaudit.engine.sql import ident

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.engine.names import Names
    from labelaudit.engine.session import Session

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
        found = pc.index_in(ids, value_set=self.items).fill_null(-1)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def model_labels(session: Session, view: str) -> tuple[pa.Array, list[str]]:
    """Return the items that a model answered, and its answers; the first in the alphabet."""
    found = session.table(
        f"select item_id, min(label) as label from {ident(view)}"
        " where annotator_kind = 'model' and label is not null group by item_id"
    )
    return found["item_id"].combine_chunks(), found["label"].to_pylist()


def partly_gold(session: Session, view: str) -> pa.Array:
    """Return the items that bear gold in some of their rows and stand without it in others."""
    found = session.table(
        f"select item_id from {ident(view)} where {ANSWER} group by item_id"
        " having count(gold) > 0 and count(gold) < count(*) order by item_id"
    )
    return found["item_id"].combine_chunks()


def records(
    session: Session,
    view: str,
    names: Names,
    timed: Sequence[str] = (),
    beside: Mapping[str, str] | None = None,
) -> Records:
    """Return the answers of a view of canonical columns.

    Parameters
    ----------
    session, view
        Where the valid, current rows of one question are.
    names
        Of the same rows.
    timed
        Which of `TIMED` the delivery has.
    beside
        Further columns: our name -> the delivery's.

    """
    wanted = beside or {}
    table = session.table(_query(view, timed, wanted))
    items, item = _coded(table["item_id"])
    person, place = _placed(table["annotator_id"], names.annotators), len(names.annotators)
    order = np.argsort(item * max(place, 1) + person, kind="stable")
    labels = dict(zip(names.labels.texts, names.labels.codes, strict=True))
    seconds = {name: _floats(table[name])[order] if name in timed else None for name in TIMED}
    return Records(
        item[order],
        person[order],
        _by_text(table["label"], labels)[order],
        _placed(table["batch_id"], names.batches)[order],
        _placed(table["vendor"], names.vendors)[order],
        items,
        _gold(session, view, items, labels),
        **seconds,
        beside={name: _texts(table[f"beside_{name}"], order) for name in wanted},
    )


def _query(view: str, timed: Sequence[str], beside: Mapping[str, str]) -> str:
    columns = ["item_id", "annotator_id", "label", "batch_id", "vendor"]
    listed = [f"x.{name}" for name in columns]
    listed += [
        f"x.{name}" if name == "duration_s" else f"epoch(x.{name}) as {name}" for name in timed
    ]
    listed += [f"{as_text(theirs)} as {ident('beside_' + ours)}" for ours, theirs in beside.items()]
    joined = f" join {SOURCE} s on s.__file = x.file and s.__row = x.line" if beside else ""
    return f"select {', '.join(listed)} from {ident(view)} x{joined} where {ANSWER}"


def _gold(session: Session, view: str, items: pa.Array, labels: Mapping[str, int]) -> IntArray:
    """(I,) one gold label an item; where several are told there is none."""
    found = session.table(
        f"select item_id, min({GOLD}) as low, max({GOLD}) as high from {ident(view)}"
        f" where {GOLD} is not null group by item_id"
    )
    gold = np.full(len(items), NO_GOLD, dtype=np.int64)
    place = pc.index_in(found["item_id"], value_set=items).fill_null(-1).to_numpy()
    low, high = (_by_text(found[name], labels) for name in ("low", "high"))
    kept = (place >= 0) & (low == high)
    gold[place[kept]] = low[kept]
    return gold


def _coded(column: pa.ChunkedArray) -> tuple[pa.Array, IntArray]:
    """Return the distinct texts in code point order, and each row's code (-1 null)."""
    encoded = column.combine_chunks().dictionary_encode()
    arrived = encoded.dictionary
    order = pc.sort_indices(arrived)
    rank = np.empty(len(arrived) + 1, dtype=np.int64)
    rank[order.to_numpy()] = np.arange(len(arrived))
    rank[-1] = -1
    arrival = encoded.indices.fill_null(-1).to_numpy().astype(np.int64)
    return arrived.take(order), rank[arrival]


def _placed(column: pa.ChunkedArray, names: Sequence[str]) -> IntArray:
    """(N,) the place of each text among the names, -1 where it is none."""
    return _by_text(column, {name: code for code, name in enumerate(names)})


def _by_text(column: pa.ChunkedArray, codes: Mapping[str, int]) -> IntArray:
    encoded = column.combine_chunks().dictionary_encode()
    known = [codes.get(text, -1) for text in encoded.dictionary.to_pylist()]
    place = np.array([*known, -1], dtype=np.int64)
    return np.asarray(place[encoded.indices.fill_null(-1).to_numpy()])


def _floats(column: pa.ChunkedArray) -> FloatArray:
    values = column.combine_chunks().fill_null(float("nan")).to_numpy()
    return np.asarray(values, dtype=np.float64)


def _texts(column: pa.ChunkedArray, order: IntArray) -> Texts:
    names, code = _coded(column)
    return Texts(code[order], tuple(names.to_pylist()))
