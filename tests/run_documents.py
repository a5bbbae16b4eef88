"""The documents of runs for tests of reports, written by hand: what a report must cope with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.documents import Documents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Record = dict[str, object]

BREACH = {"outcome": "breach", "severity": "high"}
WAIVER = {
    "batch_id": "b1",
    "check": "low-agreement",
    "scope": "b*",
    "reason": "new guide",
    "owner": "ann",
    "expires": "2026-12-31",
}


def held(outcome: str = "pass", **values: object) -> Record:
    """Return a floor that was held against a batch."""
    return {
        "name": "min_agreement",
        "question_id": "label",
        "coefficient": "krippendorff-alpha",
        "limit": 0.667,
        "estimate": {"pass": 0.9, "fail": 0.3, "inconclusive": 0.7}[outcome],
        "bound": {"pass": 0.8, "fail": 0.4, "inconclusive": 0.5}[outcome],
        "side": "upper" if outcome == "fail" else "lower",
        "level": 0.95,
        "method": "jackknife-log",
        "outcome": outcome,
        "needs": "label 120 more items" if outcome == "inconclusive" else None,
        **values,
    }


def batch(
    name: str = "b1",
    verdict: str = "accept",
    reasons: Sequence[str] = (),
    thresholds: Sequence[Record] = (),
    vendors: Sequence[str] = ("north",),
) -> Record:
    """Return the verdict of a batch."""
    return {
        "batch_id": name,
        "vendors": [*vendors],
        "verdict": verdict,
        "reasons": [*reasons],
        "units": 100,
        "annotations": 300,
        "annotators": 3,
        "thresholds": [*thresholds],
    }


def finding(check: str = "low-agreement", **values: object) -> Record:
    """Return a finding on a batch."""
    return {
        "id": "0",
        "check": check,
        **BREACH,
        "question_id": "label",
        "batch_id": "b1",
        "vendor": None,
        "annotator_id": None,
        "item_id": None,
        "message": "alpha is low",
        "evidence": {},
        **values,
    }


def told(
    batches: Sequence[Record],
    findings: Sequence[Record] = (),
    gate: Mapping[str, object] | None = None,
    **more: object,
) -> Documents:
    """Return the documents of a run."""
    floors = any(one["thresholds"] for one in batches)
    given = {one["verdict"] for one in batches} or {"review"}
    worst = next(name for name in ("reject", "review", "accept") if name in given)
    audit = {
        "schema_version": "1",
        "labelaudit_version": "0",
        "config_sha256": "0" * 64,
        "seed": 0,
        "inputs": [{"path": "in/b1.csv", "sha256": "0" * 64, "reader": "csv-long", "rows": 300}],
        "policy": {"limits": {"on_inconclusive": "review"}, "required_checks": ["low-agreement"]},
        "questions": [{"question_id": "label", "scale": "nominal"}],
        "batches": [*batches],
        "findings": [*findings],
        "summary": {"verdict": worst, "has_thresholds": floors},
        **more,
    }
    return Documents(audit, gate or {})
