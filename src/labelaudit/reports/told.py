"""What reports for machines say of a threshold, a check and a finding; the same everywhere."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from labelaudit.gate import UNDECIDED
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.model import BatchVerdict, FindingOutcome, Severity, Threshold
    from labelaudit.reports.documents import Documents, Waived

Level = Literal["error", "warning", "note"]

NO_THRESHOLD = "no-threshold"
NOTHING_GATED = (
    "NO THRESHOLD IS CONFIGURED: nothing was gated, so nothing passed; set min_agreement under"
    " [policy] in labelaudit.toml"
)
NO_BATCH = "no batch was delivered, so nothing passed"
CHECK_OF = {"min_agreement": "low-agreement", "min_accuracy": "low-gold-accuracy"}
REJECTING = ("invalid-row", "label-not-in-domain")
"""The checks, beside failed floors, whose breach rejects a batch."""
_SEEN: dict[str, FindingOutcome] = {"fail": "breach", "inconclusive": "warning"}
_LOUDNESS = {"breach": 0, "warning": 1, "unknown": 2}
_DIGITS = 16


def unjudged(documents: Documents) -> str:
    """Say why nothing could pass at all; empty where something could."""
    if not documents.verdicts:
        return NO_BATCH
    if not documents.has_thresholds:
        return NOTHING_GATED
    undecided = documents.gate.get("exit_code") == UNDECIDED and not documents.gate["undecided"]
    return str(documents.gate["reason"]) if undecided else ""


def results(documents: Documents) -> tuple[Finding, ...]:
    """Return the findings to tell a machine; that nothing was gated is one.

    What a check could not look at is left out, unless the policy requires that check.
    """
    required = documents.policy.required_checks
    why = unjudged(documents)
    loud = [Finding(NO_THRESHOLD, "breach", "high", why)] if why else []
    seen = (
        found
        for found in documents.findings
        if found.outcome != "unknown" or found.check in required
    )
    return (*loud, *seen)


def waivers_of(documents: Documents, found: Finding) -> Sequence[Waived]:
    """Return the waivers of a finding: of its batch, or of every batch it speaks against."""
    if not documents.waived:
        return []
    against = [
        verdict.batch_id
        for verdict in documents.verdicts
        if found.batch_id in (None, verdict.batch_id) and found.check in verdict.reasons
    ]
    waived = [documents.waived.get((batch, found.check)) for batch in against]
    return [one for one in waived if one] if all(waived) else []


def rejects(documents: Documents, verdict: BatchVerdict, held: Threshold) -> bool:
    """Say whether a floor rejects its batch: failed, or undecided where that is to cost so."""
    if held.outcome != "inconclusive":
        return held.outcome == "fail"
    limits = documents.policy.limits_for(held.question_id, verdict.vendors)
    return limits.on_inconclusive == "reject"


def sentence(held: Threshold) -> str:
    """Say how a floor was held against a batch, and what would decide it."""
    where = f"{held.coefficient} of {held.question_id}"
    if held.estimate is None or held.bound is None:
        said = f"{where} could not be measured; its floor is {held.limit:g}"
    else:
        sign = {"pass": ">=", "fail": "<", "inconclusive": "is not clear of"}[held.outcome]
        how = f"{held.side} bound at {held.level:.4g}, {held.method}"
        said = f"{where} is {held.estimate:z.3f}; {how}: {held.bound:z.3f}"
        said += f" {sign} floor {held.limit:g}"
    return f"{said}; {held.needs}" if held.needs else said


def other_checks(documents: Documents, verdict: BatchVerdict) -> Iterator[str]:
    """Yield the checks that decide a batch beside its floors: required, or a reason."""
    by_floor = {CHECK_OF.get(held.name) for held in verdict.thresholds}
    for name in dict.fromkeys([*documents.policy.required_checks, *verdict.reasons]):
        if name not in by_floor and name != NO_THRESHOLD:
            yield name


def as_decided(
    findings: Sequence[Finding], verdicts: Sequence[BatchVerdict]
) -> tuple[Finding, ...]:
    """Return the findings with those on floors as a gate decided these, at their looks.

    The audit holds a floor at the full level; a look may leave open what it passed or failed,
    and has bounds and needs of its own.
    """
    floors = {
        (CHECK_OF[held.name], verdict.batch_id, held.question_id): held
        for verdict in verdicts
        for held in verdict.thresholds
    }
    kept, said = [], set()
    for found in findings:
        key = found.check, found.batch_id or "", found.question_id or ""
        if key not in floors or found.outcome == _SEEN.get(floors[key].outcome):
            kept.append(_at_its_look(found, floors[key]) if key in floors else found)
            said.add(key)
    open_ones = (item for item in floors.items() if item[0] not in said)
    made = [_finding(key, held) for key, held in open_ones if held.outcome != "pass"]
    return tuple(sorted([*made, *kept], key=lambda found: _LOUDNESS[found.outcome]))


def _at_its_look(found: Finding, held: Threshold) -> Finding:
    """Say what the gate's look shows, where that is not what the audit's full level does."""
    shown = {"bound": held.bound, "side": held.side, "level": held.level, "needs": held.needs}
    if all(found.evidence.get(name) == value for name, value in shown.items()):
        return found
    return replace(found, message=sentence(held), evidence={**found.evidence, **shown})


def _finding(key: tuple[str, str, str], held: Threshold) -> Finding:
    check, batch, question = key
    severity: Severity = "high" if held.outcome == "fail" else "medium"
    return Finding(check, _SEEN[held.outcome], severity, sentence(held), question, batch)


def level(found: Finding) -> Level:
    """Return how loud a finding is: only a breach can be an error."""
    if found.outcome == "breach":
        loud: dict[str, Level] = {"high": "error", "medium": "warning"}
        return loud.get(found.severity, "note")
    return "warning" if found.outcome == "warning" and found.severity != "low" else "note"


def fingerprints(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield an id for each finding that stays the same while what is looked at does.

    It is made from the check and the slice, never from rows, numbers or words. Findings that
    are alike in these are counted: the first, the second ...
    """
    seen: dict[str, int] = {}
    for found in findings:
        scope = (
            *(found.check, found.batch_id, found.question_id, found.vendor),
            *(found.annotator_id, found.item_id, found.evidence.get("other_annotator")),
        )
        name = json.dumps(scope)
        seen[name] = number = seen.get(name, 0) + 1
        yield hashlib.sha256(f"{name}{number}".encode()).hexdigest()[:_DIGITS]


def place(found: Finding) -> str:
    """Name the slice of a finding."""
    scope = (found.batch_id, found.vendor, found.annotator_id, found.item_id, found.question_id)
    return " / ".join(part for part in scope if part) or "the delivery"
