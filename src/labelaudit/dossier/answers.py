"""What one annotator answered on some items, beside what the others did, and gold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from labelaudit.dossier.rows import part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_COLUMNS = ("question_id", "item_id", "annotator_id", "annotator_kind", "label")
Unit = tuple[str, str]


class _Row(TypedDict):
    question_id: str
    item_id: str
    annotator_id: str
    annotator_kind: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One unit: `own` is None where the annotator did not answer, `gold` where none is known.

    `others` tells what the other people answered: "3 x cat, 1 x dog".
    """

    own: str | None
    others: str
    gold: str | None


@dataclass(slots=True)
class _Unit:
    own: str | None = None
    gold: str | None = None
    others: Counter[str] = field(default_factory=Counter)


def answers(run: Path, annotator: str, items: Sequence[str]) -> Mapping[Unit, Answer]:
    """Return the answers on some items, by question and item."""
    if not items:
        return {}
    rows: list[_Row] = part(
        run, "annotations", filters=[("item_id", "in", [*items])], columns=_COLUMNS
    ).to_pylist()
    units: dict[Unit, _Unit] = {}
    for row in rows:
        _add(units.setdefault((row["question_id"], row["item_id"]), _Unit()), row, annotator)
    return {unit: Answer(told.own, _many(told.others), told.gold) for unit, told in units.items()}


def in_review(run: Path, items: Sequence[str]) -> frozenset[Unit]:
    """Return which of some items are before reviewers, by question and item."""
    if not items:
        return frozenset()
    filters = [("item_id", "in", [*items]), ("drawn", "!=", "")]
    found = part(run, "items", filters=filters, columns=("question_id", "item_id"))
    columns = (found[name].to_pylist() for name in ("question_id", "item_id"))
    return frozenset(zip(*columns, strict=True))


def _add(unit: _Unit, row: _Row, annotator: str) -> None:
    label = row["label"] or ""
    if row["annotator_kind"] == "gold":
        unit.gold = label
    elif row["annotator_kind"] == "human" and row["annotator_id"] == annotator:
        unit.own = label
    elif row["annotator_kind"] == "human":
        unit.others[label] += 1


def _many(labels: Counter[str]) -> str:
    ranked = sorted(labels.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{count} x {label}" for label, count in ranked)
