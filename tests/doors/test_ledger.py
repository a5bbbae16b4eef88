"""The ledger: whatever happens to its writers, no entry is lost and none is half there."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deliveries import CONFIG, answers, deliver
from labelaudit.errors import UsageError
from labelaudit.ledger import append, verify

WRITER = """\
import sys
from pathlib import Path
from labelaudit.ledger import append
for number in range(int(sys.argv[3])):
    head = append(Path(sys.argv[1]), {"writer": sys.argv[2], "number": number, "pad": "x" * 4000})
    print(head.sha256, flush=True)
"""
LIMITED = """\
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({}, -1))
"""
LEDGER = '[gate]\nledger = "ledger.jsonl"\n'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.jsonl"


@pytest.fixture
def gated(run, tmp_path):
    """Gate a delivery whose configuration names a ledger."""
    data = deliver(tmp_path, answers(units=150, differ=1), CONFIG + LEDGER)
    options = ["-c", tmp_path / "labelaudit.toml", "-o", tmp_path / "runs"]
    return lambda *more: run("gate", data, *options, "--today", "2026-11-22", *more)


def writer(path, name, count):
    words = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def test_writers_at_the_same_time_lose_nothing(path):
    writers = [writer(path, str(name), 15) for name in range(4)]
    told = [line for one in writers for line in one.communicate()[0].split()]
    chain = verify(path)
    assert [one.returncode for one in writers] == [0] * 4
    assert (chain.broken, len(told)) == (None, 60)
    assert sorted(chain.hashes) == sorted(told)


def test_writers_killed_at_any_moment_corrupt_nothing(path):
    told = []
    for wait in (0, 0.01, 0.02, 0.03, 0.05):
        one = writer(path, "killed", 100_000)
        told.append(one.stdout.readline().strip())
        time.sleep(wait)
        one.kill()
        told += [line for line in one.communicate()[0].split("\n") if len(line) == 64]
        assert verify(path).broken is None
    assert {*told} <= {*verify(path).hashes}
    append(path, {"writer": "last"})
    assert (verify(path).broken, verify(path).unfinished) == (None, False)


def test_a_write_that_was_cut_off_makes_room_for_the_next_entry(path):
    heads = [append(path, {"number": number}) for number in range(2)]
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for end in (first + 1, first + 40, len(whole) - 2):
        path.write_bytes(whole[:end])
        assert append(path, {"number": 1}) == heads[1]
        assert path.read_bytes() == whole


def test_an_entry_that_lacks_its_line_end_only_is_kept(path):
    head = append(path, {"number": 0})
    path.write_bytes(path.read_bytes()[:-1])
    append(path, {"number": 1})
    assert verify(path).hashes[0] == head.sha256
    assert len(verify(path).hashes) == 2


def test_nothing_is_added_to_a_broken_ledger(path):
    append(path, {"number": 0})
    append(path, {"number": 1})
    path.write_text(path.read_text().replace('"number":0', '"number":7'))
    before = path.read_bytes()
    with pytest.raises(UsageError, match="broken at entry 1"):
        append(path, {"number": 2})
    assert path.read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_device_is_no_ledger():
    with pytest.raises(UsageError, match="it is no file"):
        append(Path("/dev/full"), {"number": 0})


def test_a_disk_that_is_full_leaves_the_ledger_as_it_was(path):
    append(path, {"number": 0})
    before = path.read_bytes()
    limited = LIMITED.format(len(before) + 500)
    words = [sys.executable, "-c", limited + WRITER, str(path), "full", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ("cannot be written" in done.stderr, path.read_bytes()) == (True, before)


def test_the_gate_records_what_it_decided_and_prints_the_head(gated, path, tmp_path):
    report = tmp_path / "r.md"
    done = gated("--report", f"markdown={report}")
    gate = json.loads((tmp_path / "runs/latest/gate.json").read_text())
    (line,) = path.read_text().splitlines()
    head = verify(path).head
    assert (done.code, gate["ledger"]["sha256"]) == (0, head)
    assert "looks are counted in the ledger" in report.read_text()
    assert all(head in said for said in (done.out, done.err, report.read_text()))
    content = json.loads(line)["content"]
    assert (content["kind"], content["exit_code"], content["today"]) == ("gate", 0, "2026-11-22")


def test_waivers_that_were_used_stand_in_the_ledger(run, gated, path, tmp_path):
    deliver(tmp_path, answers(units=150, differ=100), CONFIG + LEDGER)
    words = ["--scope", "b1", "--reason", "new guide", "--owner", "ann", "--expires", "2026-12-01"]
    run("waive", "low-agreement", *words, "-f", tmp_path / "w.toml", "--today", "2026-11-22")
    assert gated("--waivers", tmp_path / "w.toml").code == 0
    (used,) = json.loads(path.read_text())["content"]["waived"]
    assert (used["batch_id"], used["owner"], used["reason"]) == ("b1", "ann", "new guide")


def test_every_gate_is_one_more_entry_and_the_audit_stays_the_same(run, gated, path, tmp_path):
    gated()
    audit = (tmp_path / "runs/latest/audit.json").read_bytes()
    gated()
    run("gate", tmp_path / "runs/latest", "--ledger", path)
    assert len(verify(path).hashes) == 3
    assert (tmp_path / "runs/latest/audit.json").read_bytes() == audit


def test_verify_holds_until_somebody_edits(run, gated, path):
    gated()
    gated()
    done = run("ledger", "verify", path)
    assert (done.code, "holds, 2 entries, head" in done.err) == (0, True)
    path.write_text(path.read_text().replace('"exit_code":0', '"exit_code":1', 1))
    done = run("ledger", "verify", path, "--json")
    assert (done.code, done.document["broken_entry"]) == (1, 1)


def test_a_truncated_ledger_shows_against_the_head_of_a_report(run, gated, path):
    gated()
    gated()
    head = verify(path).head
    assert run("ledger", "verify", path, "--head", head).code == 0
    path.write_text(path.read_text().splitlines(keepends=True)[0])
    assert run("ledger", "verify", path).code == 0
    done = run("ledger", "verify", path, "--head", head[:16])
    assert (done.code, "entries were taken off or replaced" in done.err) == (1, True)


def test_a_gate_with_a_broken_ledger_decides_nothing(gated, block, path):
    gated()
    path.write_text(path.read_text().replace('"schema_version":"1"', '"schema_version":"9"'))
    done = gated()
    assert (done.code, "expected schema_version '1', found '9'" in block(done)) == (2, True)


@pytest.mark.parametrize("place", [".", "absent/ledger.jsonl"])
def test_a_ledger_that_cannot_be_written_is_wrong_usage(gated, block, tmp_path, place):
    config = tmp_path / "labelaudit.toml"
    config.write_text(CONFIG + LEDGER.replace("ledger.jsonl", place))
    done = gated()
    assert (done.code, "cannot be written" in block(done)) == (2, True)


def test_a_ledger_that_is_not_there_cannot_be_verified(run, block, path):
    assert (run("ledger", "verify", path).code, path.exists()) == (2, False)
    assert run("ledger", "verify", path, "--head", "abc").code == 2
