"""Cards: what a reviewer is shown of a flag, kept so that a deleted run folder is no loss."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import delete, select, update

from labelaudit.review.bulk import add_rows
from labelaudit.review.rows import next_number
from labelaudit.review.shown import Answer, Card, Shown
from labelaudit.review.tables import CARDS, FLAGS, RUNS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from sqlalchemy import Connection, RowMapping

_CHUNK = 2_000
_LISTS = ("labels", "shown", "pair", "answers")
_KEPT = ("question_id", "item_id", "scale", *_LISTS, "image", "answers_left_out")


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a run folder, for the units that are flags."""

    table: pa.Table
    sha256: str


def read_cards(path: Path, units: Collection[tuple[str, str]]) -> Cards | None:
    """Return the cards of some units; a run of before there were cards has none.

    Raises
    ------
    ValueError
        If a list in it is no JSON.

    """
    if not path.exists():
        return None
    content = path.read_bytes()
    table = pq.read_table(pa.BufferReader(content)).select(list(_KEPT))
    names = zip(table["question_id"].to_pylist(), table["item_id"].to_pylist(), strict=True)
    kept = [at for at, unit in enumerate(names) if unit in units]
    table = table.take(pa.array(kept, pa.int64()))
    for name in _LISTS:
        for text in table[name].unique().to_pylist():  # many cards have the same labels
            json.loads(text)
    return Cards(table, hashlib.sha256(content).hexdigest())


def replace_cards(
    connection: Connection, run_id: str, cards: Cards, units: Mapping[tuple[str, str], str]
) -> int:
    """Keep the cards of a run instead of those it had, and return how many there are."""
    connection.execute(delete(CARDS).where(CARDS.c.run_id == run_id))
    connection.execute(update(RUNS).where(RUNS.c.id == run_id).values(cards=cards.sha256))
    number = next_number(connection, CARDS.c.id)
    for batch in cards.table.to_batches(max_chunksize=_CHUNK):
        rows = []
        for card in batch.to_pylist():
            unit = units[card["question_id"], card.pop("item_id")]
            rows.append({**card, "id": number, "run_id": run_id, "unit": unit})
            number += 1
        add_rows(connection, CARDS, rows)
    return int(cards.table.num_rows)


def find_card(connection: Connection, flag_id: int) -> Card | None:
    """Return the card of a flag; None where its run came without."""
    same = (CARDS.c.run_id == FLAGS.c.run_id) & (CARDS.c.unit == FLAGS.c.unit)
    query = select(CARDS).join(FLAGS, same).where(FLAGS.c.id == flag_id)
    row = connection.execute(query).mappings().one_or_none()
    return card_of(row) if row else None


def card_of(row: RowMapping | Mapping[str, object]) -> Card:
    """Return a card from its row."""
    labels, shown, pair, answers = (json.loads(str(row[name])) for name in _LISTS)
    return Card(
        question_id=str(row["question_id"]),
        scale=str(row["scale"]),
        labels=tuple(labels),
        shown=tuple(Shown(**text) for text in shown),
        pair=tuple(Shown(**text) for text in pair),
        image=None if row["image"] is None else str(row["image"]),
        answers=tuple(Answer(**answer) for answer in answers),
        answers_left_out=int(str(row["answers_left_out"])),
    )
