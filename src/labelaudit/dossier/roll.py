"""Who answered when, and with which labels: one pass over a run's table of annotations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from labelaudit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

ANNOTATIONS = "annotations.parquet"
MOST_LABELS = 20
"""Questions with more labels than this have no mix to draw."""
_COLUMNS = "question_id batch_id vendor annotator_id annotator_kind label submitted_at".split()
_PEOPLE = ("human",)
_ROWS = 200_000
Group = TypeVar("Group")


@dataclass(frozen=True, slots=True)
class Roll:
    """What one pass tells.

    Attributes
    ----------
    first_answers
        When the first answer of each batch was given; empty where no time is known.
    staff
        Who answered for each vendor.
    mixes
        question -> batch -> label -> answers, of questions with at most 20 labels.

    """

    first_answers: Mapping[str, datetime]
    staff: Mapping[str, tuple[str, ...]]
    mixes: Mapping[str, Mapping[str, Mapping[str, int]]]


class _First(TypedDict):
    batch_id: str
    submitted_at_min: datetime | None


class _Worked(TypedDict):
    vendor: str | None
    annotator_id: str


class _Given(TypedDict):
    question_id: str
    batch_id: str
    label: str | None
    count_all: int


@dataclass(slots=True)
class _Seen:
    """What was seen so far; labels of a question are dropped once there are too many."""

    first: dict[str, datetime] = field(default_factory=dict)
    staff: dict[str, set[str]] = field(default_factory=dict)
    mixes: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    labels: dict[str, set[str]] = field(default_factory=dict)

    def add(self, rows: pa.Table) -> None:
        by_batch: list[_First] = _grouped(rows, ["batch_id"], ("submitted_at", "min"))
        for batch in by_batch:
            name, at = batch["batch_id"], batch["submitted_at_min"]
            if at is not None:
                self.first[name] = min(at, self.first.get(name, at))
        worked: list[_Worked] = _grouped(rows, ["vendor", "annotator_id"])
        for one in worked:
            if one["vendor"] is not None:
                self.staff.setdefault(one["vendor"], set()).add(one["annotator_id"])
        given: list[_Given] = _grouped(
            rows, ["question_id", "batch_id", "label"], ([], "count_all")
        )
        for cell in given:
            self._mix(cell)

    def _mix(self, cell: _Given) -> None:
        question, label = cell["question_id"], cell["label"]
        labels = self.labels.setdefault(question, set())
        if label is None or len(labels) > MOST_LABELS:
            return
        labels.add(label)
        mix = self.mixes.setdefault(question, {}).setdefault(cell["batch_id"], Counter())
        mix[label] += cell["count_all"]

    def drawn(self) -> dict[str, dict[str, Counter[str]]]:
        return {
            name: mix for name, mix in self.mixes.items() if len(self.labels[name]) <= MOST_LABELS
        }


def read_roll(run: Path) -> Roll:
    """Read the table of annotations of a run once, in bounded memory.

    Raises
    ------
    InputError
        If it is not there or only half there.

    """
    seen = _Seen()
    try:
        with pq.ParquetFile(run / ANNOTATIONS) as table:
            for some in table.iter_batches(_ROWS, columns=_COLUMNS):
                seen.add(_human(pa.Table.from_batches([some])))
    except (OSError, pa.ArrowException) as error:
        raise InputError(
            str(run / ANNOTATIONS),
            f"expected the annotations of a whole run; {error}",
            next_step="audit the delivery again",
        ) from error
    staff = {vendor: tuple(sorted(people)) for vendor, people in sorted(seen.staff.items())}
    return Roll(seen.first, staff, seen.drawn())


def _human(rows: pa.Table) -> pa.Table:
    import pyarrow.compute as pc

    return rows.filter(pc.is_in(rows["annotator_kind"], pa.array(_PEOPLE)))


def _grouped(rows: pa.Table, by: list[str], *counted: tuple[object, str]) -> list[Group]:
    groups: list[Group] = rows.group_by(by).aggregate([*counted]).to_pylist()
    return groups
