"""A gate that held nothing against a floor is never a pass, whatever the policy accepts."""

from __future__ import annotations

import json

import pytest

from deliveries import COLUMNS, CONFIG, QUESTION, answers, deliver

LAX = CONFIG.replace("[policy]\n", '[policy]\non_inconclusive = "accept"\nrequired_checks = []\n')
SINGLE = answers(units=50, people=1)
ALIKE = [{**row, "label": "cat"} for row in answers(units=50)]


@pytest.fixture
def gate(run, tmp_path):
    def gated(rows, config):
        return run("gate", deliver(tmp_path, rows, config), "-o", tmp_path / "runs")

    return gated


def test_no_threshold_is_said_loudly(gate, run, tmp_path):
    done = gate(answers(), COLUMNS + QUESTION)
    assert (done.code, "NO THRESHOLD IS CONFIGURED" in done.err) == (3, True)
    assert run("gate", tmp_path / "runs/latest").code == 3


@pytest.mark.parametrize("rows", [SINGLE, ALIKE], ids=["nobody overlaps", "one label only"])
def test_no_threshold_that_could_be_evaluated_is_said_loudly(gate, run, tmp_path, rows):
    done = gate(rows, LAX)
    assert (done.code, "NO THRESHOLD WAS EVALUATED" in done.err) == (3, True)
    finished = run("gate", tmp_path / "runs/latest", "--json")
    assert (finished.code, finished.document["rejected"]) == (3, [])


def test_one_that_was_evaluated_is_enough_where_the_policy_accepts_the_rest(gate, tmp_path):
    rows = [*answers(units=150), *answers("b2", units=50, people=1)]
    assert gate(rows, LAX).code == 0
    document = json.loads((tmp_path / "runs/latest/gate.json").read_text())
    held = [batch["thresholds"][0] for batch in document["batches"]]
    assert [found["reason"] for found in held] == [None, "not-evaluated"]


def test_a_number_that_is_none_never_passes(gate, run, tmp_path):
    gate(answers(units=150), CONFIG)
    path = tmp_path / "runs/latest/audit.json"
    text = path.read_text()
    document = json.loads(text)
    document["batches"][0]["thresholds"][0]["bounds"] = [
        {**bounds, "lower": None, "upper": None}
        for bounds in document["batches"][0]["thresholds"][0]["bounds"]
    ]
    path.write_text(json.dumps(document))
    assert run("gate", path.parent, "--ledger", tmp_path / "l.jsonl").code == 3
