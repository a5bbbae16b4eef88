"""A run folder as rows of flags: what was drawn for review, and what checks point at."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, TypedDict

import pyarrow as pa
import pyarrow.parquet as pq

from labelaudit.errors import InputError
from labelaudit.review.cards import read_cards
from labelaudit.review.people import person_rows
from labelaudit.review.rows import hash_of, spaced, unit_of
from labelaudit.review.sending import Planned
from labelaudit.runs import AUDIT, CARDS, read_audit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from labelaudit.review.cards import Cards

_ID_CHARACTERS = 16
_ITEM = "question_id item_id batch_id vendor risk weight why consensus votes gold drawn probability"
_FINDING = (
    "check outcome severity question_id batch_id vendor annotator_id item_id message evidence"
)
_PLANNED = "question_id item_id batch_id vendor consensus more_labels"


class Row(TypedDict):
    """What a run folder says of a flag."""

    question_id: str
    item_id: str
    batch_id: str
    vendor: str | None
    reasons: str
    place: int
    risk: float | None
    weight: float
    label: str | None
    votes: str
    gold: str | None
    drawn: str
    probability: float
    unit: str
    content: str | None
    shuffled: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A run folder, read whole before anything is written."""

    id: str
    dataset: str
    audit_sha256: str
    config_sha256: str
    code_version: str
    rows: tuple[Row, ...]
    people: tuple[Mapping[str, object], ...]
    cards: Cards | None

    @property
    def units(self) -> dict[tuple[str, str], str]:
        """The units that are flags: (question, item) -> the hash that stands for them."""
        return {(row["question_id"], row["item_id"]): row["unit"] for row in self.rows}


def read_folder(path: Path) -> Folder:
    """Read a run folder.

    Raises
    ------
    InputError
        If it is none, comes from a version with another schema, or is only half there.

    """
    document = read_audit(path)
    with _whole(path):
        digest = hashlib.sha256((path / AUDIT).read_bytes()).hexdigest()
        items = _table(path / "items.parquet", _ITEM)
        findings = _table(path / "findings.parquet", _FINDING)
        rows = tuple(_rows(digest[:_ID_CHARACTERS], items, findings))
        units = {(row["question_id"], row["item_id"]) for row in rows}
        cards = read_cards(path / CARDS, units)
    return Folder(
        id=digest[:_ID_CHARACTERS],
        dataset=_dataset(document, path),
        audit_sha256=digest,
        config_sha256=str(document.get("config_sha256", "")),
        code_version=str(document.get("labelaudit_version", "")),
        rows=rows,
        people=tuple(person_rows(findings)),
        cards=cards,
    )


def run_id_of(path: Path) -> str:
    """Return the id under which the store knows a run folder."""
    read_audit(path)
    return hashlib.sha256((path / AUDIT).read_bytes()).hexdigest()[:_ID_CHARACTERS]


def findings_of(path: Path) -> list[dict[str, object]]:
    """Return all findings of a run."""
    with _whole(path):
        return _table(path / "findings.parquet", _FINDING)


def planned(path: Path) -> tuple[Planned, ...]:
    """Return the units that the relabeling plan of a run gives more labels."""
    read_audit(path)
    with _whole(path):
        rows = _table(path / "items.parquet", _PLANNED)
    return tuple(Planned(*row.values()) for row in rows if row["more_labels"])  # type: ignore[arg-type]


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException, KeyError, ValueError) as error:
        raise InputError(
            str(path),
            f"expected a whole run folder; {error}",
            next_step="audit the delivery again",
        ) from error


def _table(path: Path, columns: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(path).select(columns.split()).to_pylist()
    return rows


def _dataset(document: Mapping[str, object], path: Path) -> str:
    """Name the dataset after the folder, else the file, that was audited."""
    inputs = document.get("inputs")
    first = inputs[0] if isinstance(inputs, list) and inputs else {}
    read = PurePath(str(first.get("path", path)))
    return read.parent.name or read.stem


def _rows(
    run: str, items: list[dict[str, object]], findings: list[dict[str, object]]
) -> Iterator[Row]:
    """Yield the flags, those of the greatest expected harm first."""
    pointed = _pointed(findings)
    found = [
        _from_item(run, item, pointed.pop((str(item["question_id"]), str(item["item_id"])), []))
        for item in items
        if item["drawn"] or (item["question_id"], item["item_id"]) in pointed
    ]
    found += [_from_finding(run, some) for some in pointed.values()]
    found.sort(key=lambda row: (row["risk"] is None, -(row["risk"] or 0.0) * row["weight"]))
    for place, row in enumerate(found, start=1):
        row["place"] = place
        yield row


def _pointed(
    findings: list[dict[str, object]],
) -> dict[tuple[str, str], list[dict[str, object]]]:
    """Return the findings about single units: what could not be looked at is about none."""
    found: dict[tuple[str, str], list[dict[str, object]]] = {}
    for finding in findings:
        if finding["item_id"] is not None and finding["outcome"] != "unknown":
            unit = (str(finding["question_id"] or ""), str(finding["item_id"]))
            found.setdefault(unit, []).append(finding)
    return found


def _from_item(run: str, item: dict[str, object], findings: list[dict[str, object]]) -> Row:
    question, name, label = str(item["question_id"]), str(item["item_id"]), item["consensus"]
    checks = [str(finding["check"]) for finding in findings]
    judged = ("label", str(label)) if label is not None else ("votes", str(item["votes"]))
    return Row(
        question_id=question,
        item_id=name,
        batch_id=str(item["batch_id"]),
        vendor=_maybe(item["vendor"]),
        reasons=spaced((str(item["why"]), *checks)),
        place=0,
        risk=_number(item["risk"]),
        weight=_number(item["weight"]) or 0.0,
        label=_maybe(label),
        votes=str(item["votes"]),
        gold=_maybe(item["gold"]),
        drawn=str(item["drawn"]) or "check",
        # a unit that a check points at would be shown in any case
        probability=1.0 if findings else (_number(item["probability"]) or 0.0),
        unit=unit_of(question, name),
        content=hash_of(question, name, *judged),
        shuffled=hash_of(run, question, name),
    )


def _from_finding(run: str, findings: list[dict[str, object]]) -> Row:
    """Return a unit that only checks point at: its labels are not known here."""
    first = findings[0]
    question, name = str(first["question_id"] or ""), str(first["item_id"])
    return Row(
        question_id=question,
        item_id=name,
        batch_id=str(first["batch_id"] or ""),
        vendor=_maybe(first["vendor"]),
        reasons=spaced(tuple(str(finding["check"]) for finding in findings)),
        place=0,
        risk=None,
        weight=1.0,
        label=None,
        votes="",
        gold=None,
        drawn="check",
        probability=1.0,
        unit=unit_of(question, name),
        content=None,
        shuffled=hash_of(run, question, name),
    )


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
