"""The documents of a run: of an older version, of a later one, and of hardly anything."""

from __future__ import annotations

import json

import pytest

from labelaudit.reports import RUN_REPORTS
from labelaudit.reports.documents import Documents
from run_documents import batch, finding, held, told

NEWER = ("policy", "questions", "staff", "masked", "items", "estimates", "inputs")
WHOLE = told([batch("b1", "reject", ["low-agreement"], [held("fail")])], [finding()]).audit


@pytest.mark.parametrize("form", RUN_REPORTS)
def test_a_run_of_an_older_version_can_be_reported(form):
    older = {name: value for name, value in WHOLE.items() if name not in NEWER}
    assert RUN_REPORTS[form](Documents(older))


@pytest.mark.parametrize("form", [form for form in RUN_REPORTS if form != "json"])
def test_what_a_later_version_adds_is_passed_over(form):
    later = json.loads(json.dumps(WHOLE))
    for one in (*later["batches"], *later["findings"], *later["batches"][0]["thresholds"]):
        one["added"] = {"later": True}
    expected = RUN_REPORTS[form](Documents(WHOLE))
    assert RUN_REPORTS[form](Documents({**later, "added": []})) == expected


def test_the_json_report_holds_the_gate_beside_the_audit():
    written = json.loads(RUN_REPORTS["json"](Documents(WHOLE, {"exit_code": 1})))
    assert written == {**json.loads(json.dumps(WHOLE)), "gate": {"exit_code": 1}}


def test_without_a_gate_the_json_report_is_the_audit():
    assert json.loads(RUN_REPORTS["json"](Documents(WHOLE))) == json.loads(json.dumps(WHOLE))
