"""Small run folders for tests of the review store, written as an audit writes them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from labelaudit.frames import write_parquet
from labelaudit.listing import Listing
from labelaudit.model import Finding
from labelaudit.queue import Item

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PASSED: dict[str, object] = {
    "name": "min_agreement",
    "question_id": "label",
    "coefficient": "krippendorff-alpha",
    "method": "jackknife-log",
    "limit": 0.6,
    "estimate": 0.9,
    "outcome": "pass",
    "bound": 0.8,
    "side": "lower",
    "level": 0.95,
    "needs": None,
    "n": 60,
    "n_planned": 60,
    "fingerprint": "f",
    "bounds": [
        {"risk_fraction": tenth / 10, "level": 0.95, "lower": 0.8, "upper": 0.99}
        for tenth in range(1, 11)
    ],
}
"""A floor that a batch passes, as `audit.json` says it."""
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def item(name: str = "i1", **changes: object) -> Item:
    """Return a unit drawn for review."""
    usual = {
        "question_id": "label",
        "batch_id": "b1",
        "vendor": "v1",
        "rank": 1,
        "risk": 0.4,
        "weight": 1.0,
        "why": "tied",
        "consensus": "cat",
        "confidence": 0.6,
        "votes": "2 x cat, 1 x dog",
        "gold": None,
        "drawn": "risk",
        "sampled": True,
        "probability": 1.0,
        "more_labels": 0,
        "expected_gain": 0.0,
    }
    return Item(item_id=name, **{**usual, **changes})


def batch(*reasons: str, verdict: str = "review") -> dict[str, object]:
    """Return a batch with a passed floor, and what else speaks against it."""
    besides = [{"reason": reason, "verdict": verdict} for reason in reasons]
    named = {"batch_id": "b1", "vendors": ["v1"], "verdict": verdict, "reasons": list(reasons)}
    counts = {"units": 60, "annotations": 120, "annotators": 2}
    return {**named, **counts, "thresholds": [PASSED], "besides": besides}


def items(count: int) -> list[Item]:
    """Return units whose risk falls from the first to the last."""
    return [item(f"i{n}", rank=n, risk=0.5 / n) for n in range(1, count + 1)]


def run_folder(
    folder: Path, units: Iterable[Item], findings: Iterable[Finding] = (), unique: str = ""
) -> Path:
    """Write a run folder and return it; the same units are another run where `unique` differs."""
    units, findings = list(units), list(findings)
    folder.mkdir(parents=True)
    write_parquet(Listing(Item, units), folder / "items.parquet")
    write_parquet(Listing(Finding, findings), folder / "findings.parquet")
    document = {
        "schema_version": "1",
        "labelaudit_version": "0",
        "config_sha256": "c",
        "inputs": [{"path": "pets/b1.csv"}],
        "of": [repr(units), repr(findings), unique],  # another delivery is another document
    }
    (folder / "audit.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def card(unit: Item, **changes: object) -> dict[str, object]:
    """Return the card of a unit as a run folder holds it."""
    usual = {
        "question_id": unit.question_id,
        "item_id": unit.item_id,
        "scale": "nominal",
        "labels": '["cat", "dog"]',
        "shown": '[{"name": "caption", "text": "a cat", "left_out": 0, "differs": false}]',
        "pair": "[]",
        "image": None,
        "answers": '[{"annotator_id": "w1", "kind": "human", "label": "cat", "duration_s": 2.5}]',
        "answers_left_out": 0,
    }
    return {**usual, **changes}


def write_cards(folder: Path, cards: Iterable[dict[str, object]]) -> None:
    """Put cards into a run folder."""
    pq.write_table(pa.Table.from_pylist(list(cards)), folder / "cards.parquet")
