"""`audit.json`: the one source of every other report, schema-versioned, byte for byte stable.

It depends on the rows, the configuration, the baseline, the seed and the version: never on
the clock, the format the rows came in, or their order. Floats carry 12 significant digits.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING

from labelaudit.__about__ import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.audit import Audit
    from labelaudit.model import BatchVerdict, Estimate, Finding

SCHEMA_VERSION = "1"
DIGITS = 12
MAX_FINDINGS = 2_000
"""More findings than this are left to `findings.parquet`, and their number is stated."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def render(audit: Audit) -> str:
    """Return the audit as one JSON document."""
    return json.dumps(document(audit), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def document(audit: Audit) -> dict[str, Json]:
    """Return the audit as plain JSON values."""
    listed = audit.findings[:MAX_FINDINGS]
    return {
        "schema_version": SCHEMA_VERSION,
        "labelaudit_version": __version__,
        "seed": audit.seed,
        "config_sha256": audit.config_sha256,
        "inputs": [plain(asdict(file)) for file in audit.inputs],
        "rejected": [plain(asdict(rejection)) for rejection in audit.rejected],
        "batches": [_batch(verdict) for verdict in audit.verdicts],
        "estimates": [_estimate(estimate) for estimate in audit.estimates],
        "findings": [_finding(finding) for finding in listed],
        "findings_left_out": len(audit.findings) - len(listed),
        "summary": {"verdict": audit.verdict, "has_thresholds": audit.has_thresholds},
    }


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
    """Return a value as JSON: tuples as lists, floats with `DIGITS` significant digits."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def _batch(verdict: BatchVerdict) -> Json:
    return plain(asdict(verdict))


_SLICE = ("question_id", "batch_id", "vendor", "annotator_id")


def _estimate(estimate: Estimate) -> Json:
    values = asdict(estimate)
    ordered = {name: values.pop(name) for name in _SLICE}
    return plain({**ordered, **values})


def _finding(finding: Finding) -> Json:
    values: Mapping[str, object] = asdict(finding)
    message = {name: values[name] for name in ("message", "evidence")}
    first = {name: value for name, value in values.items() if name not in message}
    return plain({"id": finding_id(finding), **first, **message})
