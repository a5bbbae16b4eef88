"""A generated delivery of any size, as Parquet: what the speed promises are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.random import Generator

LABELS, ANNOTATORS, BATCHES, PER_ITEM = 5, 500, 200, 3
_BLOCK = 500_000


def write(path: Path, annotations: int, seed: int = 0) -> Path:
    """Write a delivery: text ids, 3 labels an item, gold on 5% of items, log-normal seconds."""
    rng = np.random.default_rng(seed)
    items = -(-annotations // PER_ITEM)
    with pq.ParquetWriter(path, _block(rng, 0, 1, items).schema) as writer:
        for first in range(0, items, _BLOCK):
            block = _block(rng, first, min(_BLOCK, items - first), items)
            writer.write_table(block, row_group_size=122_880)
    return path


def _block(rng: Generator, first: int, count: int, items: int) -> pa.Table:
    item = np.arange(first, first + count)
    truth = rng.integers(0, LABELS, count)
    guess = rng.integers(0, LABELS, (count, PER_ITEM))
    label = np.where(rng.random((count, PER_ITEM)) < 0.85, truth[:, None], guess)
    known = rng.random(count) < 0.05
    row = np.repeat(np.arange(count), PER_ITEM)
    return pa.table(
        {
            "item_id": pa.array([f"item-{number:09d}" for number in item]).take(pa.array(row)),
            "annotator_id": _names("worker", ANNOTATORS, _people(rng, count).ravel()),
            "label": _names("class", LABELS, label.ravel()),
            "batch_id": _names("batch", BATCHES, (item * BATCHES // items)[row]),
            "duration_s": np.exp(rng.normal(2.5, 0.5, count * PER_ITEM)).round(2),
            "gold": _names("class", LABELS, truth[row], missing=~known[row]),
        }
    )


def _people(rng: Generator, count: int) -> np.ndarray:
    """(count, 3) different annotators, the busy ones far busier than the rest."""
    weight = 1 / np.sqrt(np.arange(1, ANNOTATORS + 1))
    first = rng.choice(ANNOTATORS, count, p=weight / weight.sum())
    step = rng.integers(1, ANNOTATORS // 2, (count, 2))
    return np.stack([first, first + step[:, 0], first + step.sum(axis=1)], axis=1) % ANNOTATORS


def _names(stem: str, many: int, codes: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    names = pa.array([f"{stem}-{number:03d}" for number in range(many)])
    return names.take(pa.array(codes, mask=missing))
