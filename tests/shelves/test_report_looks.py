"""A gate that decides a floor at its look: every report says what the gate decided."""

from __future__ import annotations

import json

import pytest

from labelaudit.reports import RUN_REPORTS
from run_documents import batch, finding, held, told

FAILED, OPEN, GOOD = (held(outcome) for outcome in ("fail", "inconclusive", "pass"))
WORDS = {"fail": ("reject", "error"), "inconclusive": ("review", "warning")}


def gated(audited, floor, verdict, findings=()):
    """Return a run whose audit held the floor one way, and whose gate another."""
    reasons = [] if verdict == "accept" else ["low-agreement"]
    decided = {"batch_id": "b1", "verdict": verdict, "reasons": reasons, "thresholds": [floor]}
    code = {"accept": 0, "reject": 1, "review": 3}[verdict]
    gate = {"exit_code": code, "reason": "", "undecided": ["b1"], "batches": [decided]}
    return told([batch("b1", thresholds=[audited])], findings, gate)


def levels(documents):
    [run] = json.loads(RUN_REPORTS["sarif"](documents))["runs"]
    return [(one["ruleId"], one["level"]) for one in run["results"]]


@pytest.mark.parametrize("floor", [FAILED, OPEN], ids=["failed", "open"])
def test_what_the_audit_passed_and_the_look_did_not_is_told(floor):
    verdict, level = WORDS[floor["outcome"]]
    documents = gated(GOOD, floor, verdict)
    assert levels(documents) == [("low-agreement", level)]
    assert f"label: agreement (alpha) {'failed' if level == 'error' else 'undecided'}" in (
        RUN_REPORTS["html"](documents)
    )


def test_what_the_audit_failed_and_the_look_left_open_is_no_error():
    empty = finding("missing-label", message="answers are empty")
    documents = gated(FAILED, OPEN, "review", [finding(), empty])
    assert levels(documents) == [("missing-label", "error"), ("low-agreement", "warning")]
    assert "alpha is low" not in RUN_REPORTS["github-summary"](documents)


def test_what_the_audit_left_open_and_the_look_passed_is_no_finding():
    seen = finding(outcome="warning", severity="medium")
    assert levels(gated(OPEN, GOOD, "accept", [seen])) == []


def test_what_both_say_alike_keeps_its_words():
    seen = finding(evidence={name: FAILED[name] for name in ("bound", "side", "level", "needs")})
    documents = gated(FAILED, FAILED, "reject", [seen])
    assert [found.message for found in documents.findings] == ["alpha is low"]


def test_the_verdict_of_the_run_is_that_of_its_gate():
    assert gated(GOOD, FAILED, "reject").verdict == "reject"
    assert "1 of 1 batch rejected" in RUN_REPORTS["github-summary"](gated(GOOD, FAILED, "reject"))
