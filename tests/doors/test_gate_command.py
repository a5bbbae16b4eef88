"""`labelaudit gate`: on a delivery or a finished run, with reports for the pull request."""

from __future__ import annotations

import json

import pytest

from deliveries import CONFIG, answers, deliver

HEAVY = "{'pandas', 'scipy', 'numpy', 'duckdb', 'pandera', 'pyarrow'}"
LOADED = f"import atexit, sys; atexit.register(lambda: print({HEAVY} & {{*sys.modules}}));"


@pytest.fixture
def rejected_run(run, tmp_path):
    """Audit a batch that is rejected, and return its run folder."""
    rows = [*answers(units=150), *answers("b2", units=150, differ=100)]
    run("audit", deliver(tmp_path, rows), "-o", tmp_path / "runs")
    return tmp_path / "runs" / "latest"


def test_a_finished_run_gives_the_same_exit_code(run, rejected_run):
    done = run("gate", rejected_run)
    assert done.code == 1
    assert done.err == "gate: FAIL (exit 1): rejected: b2\n"


def test_a_finished_run_is_gated_from_its_document_alone(process, rejected_run):
    for path in rejected_run.iterdir():
        if path.name != "audit.json":
            path.unlink()
    done = process("gate", rejected_run, first=LOADED)
    assert (done.code, done.out) == (1, "set()\n")


def test_the_outcome_is_recorded_in_the_run(run, rejected_run):
    done = run("gate", rejected_run, "--json")
    recorded = json.loads((rejected_run / "gate.json").read_text())
    assert recorded == done.document
    assert (recorded["exit_code"], recorded["rejected"]) == (1, ["b2"])


def test_gating_a_delivery_records_it_too_and_a_new_audit_keeps_it(run, tmp_path):
    data = deliver(tmp_path, answers(units=150, differ=1))
    run("gate", data, "-o", tmp_path / "runs")
    run("audit", data, "-o", tmp_path / "runs")
    gate = json.loads((tmp_path / "runs/latest/gate.json").read_text())
    assert (gate["exit_code"], gate["reason"]) == (0, "every batch is accepted")


@pytest.mark.parametrize("option", [["-c", "labelaudit.toml"], ["--counts-only"]])
def test_a_finished_run_takes_no_other_limits(run, rejected_run, tmp_path, option, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("gate", rejected_run, *option)
    assert (done.code, "name the delivery" in done.err) == (2, True)


def test_counts_alone_decide_the_same_and_say_what_was_not_looked_at(run, tmp_path):
    data = deliver(tmp_path, answers(units=150, differ=1))
    full = run("gate", data, "-o", tmp_path / "runs")
    done = run("gate", data, "-o", tmp_path / "runs", "--counts-only")
    assert (done.code, full.code) == (0, 0)
    assert "reads rows: without --counts-only" in done.out
    assert "reads rows: without --counts-only" not in full.out


def test_a_finished_run_is_gated_by_itself(run, rejected_run):
    done = run("gate", rejected_run, rejected_run)
    assert (done.code, "gate it by itself" in done.err) == (2, True)


def test_a_run_of_another_schema_is_refused(run, block, rejected_run):
    (rejected_run / "audit.json").write_text('{"schema_version": "99"}')
    done = run("gate", rejected_run)
    assert (done.code, "expected schema_version '1', found '99'" in block(done)) == (4, True)


def test_a_run_that_is_not_json_is_refused(run, block, rejected_run):
    (rejected_run / "audit.json").write_text("{")
    assert run("gate", rejected_run).code == 4


def test_many_rejected_batches_are_cut_in_the_last_line(run, tmp_path):
    rows = [row for n in range(12) for row in answers(f"b{n:02}", units=60, differ=40)]
    done = run("gate", deliver(tmp_path, rows, CONFIG), "-o", tmp_path / "runs")
    assert done.err.splitlines()[-1].endswith("b09 and 2 more")
    assert len(json.loads((tmp_path / "runs/latest/gate.json").read_text())["rejected"]) == 12
