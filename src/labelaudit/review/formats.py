"""How exports are written: a name, and what makes a text of rows.

To add a format, write its function and name it in `FORMATS`.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from labelaudit.safe import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from labelaudit.review.sending import Cell, Format, Row
    from labelaudit.review.shown import Card

    Cards = Mapping[str, Card]
    Write = Callable[[Sequence[Row], Sequence[str], Cards], str]

_TOP = ("item_id", "question_id", "run_id", "export_id", "batch_id", "vendor")
_DATA = ("reason", "why", "more_labels", "kind", "wanted_label", "note", "reviewer")


def as_csv(rows: Sequence[Row], columns: Sequence[str], _cards: Cards) -> str:
    r"""Return CSV in which no cell is a formula: see `labelaudit.safe.guarded`."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")  # with another one a bare \r goes unquoted
    writer.writerow(columns)
    writer.writerows([_cell(row.cells[name]) for name in columns] for row in rows)
    return written.getvalue()


def as_json_lines(rows: Sequence[Row], columns: Sequence[str], _cards: Cards) -> str:
    """Return one JSON object a line."""
    return "".join(
        json.dumps({name: row.cells[name] for name in columns}, ensure_ascii=False) + "\n"
        for row in rows
    )


def as_tasks(rows: Sequence[Row], columns: Sequence[str], cards: Cards) -> str:
    """Return tasks of Label Studio: what is shown and why in `data`, whence it came in `meta`.

    The label under review is a prediction, named as the delivery's.
    """
    tasks = [_task(row, columns, cards.get(row.unit)) for row in rows]
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


FORMATS: Mapping[Format, Write] = {
    "csv": as_csv,
    "jsonl": as_json_lines,
    "label-studio": as_tasks,
}


def _cell(value: Cell) -> str:
    """Return a cell as CSV holds it; numbers are ours, and no formulas."""
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else str(value).lower()


def _task(row: Row, columns: Sequence[str], card: Card | None) -> dict[str, object]:
    told = {name: row.cells[name] for name in columns}
    texts = [*card.shown, *card.pair] if card else []
    data: dict[str, object] = {text.name: text.text for text in texts}
    if card and card.image:
        data["image"] = card.image
    data |= {name: told[name] for name in _DATA if name in told}
    task: dict[str, object] = {
        "data": {**data, "item_id": row.item_id, "question_id": row.question_id},
        "meta": {name: told[name] for name in _TOP if name in told},
    }
    to_name = texts[0].name if texts else "item_id"
    value = _value(row.old_label, card.scale if card else "nominal")
    if value is not None:
        result = {"from_name": row.question_id, "to_name": to_name, **value}
        task["predictions"] = [{"model_version": "delivered", "result": [result]}]
    return task


def _value(label: str | None, scale: str) -> dict[str, object] | None:
    """Return a label as a result of Label Studio; None where it has no form for the scale."""
    try:
        return None if label is None else _AS.get(scale, _no_form)(label)
    except ValueError:  # a label that its scale cannot be read from
        return None


def _choice(label: str) -> dict[str, object]:
    return {"type": "choices", "value": {"choices": [label]}}


def _choices(label: str) -> dict[str, object]:
    return {"type": "choices", "value": {"choices": json.loads(label)}}


def _number(label: str) -> dict[str, object]:
    return {"type": "number", "value": {"number": float(label)}}


def _text(label: str) -> dict[str, object]:
    return {"type": "textarea", "value": {"text": [label]}}


def _no_form(_label: str) -> None:
    return None


_AS: Mapping[str, Callable[[str], dict[str, object] | None]] = {
    **dict.fromkeys(("nominal", "ordinal", "preference"), _choice),
    **dict.fromkeys(("interval", "ratio"), _number),
    "set": _choices,
    "text": _text,
}
