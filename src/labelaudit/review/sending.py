"""What was sent to a vendor, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

What = Literal["relabel", "decisions"]
Format = Literal["csv", "jsonl", "label-studio"]
Cell = str | int | float | bool | None

REASONS: dict[str, str] = {
    "label-wrong": "A reviewer found the label wrong. Please label it again, without looking at"
    " the old label.",
    "ambiguous": "A reviewer found that the guideline leaves this open. Please see what it says"
    " now, then label it again.",
    "planned": "More labels are likely to settle this one. Please add them, by people who have"
    " not seen it.",
}
"""Reason codes of a relabel file, in words for who labels again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export shall hold.

    Attributes
    ----------
    what
        `relabel`: units to label again. `decisions`: every decision of the run, undone ones
        included.
    with_answers
        Whether it tells what reviewers answered, their notes and names. Who labels again and
        knows the answer copies it.
    only_new
        Whether to leave out what was sent before.

    """

    what: What = "relabel"
    format: Format = "csv"
    with_answers: bool = False
    only_new: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A unit that the relabeling plan of a run gives more labels."""

    question_id: str
    item_id: str
    batch_id: str
    vendor: str | None
    label: str | None
    more_labels: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an export: the cells to write, and what is kept of it as sent."""

    cells: dict[str, Cell]
    unit: str
    question_id: str
    item_id: str
    old_label: str | None
    reason: str
    decision_id: int | None


@dataclass(frozen=True, slots=True)
class Export:
    """An export as it is kept: `name` is the export id that stands in its rows."""

    id: int
    run_id: str
    name: str
    what: str
    format: str
    with_answers: bool
    rows: int
    sha256: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Exported:
    """An export, and the text of its file."""

    export: Export
    text: str
