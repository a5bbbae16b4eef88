"""GitLab code quality: what was seen as a list, each with a fingerprint that stays the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from labelaudit.reports.places import Places
from labelaudit.reports.told import fingerprints, level, place, results, waivers_of
from labelaudit.safe import visible

if TYPE_CHECKING:
    from labelaudit.model import Finding
    from labelaudit.reports.documents import Documents

MAX_CHARACTERS = 1_000
_SEVERITIES = {"error": "critical", "warning": "major", "note": "minor"}


def render(documents: Documents) -> str:
    """Return the findings as a GitLab code quality report."""
    findings, places = results(documents), Places(documents)
    entries = [
        _entry(documents, found, mark, places.of(found.batch_id))
        for found, mark in zip(findings, fingerprints(findings), strict=True)
    ]
    if left := documents.left_out("findings"):
        said = f"{left} more findings stand in findings.parquet of the run folder"
        entries.append(_record(said, "labelaudit", "left-out", "info", places.of(None)))
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _entry(documents: Documents, found: Finding, mark: str, path: str) -> dict[str, object]:
    waived = [one.words for one in waivers_of(documents, found)]
    words = "; ".join(dict.fromkeys([*waived, found.message]))
    said = f"{visible(place(found))}: {visible(words, MAX_CHARACTERS)}"
    severity = "info" if waived else _SEVERITIES[level(found)]
    return _record(said, visible(found.check), mark, severity, path)


def _record(said: str, check: str, mark: str, severity: str, path: str) -> dict[str, object]:
    return {
        "description": said,
        "check_name": check,
        "fingerprint": mark,
        "severity": severity,
        "location": {"path": visible(path, MAX_CHARACTERS), "lines": {"begin": 1}},
    }
