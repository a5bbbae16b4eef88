"""Ctrl-C and SIGTERM in a real process: exit 130 or 143, one line, and no half run folder."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest

from deliveries import CONFIG

UNITS = 70_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Write a delivery that takes seconds to audit."""
    folder = tmp_path_factory.mktemp("large")
    rows = (f"i{n // 3},w{n % 7},{'cat' if n % 11 else 'dog'},b{n % 5}" for n in range(3 * UNITS))
    (folder / "labels.csv").write_text("item,who,label,batch\n" + "\n".join(rows) + "\n")
    (folder / "labelaudit.toml").write_text(CONFIG)
    return folder


@pytest.fixture
def audit(command, large, tmp_path):
    """Start an audit, and return it once it has said what it reads with."""
    words = [*command, "audit", "labels.csv", "-o", tmp_path / "runs"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, cwd=large, text=True, start_new_session=True, **pipes) as started:
        assert started.stderr.readline() == "configuration: labelaudit.toml\n"
        yield started
        started.kill()


def interrupt(audit, *signals):
    for one in signals:
        audit.send_signal(one)
    _, err = audit.communicate(timeout=60)
    return audit.returncode, err


@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")],
)
def test_a_signal_while_reading_ends_with_its_code(audit, tmp_path, number, code, word):
    ended, err = interrupt(audit, number)
    said = f"labelaudit: {word}: no half-written run folder is left"
    assert (ended, err.strip()) == (code, said)
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    ("signals", "ends_with"),
    [
        ((signal.SIGINT,), 130),
        ((signal.SIGTERM,), 143),
        ((signal.SIGINT, signal.SIGINT, signal.SIGTERM), 130),
    ],
)
def test_a_signal_while_saving_leaves_no_half_run_folder(audit, tmp_path, signals, ends_with):
    while not list(tmp_path.glob("runs/.writing-*/audit.json")):
        assert audit.poll() is None, "the audit was over before it could be interrupted"
        time.sleep(0.001)
    code, err = interrupt(audit, *signals)
    assert code == ends_with
    assert "Traceback" not in err
    assert list(tmp_path.rglob("*")) == [tmp_path / "runs"]
