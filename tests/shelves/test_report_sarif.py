"""SARIF, held against models made from its schema by others: alerts that stay the same."""

from __future__ import annotations

import json

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from labelaudit.reports import RUN_REPORTS
from labelaudit.reports.documents import Documents
from run_documents import WAIVER, batch, finding, held, told

FAILED = batch("b1", "reject", ["low-agreement"], [held("fail")])


def run_of(documents):
    """Return the one run of the log, once the log is valid."""
    text = RUN_REPORTS["sarif"](documents)
    Sarif.model_validate_json(text)
    [run] = json.loads(text)["runs"]
    return run


def results(findings, **more):
    return run_of(told([FAILED], findings, **more))["results"]


def marks(findings):
    return [one["partialFingerprints"]["labelaudit/v1"] for one in results(findings)]


def test_a_finding_is_a_result_of_the_rule_of_its_check():
    run = run_of(told([FAILED], [finding()]))
    [rule], [result] = run["tool"]["driver"]["rules"], run["results"]
    assert (rule["id"], result["ruleId"], result["ruleIndex"]) == ("low-agreement",) * 2 + (0,)
    assert rule["shortDescription"]["text"] == "Agreement in a batch is under the floor"
    assert "What to do" in rule["help"]["text"]
    assert result["message"]["text"] == "b1 / label: alpha is low"


@pytest.mark.parametrize(
    ("outcome", "severity", "level"),
    [
        ("breach", "high", "error"),
        ("breach", "medium", "warning"),
        ("breach", "low", "note"),
        ("warning", "high", "warning"),
        ("warning", "low", "note"),
    ],
)
def test_the_level_follows_the_severity_and_only_a_breach_is_an_error(outcome, severity, level):
    [result] = results([finding(outcome=outcome, severity=severity)])
    assert result["level"] == level


def test_the_location_is_the_file_of_the_batch_relative_to_where_we_are():
    files = [
        {"path": f"/place/in/{name}", "sha256": "", "reader": "csv-long", "rows": 1}
        for name in ("b 1.csv.gz", "b2.csv")
    ]
    documents = told([batch("b 1")], [finding(batch_id="b 1"), finding(batch_id="b3")])
    here = Documents({**documents.audit, "inputs": files}, {}, "/place")
    uris = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for one in run_of(here)["results"]
    ]
    assert uris[-2:] == ["in/b%201.csv.gz", "in"]


def test_a_fingerprint_does_not_change_with_numbers_words_or_neighbours():
    other = finding("thin-overlap")
    later = finding(message="alpha is 0.41 now", evidence={"rows": 7}, severity="low")
    assert marks([finding()])[0] == marks([other, later])[1]


@pytest.mark.parametrize("name", ["batch_id", "question_id", "vendor", "annotator_id", "item_id"])
def test_a_fingerprint_tells_slices_apart(name):
    assert len({*marks([finding(), finding(**{name: "another"})])}) == 2


def test_findings_alike_in_check_and_slice_have_fingerprints_of_their_own():
    assert len({*marks([finding(), finding(message="and another")])}) == 2


def test_a_waiver_is_a_suppression_with_its_reason():
    [result] = results([finding()], gate={"waived": [WAIVER], "let_through": ["b1"]})
    assert result["suppressions"] == [
        {"kind": "external", "justification": "waived until 2026-12-31 by ann: new guide"}
    ]
    assert result["level"] == "error"


def test_a_finding_of_another_batch_is_not_suppressed():
    documents = told([FAILED, batch("b2")], [finding(batch_id="b2")], {"waived": [WAIVER]})
    assert "suppressions" not in run_of(documents)["results"][0]


def test_what_could_not_be_looked_at_is_a_notification_unless_it_is_required():
    silent = {"outcome": "unknown", "severity": "low"}
    findings = [finding("thin-overlap", **silent), finding("low-agreement", **silent)]
    run = run_of(told([FAILED], findings))
    [note] = run["invocations"][0]["toolExecutionNotifications"]
    assert note["descriptor"]["id"] == "thin-overlap"
    assert [one["ruleId"] for one in run["results"]] == ["low-agreement"]


@pytest.mark.parametrize("batches", [[], [batch(verdict="review", reasons=["no-threshold"])]])
def test_a_gate_without_a_floor_or_a_batch_is_an_error(batches):
    [result] = run_of(told(batches))["results"]
    assert (result["ruleId"], result["level"]) == ("no-threshold", "error")


def test_findings_that_are_left_out_are_counted():
    run = run_of(told([FAILED], [finding()], findings_left_out=98_000))
    [note] = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("98000 more findings")
    assert run["properties"]["findings_left_out"] == 98_000


def test_the_outcome_of_the_gate_is_that_of_the_invocation():
    run = run_of(told([FAILED], gate={"exit_code": 1, "reason": "rejected: b1"}))
    assert run["invocations"][0]["exitCode"] == 1


def test_text_of_a_vendor_is_shown_and_does_not_act():
    [result] = results([finding(batch_id="\u202ex\x1b[31m", message="</script>")])
    assert result["message"]["text"] == "\\u202ex\\x1b[31m / label: </script>"
