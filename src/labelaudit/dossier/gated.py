"""A run as its gate decided it: each limit at its look, and batches let through by waivers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.dossier.documents import Document
    from labelaudit.model import BatchVerdict, Threshold

    Row = Mapping[str, object]

_HELD = ("outcome", "bound", "side", "level", "needs")


def as_gated(document: Document, gate: Mapping[str, object] | None) -> Document:
    """Return a document with the verdicts of the gate; as it is where no gate was asked.

    A gate of another version, which told less of its batches, changes nothing.
    """
    rows = (gate or {}).get("batches")
    if not isinstance(rows, list):
        return document
    try:
        by_batch: dict[str, Row] = {str(row["batch_id"]): row for row in rows}
        return replace(
            document,
            verdicts=tuple(_decided(one, by_batch.get(one.batch_id)) for one in document.verdicts),
            let_through=frozenset(name for name, row in by_batch.items() if row["let_through"]),
            looks={at: look for name, row in by_batch.items() for at, look in _looks(name, row)},
        )
    except (KeyError, TypeError):
        return document


def _decided(found: BatchVerdict, row: Row | None) -> BatchVerdict:
    if row is None:
        return found
    by_name = {(held["name"], held["question_id"]): held for held in _thresholds(row)}
    thresholds = tuple(
        _held(one, by_name.get((one.name, one.question_id))) for one in found.thresholds
    )
    reasons = tuple(cast("Sequence[str]", row["reasons"]))
    changed = {"verdict": row["verdict"], "reasons": reasons, "thresholds": thresholds}
    return replace(found, **changed)  # type: ignore[arg-type]


def _held(threshold: Threshold, row: Row | None) -> Threshold:
    if row is None:
        return threshold
    return replace(threshold, **{name: row[name] for name in _HELD})  # type: ignore[arg-type]


def _looks(batch: str, row: Row) -> list[tuple[tuple[str, str, str], int]]:
    found = []
    for held in _thresholds(row):
        look = held.get("look")
        if isinstance(look, int):
            found.append(((batch, str(held["question_id"]), str(held["name"])), look))
    return found


def _thresholds(row: Row) -> Sequence[Row]:
    return cast("Sequence[Row]", row["thresholds"])
