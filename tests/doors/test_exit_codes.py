"""The published exit codes: CI must never mistake one for another."""

from __future__ import annotations

import pytest

from deliveries import COLUMNS, QUESTION, answers, deliver

GOOD = answers(units=150, differ=2)
BAD = answers(units=150, differ=100)
THIN = answers(units=10, differ=1)


@pytest.mark.parametrize(
    ("rows", "code", "word"),
    [
        (GOOD, 0, "PASS (exit 0): every batch is accepted"),
        (BAD, 1, "FAIL (exit 1): rejected: b1"),
        (THIN, 3, "UNDECIDED (exit 3): undecided: b1"),
    ],
)
def test_a_real_process_ends_with_the_verdict(process, tmp_path, rows, code, word):
    data = deliver(tmp_path, rows)
    done = process("gate", data, "-c", tmp_path / "labelaudit.toml", cwd=tmp_path)
    assert (done.code, word in done.err.splitlines()[-1]) == (code, True)


CRASH = """
import labelaudit.project as project
def find_project(folder): raise RuntimeError("the moon is full")
project.find_project = find_project
"""


def test_an_internal_error_exits_5_and_leaves_a_report_to_send(process, tmp_path):
    place = f"import tempfile; tempfile.tempdir = {str(tmp_path)!r}"
    done = process("audit", "x.csv", first=place + CRASH)
    (report,) = tmp_path.glob("labelaudit-crash-*.txt")
    assert (done.code, "Traceback" in done.err) == (5, False)
    assert "RuntimeError: the moon is full" in done.err
    assert str(report) in done.err
    assert "Traceback" in report.read_text()


@pytest.mark.parametrize(
    ("other", "code", "word"),
    [
        (answers("b2", units=150, differ=100), 1, "rejected: b2"),
        (answers("b2", units=10, differ=1), 3, "undecided: b2"),
    ],
)
def test_the_worst_batch_decides(run, tmp_path, other, code, word):
    done = run("gate", deliver(tmp_path, [*GOOD, *other]), "-o", tmp_path / "runs")
    assert (done.code, word in done.err.splitlines()[-1]) == (code, True)


def test_a_rejected_batch_weighs_more_than_an_undecided_one(run, tmp_path):
    both = [*BAD, *answers("b2", units=10, differ=1)]
    assert run("gate", deliver(tmp_path, both), "-o", tmp_path / "runs").code == 1


def test_a_gate_without_a_threshold_says_so_loudly_and_exits_3(run, tmp_path):
    done = run("gate", deliver(tmp_path, GOOD, COLUMNS + QUESTION), "-o", tmp_path / "runs")
    assert done.code == 3
    assert "NO THRESHOLD IS CONFIGURED" in done.err
    assert "No threshold is configured" in done.out


def test_an_audit_that_could_be_made_exits_0_whatever_it_found(run, tmp_path):
    done = run("audit", deliver(tmp_path, BAD), "-o", tmp_path / "runs")
    assert done.code == 0
    assert done.out.startswith("REJECT: 1 of 1 batch rejected")


def test_wrong_usage_exits_2(run):
    done = run("gate", "data.csv", "--no-such-option")
    assert (done.code, "No such option" in done.err) == (2, True)


def test_an_unknown_command_exits_2(run):
    done = run("audti")
    assert (done.code, "No such command" in done.err) == (2, True)


def test_unreadable_input_exits_4(run, tmp_path):
    done = run("gate", tmp_path / "absent.csv")
    assert (done.code, "absent.csv" in done.err) == (4, True)


def test_wrong_configuration_comes_before_unreadable_input(run, tmp_path):
    config = tmp_path / "labelaudit.toml"
    config.write_text("[polcy]\n")
    assert run("gate", tmp_path / "absent.csv", "-c", config).code == 2


def test_no_words_of_a_command_stand_on_stdout(run, tmp_path):
    done = run("gate", deliver(tmp_path, BAD), "-o", tmp_path / "runs", "--json")
    assert done.document["exit_code"] == done.code == 1
    assert "gate:" in done.err
    assert "run folder:" in done.err
