"""A batch that is topped up and gated again shares its risk over looks, kept in the ledger."""

from __future__ import annotations

import json
import subprocess

import pytest

from deliveries import CONFIG, answers, deliver
from labelaudit.ledger import verify

LEDGER = '[gate]\nledger = "ledger.jsonl"\n'
HEAVY = "{'pandas', 'scipy', 'numpy', 'duckdb', 'pandera', 'pyarrow'}"
LOADED = f"import atexit, sys; atexit.register(lambda: print({HEAVY} & {{*sys.modules}}));"


@pytest.fixture
def gate(run, tmp_path):
    """Gate rows under a configuration with a ledger, and return the command and gate.json."""

    def gated(rows, *more, config=CONFIG + LEDGER):
        data = deliver(tmp_path, rows, config)
        words = ["-c", tmp_path / "labelaudit.toml", "-o", tmp_path / "runs", *more]
        done = run("gate", data, *words)
        path = tmp_path / "runs/latest/gate.json"
        return done, json.loads(path.read_text()) if path.exists() else {}

    return gated


@pytest.fixture
def ledger(tmp_path):
    return tmp_path / "ledger.jsonl"


def held(document, batch=0):
    """Return the one threshold of a batch in gate.json."""
    return document["batches"][batch]["thresholds"][0]


def some(units):
    """Return answers of which one in five is not unanimous: alpha is 0.73."""
    return answers(units=units, differ=units // 5)


def test_top_ups_take_looks_until_the_batch_passes(gate):
    looks = []
    for units in (50, 90, 130, 400):
        done, document = gate(some(units))
        found = held(document)
        looks.append((found["look"], found["risk_fraction"], found["outcome"], done.code))
    undecided, passed = "inconclusive", (4, 0.4, "pass", 0)
    assert looks == [(1, 0.1, undecided, 3), (2, 0.2, undecided, 3), (3, 0.3, undecided, 3), passed]


def test_gating_unchanged_data_again_is_no_new_look(gate, run, ledger, tmp_path):
    first, document = gate(some(60))
    again, repeated = gate([*reversed(some(60))])
    finished = run("gate", tmp_path / "runs/latest", "--ledger", ledger)
    assert held(document) == {**held(repeated), "new": True}
    assert (first.code, again.code, finished.code) == (3, 3, 3)
    assert "looks: 0 new, 1 at data seen before" in finished.err
    assert [len(entry["looks"]) for entry in verify(ledger).contents] == [1, 0, 0]


def test_the_report_says_which_look_it_was_and_what_it_needs(gate):
    done, document = gate(some(60))
    found = held(document)
    assert f"1/4   10%   60/{found['n_planned']}" in done.out
    assert "looks are counted in the ledger" in done.out
    assert found["needs"].startswith(f"label {found['n_planned'] - 60} more items")


def test_without_a_ledger_it_is_one_look_at_the_full_level_and_said(gate):
    done, document = gate(some(180), config=CONFIG)
    found = held(document)
    assert (found["look"], found["level"], found["outcome"]) == (None, 0.95, "inconclusive")
    assert "repeated looks are not accounted for" in document["looks"]
    assert "repeated looks are not accounted for" in done.out


def test_one_look_only_may_be_asked_for(gate):
    config = CONFIG + LEDGER + "max_looks = 1\n"
    assert held(gate(some(60), config=config)[1])["risk_fraction"] == 1.0
    second = held(gate(some(90), config=config)[1])
    assert (second["reason"], second["look"]) == ("plan-exhausted", None)


def test_a_used_up_plan_stays_undecided_until_a_person_begins_another(gate, run, ledger):
    config = CONFIG + LEDGER + "max_looks = 1\n"
    gate(some(60), config=config)
    done, _ = gate(some(300), config=config)
    assert (done.code, "plan-exhausted: b1" in done.err) == (3, True)
    words = ["--owner", "ann", "--reason", "all labeled again", "-f", ledger]
    assert run("ledger", "restart", "b1", *words).code == 0
    assert gate(some(301), config=config)[0].code == 0
    shown = run("ledger", "show", "b1", "-f", ledger)
    assert ("NEW PLAN by ann: all labeled again" in shown.out, shown.code) == (True, 0)


def test_a_new_plan_needs_a_reason_and_somebody_who_answers_for_it(run, ledger):
    done = run("ledger", "restart", "b1", "--owner", " ", "--reason", "x", "-f", ledger)
    assert (done.code, "owner is empty" in done.err, ledger.exists()) == (2, True, False)


def test_the_looks_of_a_batch_can_be_shown(gate, run, ledger):
    gate([*some(60), *answers("b2", units=60)])
    gate([*some(120), *answers("b2", units=60)])
    done = run("ledger", "show", "b1", "--json", "-f", ledger)
    assert [(look["entry"], look["look"]) for look in done.document["looks"]] == [(1, 1), (2, 2)]
    assert len(run("ledger", "show", "-f", ledger).out.splitlines()) == 3
    assert "no look at b9" in run("ledger", "show", "b9", "-f", ledger).err


def test_a_truncated_ledger_is_refused_by_the_head_of_an_earlier_report(gate, block, ledger):
    gate(some(60))
    _, document = gate(some(90))
    head = document["ledger"]["sha256"]
    assert gate(some(90), "--ledger-head", head[:16])[0].code == 3
    ledger.write_text(ledger.read_text().splitlines(keepends=True)[0])
    done, _ = gate(some(120), "--ledger-head", head)
    assert (done.code, "entries were taken off or replaced" in block(done)) == (2, True)
    ledger.unlink()
    assert (gate(some(120), "--ledger-head", head)[0].code, ledger.exists()) == (2, False)


@pytest.mark.parametrize(("head", "said"), [("5f0c", "expected 12 characters"),
                                            ("0" * 64, "there is no ledger")])  # fmt: skip
def test_a_head_of_no_ledger_is_wrong_usage(gate, head, said):
    done, _ = gate(some(60), "--ledger-head", head, config=CONFIG)
    assert (done.code, said in done.err) == (2, True)


def test_gates_at_the_same_time_never_take_the_same_look(gate, command, ledger, tmp_path):
    runs = []
    for units in (40, 50, 60, 70):
        gate(some(units), config=CONFIG)
        runs.append((tmp_path / "runs/latest").resolve())
    words = [[*command, "gate", str(run), "--ledger", str(ledger)] for run in runs]
    writers = [subprocess.Popen(each, stderr=subprocess.DEVNULL) for each in words]
    assert {writer.wait() for writer in writers} == {3}
    looks = [look["look"] for content in verify(ledger).contents for look in content["looks"]]
    assert sorted(looks) == [1, 2, 3, 4]


def test_gates_killed_at_any_moment_take_no_look_twice(gate, command, ledger, run, tmp_path):
    gate(some(60), config=CONFIG)
    folder = (tmp_path / "runs/latest").resolve()
    words = [*command, "gate", str(folder), "--ledger", str(ledger)]
    for wait in (0.2, 0.3, 0.4, 0.5):
        with subprocess.Popen(words, stderr=subprocess.DEVNULL) as one:
            try:
                one.wait(wait)
            except subprocess.TimeoutExpired:
                one.kill()
    assert run("gate", folder, "--ledger", ledger).code == 3
    chain = verify(ledger)
    assert (chain.broken, sum(len(content["looks"]) for content in chain.contents)) == (None, 1)


def test_a_finished_run_takes_its_look_without_a_number_package(gate, process, ledger, tmp_path):
    gate(some(60), config=CONFIG)
    done = process("gate", tmp_path / "runs/latest", "--ledger", ledger, first=LOADED)
    assert (done.code, done.out) == (3, "set()\n")
    assert held(json.loads((tmp_path / "runs/latest/gate.json").read_text()))["look"] == 1


def test_an_audit_of_before_there_were_looks_is_sent_back(gate, run, block, ledger, tmp_path):
    gate(some(60), config=CONFIG)
    path = tmp_path / "runs/latest/audit.json"
    document = json.loads(path.read_text())
    del document["batches"][0]["thresholds"][0]["bounds"]
    path.write_text(json.dumps(document))
    assert run("gate", path.parent).code == 3
    done = run("gate", path.parent, "--ledger", ledger)
    assert (done.code, "audit the delivery again" in block(done)) == (2, True)


@pytest.mark.parametrize("form", ["github-annotations", "sarif", "gitlab", "github-summary"])
def test_reports_show_the_bound_of_the_look_and_not_that_of_the_full_level(gate, tmp_path, form):
    done, document = gate(some(60), "--report", f"{form}={tmp_path / 'report'}")
    (full,) = json.loads((tmp_path / "runs/latest/audit.json").read_text())["batches"]
    at_look, at_once = (each["thresholds"][0]["bound"] for each in (document["batches"][0], full))
    said = (tmp_path / "report").read_text()
    assert (done.code, at_look < at_once) == (3, True)
    assert (f"{at_look:.3f}" in said, f"{at_once:.3f}" in said) == (True, False)


@pytest.mark.parametrize("form", ["github-annotations", "gitlab"])
def test_reports_of_a_used_up_plan_do_not_ask_for_more_labels(gate, tmp_path, form):
    config = CONFIG + LEDGER + "max_looks = 1\n"
    gate(some(60), "--report", f"{form}={tmp_path / 'report'}", config=config)
    said = (tmp_path / "report").read_text()
    assert ("its plan is used up" in said, "more items" in said) == (True, False)
