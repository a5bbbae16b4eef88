"""A run folder to compare: its document, its questions, its tables; refused where it is half."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from labelaudit.comparing.record import RunSide
from labelaudit.errors import InputError, UsageError
from labelaudit.model import Question
from labelaudit.runs import AUDIT, read_audit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

TABLE = "annotations.parquet"
ITEMS = "items.parquet"
COLUMNS = (
    "item_id",
    "question_id",
    "batch_id",
    "vendor",
    "annotator_id",
    "annotator_kind",
    "label",
)


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A finished run, read: what it is, its `audit.json`, its questions and annotations."""

    place: Path
    side: RunSide
    document: Mapping[str, object]
    questions: tuple[Question, ...]
    table: pa.Table

    def records(self, name: str) -> Sequence[Mapping[str, object]]:
        """Return a list of the document."""
        return cast("Sequence[Mapping[str, object]]", self.document.get(name, ()))


def open_run(place: Path) -> Opened:
    """Read a run folder.

    Raises
    ------
    InputError
        If it is no run, from another schema, or lacks its table of annotations.

    """
    document = read_audit(place)
    text = (place / AUDIT).read_bytes()
    return Opened(
        place,
        _side(place, document, hashlib.sha256(text).hexdigest()),
        document,
        _questions(document),
        read_table(place, TABLE, COLUMNS),
    )


def refuse_same(first: Opened, second: Opened) -> None:
    """Refuse one run against itself: nothing can have changed.

    Raises
    ------
    UsageError
        If both folders hold the same audit.

    """
    if first.side.audit_sha256 == second.side.audit_sha256:
        raise UsageError(
            f"{first.place} and {second.place}",
            "are the same audit: nothing can have changed",
            next_step="name the run before relabeling, then the run after it",
        )


def read_table(run: Path, name: str, columns: Sequence[str]) -> pa.Table:
    """Return columns of a table of a run.

    Raises
    ------
    InputError
        If the table is not there, or cannot be read: half a run compares nothing.

    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = run / name
    step = "audit the delivery again: this run folder is not whole"
    if not path.is_file():
        raise InputError(str(run), f"expected {name} in a run folder", next_step=step)
    try:
        return pq.read_table(path, columns=list(columns))
    except (OSError, KeyError, pa.ArrowException) as error:
        raise InputError(str(path), f"cannot be read: {error}", next_step=step) from error


def _side(place: Path, document: Mapping[str, object], sha256: str) -> RunSide:
    inputs = cast("Sequence[Mapping[str, int]]", document.get("inputs", ()))
    summary = cast("Mapping[str, str]", document.get("summary", {}))
    return RunSide(
        path=str(place),
        audit_sha256=sha256,
        labelaudit_version=str(document.get("labelaudit_version", "")),
        config_sha256=str(document.get("config_sha256", "")),
        seed=cast("int", document.get("seed", 0)),
        rows=sum(file.get("rows", 0) for file in inputs),
        rejected_rows=sum(file.get("rejected_rows", 0) for file in inputs),
        verdict=summary.get("verdict", ""),
    )


def _questions(document: Mapping[str, object]) -> tuple[Question, ...]:
    """Return the questions that a run answered, as its document lists them.

    A run of an older version lists none: its estimates tell the scale, nothing the label order.
    """
    listed = cast("Sequence[Mapping[str, object]]", document.get("questions", ()))
    if not listed:
        estimates = cast("Sequence[Mapping[str, object]]", document.get("estimates", ()))
        scales = {e["question_id"]: e["scale"] for e in estimates if e["question_id"]}
        listed = [{"question_id": name, "scale": scale} for name, scale in scales.items()]
    return tuple(
        Question(
            str(each["question_id"]),
            each["scale"],  # type: ignore[arg-type]
            tuple(cast("Sequence[str]", each.get("labels", ()))),
            each.get("nature", "objective"),  # type: ignore[arg-type]
        )
        for each in listed
    )
