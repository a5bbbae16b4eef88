"""Where output goes: places nobody can write, readers that go away, folders left clean."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from deliveries import answers, deliver

BAD = answers(units=150, differ=100)
FULL = Path("/dev/full")
on_a_full_disk = pytest.mark.skipif(not FULL.is_char_device(), reason="needs /dev/full")


@pytest.mark.parametrize("place", ["file", "file/runs", "/proc/labelaudit/runs"])
@pytest.mark.parametrize("command", ["audit", "gate"])
def test_an_output_folder_that_cannot_be_written_is_refused(run, block, tmp_path, command, place):
    (tmp_path / "file").write_text("")
    data = deliver(tmp_path, BAD)
    done = run(command, data, "-o", tmp_path / place)
    assert (done.code, "cannot be written" in block(done)) == (2, True)


def test_the_place_is_looked_at_before_the_data(run, block, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("audit", tmp_path / "absent.csv", "-o", tmp_path / "file")
    assert (done.code, "cannot be written" in block(done)) == (2, True)


def test_a_delivery_that_is_refused_leaves_no_folder(run, tmp_path):
    run("audit", tmp_path / "absent.csv", "-o", tmp_path / "deep" / "runs")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_does_not_cost_the_verdict(command, tmp_path):
    data = deliver(tmp_path, BAD)
    words = [*command, "gate", data, "-o", tmp_path / "runs"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, text=True, **pipes) as gate:
        gate.stdout.close()
        err = gate.stderr.read()
    assert gate.returncode == 1
    assert err.endswith("gate: FAIL (exit 1): rejected: b1\n")
    assert (tmp_path / "runs/latest/gate.json").is_file()


def test_nobody_listening_to_words_does_not_cost_the_verdict(command, tmp_path):
    data = deliver(tmp_path, BAD)
    words = [*command, "gate", data, "-o", tmp_path / "runs"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as gate:
        gate.stderr.close()
        assert gate.wait() == 1


def test_an_output_that_knows_ascii_only_still_gets_the_verdict(process, tmp_path):
    rows = [{**row, "batch": "na\u00efve \u72ac"} for row in BAD]
    data = deliver(tmp_path, rows)
    done = process("gate", data, "-o", tmp_path / "runs", PYTHONIOENCODING="ascii")
    assert done.code == 1
    assert "na\\xefve \\u72ac" in done.out
    assert done.out.isascii()


def test_help_into_a_closed_pipe_ends_quietly(command):
    words = [*command, "audit", "--help"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        started.stdout.close()
        assert started.stderr.read() == b""


@pytest.mark.parametrize("command", ["audit", "gate"])
def test_a_configuration_that_is_a_folder_is_wrong_usage(run, tmp_path, command):
    assert run(command, deliver(tmp_path, BAD), "-c", tmp_path).code == 2


@on_a_full_disk
@pytest.mark.parametrize(
    "words", [("gate", "DATA"), ("audit", "DATA", "--json"), ("agreement", "DATA"), ("--help",)]
)
def test_a_result_that_cannot_be_printed_is_no_verdict_and_no_crash(command, tmp_path, words):
    data = deliver(tmp_path, BAD)
    given = [str(data) if word == "DATA" else word for word in words]
    with FULL.open("w") as out:
        done = subprocess.run(
            [*command, *given], cwd=tmp_path, stdout=out, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, b"cannot be written: No space left" in done.stderr) == (2, True)


@on_a_full_disk
@pytest.mark.parametrize(
    ("words", "code"), [(("DATA",), 1), (("absent.csv",), 4), (("DATA", "--wrong"), 2)]
)
def test_words_that_cannot_be_printed_change_no_exit_code(command, tmp_path, words, code):
    data = deliver(tmp_path, BAD)
    given = [str(data) if word == "DATA" else word for word in words]
    with FULL.open("w") as err:
        done = subprocess.run(
            [*command, "gate", *given], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=err,
            check=False,
        )  # fmt: skip
    assert done.returncode == code


def test_a_report_never_replaces_a_device_or_a_pipe(run, block, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    data = deliver(tmp_path, BAD)
    done = run("gate", data, "-o", tmp_path / "runs", "--report", f"json={tmp_path / 'pipe'}")
    assert (done.code, "it is a device or pipe" in block(done)) == (2, True)
    assert (tmp_path / "pipe").is_fifo()
