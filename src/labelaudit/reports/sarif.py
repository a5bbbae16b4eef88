"""SARIF 2.1.0: checks as rules, findings as results, waivers as suppressions.

Fingerprints are our own and hold no row: the same finding keeps its alert over reruns. What a
check could not look at is a notification, unless the policy requires that check.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from labelaudit.__about__ import __version__
from labelaudit.reports.pages import page
from labelaudit.reports.places import Places
from labelaudit.reports.told import fingerprints, level, place, results, waivers_of
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.model import Finding
    from labelaudit.reports.documents import Documents, Waived

    Json = dict[str, object]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MAX_CHARACTERS = 1_000
_FINGERPRINT = "labelaudit/v1"


def render(documents: Documents) -> str:
    """Return the findings as SARIF."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(documents)]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _run(documents: Documents) -> Json:
    findings = results(documents)
    checks = [*dict.fromkeys(found.check for found in findings)]
    driver = {
        "name": "labelaudit",
        "semanticVersion": __version__,
        "rules": [_rule(check) for check in checks],
    }
    places = Places(documents)
    marks = fingerprints(findings)
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": "labelaudit/"},
        "columnKind": "utf16CodeUnits",
        "invocations": [_invocation(documents)],
        "results": [
            {
                "ruleId": found.check,
                "ruleIndex": checks.index(found.check),
                **_result(found, mark, places),
                **_suppressed(waivers_of(documents, found)),
            }
            for found, mark in zip(findings, marks, strict=True)
        ],
        "properties": _about(documents),
    }


def _rule(check: str) -> Json:
    known = page(check)
    return {
        "id": check,
        "shortDescription": {"text": visible(known.title, MAX_CHARACTERS)},
        "fullDescription": {"text": known.why or visible(known.title, MAX_CHARACTERS)},
        "help": {"text": known.whole or f"labelaudit explain {visible(check)}"},
    }


def _result(found: Finding, mark: str, places: Places) -> Json:
    where = visible(place(found), MAX_CHARACTERS)
    uri = places.uri(found.batch_id)
    return {
        "level": level(found),
        "message": {"text": f"{where}: {visible(found.message, MAX_CHARACTERS)}"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 1}},
                "logicalLocations": [{"fullyQualifiedName": where, "kind": "resource"}],
            }
        ],
        "partialFingerprints": {_FINGERPRINT: mark},
        "properties": {"outcome": found.outcome, "severity": found.severity},
    }


def _suppressed(waivers: Sequence[Waived]) -> Json:
    if not waivers:
        return {}
    words = dict.fromkeys(visible(one.words, MAX_CHARACTERS) for one in waivers)
    return {"suppressions": [{"kind": "external", "justification": said} for said in words]}


def _invocation(documents: Documents) -> Json:
    """Say how the gate ended, and what could not be looked at or listed."""
    unknown = [found for found in documents.findings if found.outcome == "unknown"]
    notes = [
        _note(f"{visible(place(found))}: {visible(found.message, MAX_CHARACTERS)}", found.check)
        for found in unknown
        if found.check not in documents.policy.required_checks
    ]
    if left := documents.left_out("findings"):
        notes.append(_note(f"{left} more findings stand in findings.parquet of the run folder"))
    ended = documents.gate.get("exit_code")
    code = {"exitCode": ended, "exitCodeDescription": documents.gate.get("reason")}
    return {
        "executionSuccessful": True,
        **(code if ended is not None else {}),
        "toolExecutionNotifications": notes,
    }


def _note(text: str, check: str = "") -> Json:
    about = {"descriptor": {"id": check}} if check else {}
    return {"level": "note", "message": {"text": text}, **about}


def _about(documents: Documents) -> Json:
    kept = ("labelaudit_version", "config_sha256", "seed")
    return {
        "verdict": documents.verdict,
        "findings_left_out": documents.left_out("findings"),
        **{name: documents.audit.get(name) for name in kept},
        **({"ledger": documents.gate["ledger"]} if documents.gate.get("ledger") else {}),
    }
