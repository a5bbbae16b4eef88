"""`audit.json` as the results it was written from."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, TypeVar, cast

from labelaudit.errors import InputError
from labelaudit.model import BatchVerdict, Estimate, Finding, InputFile, Rejection, Threshold
from labelaudit.queue import Item, RelabelPlan
from labelaudit.runs import AUDIT, read_audit
from labelaudit.scorecards import ConfusedPair, VendorComparison

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Document:
    """What a run concluded, as it stands in its `audit.json`.

    Attributes
    ----------
    by_batch, by_vendor
        Estimates by coefficient, question, and batch or vendor.
    whole
        Estimates over everything.
    findings
        Breaches first; `findings_left_out` more stand in the run's table only.
    items
        The riskiest units; `items_left_out` more stand in the run's table only.
    has_thresholds
        Whether any floor was set: without one nothing can pass.
    let_through, looks
        What a gate said, if it was asked: batches that it let through by waivers, and which
        look each threshold was decided at, by batch, question and name.

    """

    verdicts: tuple[BatchVerdict, ...]
    by_batch: Mapping[tuple[str, str, str], Estimate]
    by_vendor: Mapping[tuple[str, str, str], Estimate]
    whole: tuple[Estimate, ...]
    findings: tuple[Finding, ...]
    findings_left_out: int
    rejected: tuple[Rejection, ...]
    inputs: tuple[InputFile, ...]
    vendors: tuple[VendorComparison, ...]
    confusions: tuple[ConfusedPair, ...]
    plans: tuple[RelabelPlan, ...]
    items: tuple[Item, ...]
    items_left_out: int
    has_thresholds: bool
    let_through: frozenset[str] = frozenset()
    looks: Mapping[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that were measured, in the order of the project."""
        return tuple(dict.fromkeys(found.question_id or "" for found in self.whole))

    @property
    def scales(self) -> Mapping[str, str]:
        """The scale of each question."""
        return {found.question_id or "": found.scale for found in self.whole}


def read_document(run: Path) -> Document:
    """Read the document of a run folder.

    Raises
    ------
    InputError
        If it is no run, comes from a version with another schema, or is only half there.

    """
    document = read_audit(run)
    try:
        return _document(document)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            str(run / AUDIT),
            f"expected the document of a whole run; {error!r}",
            next_step="audit the delivery again with this version",
        ) from error


def record(kind: Callable[..., Record], names: Sequence[str], row: Mapping[str, object]) -> Record:
    """Return a record from a row of JSON or of a table: its lists become tuples."""
    known = {name: row[name] for name in names if name in row}
    return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in known.items()})


def finding(row: Mapping[str, object]) -> Finding:
    """Return a finding from a row: the evidence of tables is JSON."""
    evidence = row.get("evidence")
    parsed = json.loads(evidence) if isinstance(evidence, str) else evidence
    return record(Finding, _names(Finding), {**row, "evidence": parsed or {}})


def rows_of(kind: type[Record], rows: object) -> tuple[Record, ...]:
    """Return the records of a list."""
    names = _names(kind)
    return tuple(record(kind, names, row) for row in cast("Sequence[Mapping[str, object]]", rows))


def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _document(document: Mapping[str, object]) -> Document:
    estimates = rows_of(Estimate, document["estimates"])
    summary = cast("Mapping[str, object]", document["summary"])
    findings = cast("Sequence[Mapping[str, object]]", document["findings"])
    return Document(
        verdicts=tuple(map(_verdict, cast("Sequence[Mapping[str, object]]", document["batches"]))),
        by_batch={_key(found, found.batch_id): found for found in estimates if found.batch_id},
        by_vendor={_key(found, found.vendor): found for found in estimates if found.vendor},
        whole=tuple(found for found in estimates if _is_whole(found)),
        findings=tuple(map(finding, findings)),
        findings_left_out=_count(document, "findings_left_out"),
        rejected=rows_of(Rejection, document["rejected"]),
        inputs=rows_of(InputFile, document["inputs"]),
        vendors=rows_of(VendorComparison, document.get("vendor_comparisons", ())),
        confusions=rows_of(ConfusedPair, document.get("confusions", ())),
        plans=rows_of(RelabelPlan, document.get("relabel", ())),
        items=rows_of(Item, document.get("items", ())),
        items_left_out=_count(document, "items_left_out"),
        has_thresholds=bool(summary["has_thresholds"]),
    )


def _verdict(row: Mapping[str, object]) -> BatchVerdict:
    held = rows_of(Threshold, row["thresholds"])
    return record(BatchVerdict, _names(BatchVerdict), {**row, "thresholds": held})


def _key(found: Estimate, name: str | None) -> tuple[str, str, str]:
    return found.coefficient, found.question_id or "", name or ""


def _is_whole(found: Estimate) -> bool:
    return found.batch_id is None and found.vendor is None and found.annotator_id is None


def _count(document: Mapping[str, object], name: str) -> int:
    found = document.get(name, 0)
    return found if isinstance(found, int) else 0
