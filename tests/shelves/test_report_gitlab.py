"""GitLab code quality: the fields it asks for, and fingerprints that SARIF has too."""

from __future__ import annotations

import json

import pytest

from labelaudit.reports import RUN_REPORTS
from run_documents import WAIVER, batch, finding, held, told

FAILED = batch("b1", "reject", ["low-agreement"], [held("fail")])
FINDINGS = [finding(), finding(), finding("thin-overlap", severity="medium", batch_id=None)]


def entries(documents):
    return json.loads(RUN_REPORTS["gitlab"](documents))


def test_an_entry_has_the_fields_that_gitlab_asks_for():
    [entry] = entries(told([FAILED], [finding()]))
    assert entry["location"] == {"path": "in/b1.csv", "lines": {"begin": 1}}
    assert (entry["check_name"], entry["severity"]) == ("low-agreement", "critical")
    assert entry["description"] == "b1 / label: alpha is low"


def test_fingerprints_are_unique_and_those_of_sarif():
    documents = told([FAILED], FINDINGS)
    [run] = json.loads(RUN_REPORTS["sarif"](documents))["runs"]
    marks = [entry["fingerprint"] for entry in entries(documents)]
    assert marks == [one["partialFingerprints"]["labelaudit/v1"] for one in run["results"]]
    assert len({*marks}) == 3


def test_what_is_waived_is_shown_as_information():
    [entry] = entries(told([FAILED], [finding()], {"waived": [WAIVER]}))
    assert entry["severity"] == "info"
    assert "waived until 2026-12-31 by ann: new guide; alpha is low" in entry["description"]


def test_what_is_left_out_is_counted():
    [_, last] = entries(told([FAILED], [finding()], findings_left_out=7))
    assert last["description"].startswith("7 more findings")


@pytest.mark.parametrize("batches", [[], [batch("b1", "review", ["no-threshold"])]])
def test_nothing_to_gate_is_an_entry(batches):
    [entry] = entries(told(batches))
    assert (entry["check_name"], entry["severity"]) == ("no-threshold", "critical")
