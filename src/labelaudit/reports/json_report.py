"""`audit.json`: the one source of every other report, schema-versioned, byte for byte stable.

It depends on the rows, the configuration, the baseline, the seed and the version: never on
the clock, the format the rows came in, or their order. Floats carry 12 significant digits.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from labelaudit.__about__ import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.audit import Audit
    from labelaudit.model import Estimate, Finding
    from labelaudit.reports.documents import Documents

SCHEMA_VERSION = "1"
DIGITS = 12
MAX_FINDINGS = 2_000
"""More findings than this are left to `findings.parquet`, and their number is stated."""
MAX_ITEMS = 1_000
"""More items than this are left to `items.parquet`, by rank."""
MAX_PEOPLE = 2_000
"""More estimates of annotators are left to `estimates.parquet`: all but the lowest ones."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def render(documents: Documents) -> str:
    """Return the audit and what the gate made of it as one JSON document."""
    gate = {"gate": dict(documents.gate)} if documents.gate else {}
    return written({**documents.audit, **gate})


def written(document: Mapping[str, object]) -> str:
    """Return a document as text, each record of a list on a line of its own."""
    parts = (f"{_compact(name)}: {_part(value)}" for name, value in document.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def document(audit: Audit) -> dict[str, Json]:
    """Return the audit as plain JSON values."""
    findings = audit.findings[:MAX_FINDINGS]
    estimates = _lowest(audit.estimates)
    return {
        "schema_version": SCHEMA_VERSION,
        "labelaudit_version": __version__,
        "seed": audit.seed,
        "config_sha256": audit.config_sha256,
        "policy": plain(audit.policy),
        "questions": [plain(question) for question in audit.questions],
        "inputs": [plain(file) for file in audit.inputs],
        **({"baseline": [plain(file) for file in audit.baseline]} if audit.baseline else {}),
        "rejected": [plain(rejection) for rejection in audit.rejected],
        "batches": [plain(verdict) for verdict in audit.verdicts],
        "estimates": [_estimate(estimate) for estimate in estimates],
        "estimates_left_out": len(audit.estimates) - len(estimates),
        "findings": [_finding(finding) for finding in findings],
        "findings_left_out": len(audit.findings) - len(findings),
        "staff": plain(dict(audit.after.staff)),
        "masked": audit.masked,
        **_after(audit),
        "summary": {
            "verdict": audit.verdict,
            "has_thresholds": audit.has_thresholds,
            "max_looks": audit.policy.max_looks,
        },
        **({"gate": plain(dict(audit.gate.document()))} if audit.gate else {}),
    }


def _after(audit: Audit) -> dict[str, Json]:
    """Return what follows from the audit; the long lists by rank, the rest counted."""
    after, items = audit.after, audit.items
    shown = sorted(items, key=lambda item: item.rank)[:MAX_ITEMS] if items else []
    models = after.models[:MAX_PEOPLE]
    return {
        "consensus": [plain(line) for line in after.consensus],
        "models": [plain(line) for line in models],
        "models_left_out": len(after.models) - len(models),
        "vendor_comparisons": [plain(line) for line in after.vendors],
        "confusions": [plain(line) for line in after.confusions],
        "relabel": [plain(line) for line in after.plans],
        "items": [plain(item) for item in shown],
        "items_left_out": len(items) - len(shown),
    }


def _lowest(estimates: Sequence[Estimate]) -> Sequence[Estimate]:
    """Leave out the annotators who stand highest, where there are too many to list."""
    people = [estimate for estimate in estimates if estimate.annotator_id is not None]
    if len(people) <= MAX_PEOPLE:
        return estimates
    kept = {id(estimate) for estimate in sorted(people, key=_upper_end)[:MAX_PEOPLE]}
    return [found for found in estimates if found.annotator_id is None or id(found) in kept]


def _upper_end(estimate: Estimate) -> tuple[float, str, str]:
    upper = 2.0 if estimate.high is None else estimate.high
    return upper, estimate.annotator_id or "", estimate.coefficient


def _part(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n " + ",\n ".join(_compact(record) for record in value) + "\n]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def finding_id(finding: Finding) -> str:
    """Return an id that stays the same while the check and its scope do."""
    scope = (
        finding.check,
        finding.question_id,
        finding.batch_id,
        finding.vendor,
        finding.annotator_id,
        finding.item_id,
        "" if finding.annotator_id or finding.batch_id else finding.message,
    )
    return hashlib.sha256(json.dumps(scope).encode()).hexdigest()[:12]


def plain(value: object) -> Json:
    """Return a value as JSON: records as objects, floats with `DIGITS` significant digits."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return str(value)


_SLICE = ("question_id", "batch_id", "vendor", "annotator_id")


def _estimate(estimate: Estimate) -> Json:
    """Return an estimate, what it is about first."""
    slices = {name: getattr(estimate, name) for name in _SLICE}
    return {**slices, **_record(estimate)}


def _finding(finding: Finding) -> Json:
    """Return a finding, its words and evidence last."""
    record = _record(finding)
    words = {name: record.pop(name) for name in ("message", "evidence")}
    return {"id": finding_id(finding), **record, **words}


def _record(result: Estimate | Finding) -> dict[str, Json]:
    return {field.name: plain(getattr(result, field.name)) for field in fields(result)}
