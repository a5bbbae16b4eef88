"""One question's answers in several sides (runs, or vendors), with one coding of everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from labelaudit.coefficients import ratings
from labelaudit.engine.names import coded, label_names
from labelaudit.overlap import Links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from labelaudit.coefficients import IntArray, Ratings, Values
    from labelaudit.comparing.opening import Opened
    from labelaudit.model import Question, Scale

NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Answers of people to one question (N rows), one per row, and gold by unit (I,).

    `side` tells the run: 0 the first, 1 the second. Vendors and gold may be `NONE`. `links`
    says which people of a run are linked by units they share, over the whole run.
    """

    question: Question
    labels: tuple[str, ...]
    values: Values
    items: tuple[str, ...]
    batches: tuple[str, ...]
    vendors: tuple[str, ...]
    side: IntArray
    unit: IntArray
    annotator: IntArray
    label: IntArray
    batch: IntArray
    vendor: IntArray
    gold: IntArray
    links: Links
    other_gold: int = 0

    @property
    def scale(self) -> Scale:
        """How labels are read."""
        return "nominal" if self.question.scale == "preference" else self.question.scale

    def select(self, keep: npt.NDArray[np.bool_] | IntArray) -> Rows:
        """Return only some rows: where `keep` (N,) is true, or these."""
        columns = ("side", "unit", "annotator", "label", "batch", "vendor")
        return replace(self, **{name: getattr(self, name)[keep] for name in columns})

    def ratings(self) -> Ratings:
        """Return the rows as ratings."""
        return ratings(self.unit, self.annotator, self.label, max(len(self.labels), 1))

    def each_batch(self) -> Iterator[tuple[str, Rows]]:
        """Yield the rows of each batch, its units coded by themselves (`items` no longer fit)."""
        order = np.argsort(self.batch, kind="stable")
        ends = np.searchsorted(self.batch[order], np.arange(len(self.batches) + 1))
        for code, name in enumerate(self.batches):
            part = self.select(order[ends[code] : ends[code + 1]])
            units, unit = np.unique(part.unit, return_inverse=True)
            yield name, replace(part, unit=unit, gold=self.gold[units])

    def label_of(self, text: str) -> str:
        """Return a label as this question writes it: 9.0 as 9, a set in its own order."""
        try:
            return label_names(replace(self.question, labels=()), [text]).names[0]
        except (ValueError, TypeError):  # no label on this scale, so it equals none
            return text

    def shared(self) -> Rows:
        """Return the rows of units that both runs answered here."""
        both = [
            np.bincount(self.unit[self.side == side], minlength=len(self.gold)) for side in (0, 1)
        ]
        return self.select(((both[0] > 0) & (both[1] > 0))[self.unit])

    def apart(self) -> bool:
        """Say whether people whose labels are compared here fall into groups that share no unit."""
        compared = np.bincount(self.unit, minlength=len(self.gold))[self.unit] >= 2
        return self.links.apart(np.unique(self.annotator[compared]))

    def present(self) -> npt.NDArray[np.bool_]:
        """(I,) whether anybody answered each unit."""
        return np.bincount(self.unit, minlength=len(self.gold)) > 0


def by_question(runs: Sequence[Opened], questions: Sequence[Question]) -> Iterator[Rows]:
    """Yield the answers to each question in all runs."""
    for question in questions:
        parts = [_of_question(run.table, question.question_id) for run in runs]
        side = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        yield _rows(pa.concat_tables(parts), side, question)


def _of_question(table: pa.Table, question: str) -> pa.Table:
    """Return the labels of a question; texts as texts, since codes differ from run to run."""
    asked = pc.equal(table["question_id"], question)
    kept = table.filter(pc.and_(asked, pc.is_valid(table["label"]))).drop_columns("question_id")
    return kept.cast(pa.schema([pa.field(name, pa.string()) for name in kept.schema.names]))


def _rows(given: pa.Table, side: IntArray, question: Question) -> Rows:
    kinds, kind = coded(given["annotator_kind"])
    human, gold = (kind == place(kinds, name) for name in ("human", "gold"))
    texts, text = coded(given["label"])
    known = _with_labels(question, texts)
    names = label_names(known, texts)
    code_of = dict(zip(names.texts, names.codes, strict=True))
    label = np.array([code_of[name] for name in texts] or [0], dtype=np.int64)[text]
    items, item = coded(given["item_id"])
    batches, batch = coded(given["batch_id"])
    vendors, vendor = coded(given["vendor"])
    who, annotator = coded(given["annotator_id"])
    truth, torn = _gold(item[gold], label[gold], len(items))
    every = Rows(
        question=known,
        labels=names.names,
        values=names.values,
        items=items,
        batches=batches,
        vendors=vendors,
        side=side,
        unit=item,
        annotator=annotator + side * len(who),
        label=label,
        batch=batch,
        vendor=vendor,
        gold=truth,
        links=Links(np.zeros(0, dtype=np.int64)),
        other_gold=torn,
    )
    people = every.select(human)
    return replace(people, links=_links(people, 2 * len(who)))


def _links(rows: Rows, people: int) -> Links:
    """Return who is linked: (run, unit) by unit, since a person of each run has a code there."""
    unit = rows.side * len(rows.items) + rows.unit
    order = np.argsort(unit, kind="stable")
    return Links.among_rows(unit[order], rows.annotator[order], people)


def place(names: Sequence[str], name: str) -> int:
    """Return the code of a name, one that no row bears where it is not there."""
    return names.index(name) if name in names else NONE - 1


def _with_labels(question: Question, texts: Sequence[str]) -> Question:
    """Return the question with labels that only the other run's label set has, at the end."""
    strange = tuple(name for name in texts if name not in question.labels)
    if not question.labels or not strange:
        return question
    return replace(question, labels=(*question.labels, *strange))


def _gold(unit: IntArray, label: IntArray, units: int) -> tuple[IntArray, int]:
    """(I,) the gold label of each unit, `NONE` where there is none or more than one; how many."""
    low, high = np.full(units, np.iinfo(np.int64).max), np.full(units, NONE)
    np.minimum.at(low, unit, label)
    np.maximum.at(high, unit, label)
    torn = (high != NONE) & (low != high)
    return np.where(torn, NONE, high), int(torn.sum())
