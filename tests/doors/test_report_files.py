"""`--report FORMAT=PATH`: many at once, of deliveries and finished runs, whole or not at all."""

from __future__ import annotations

import json
import subprocess

import pytest
from defusedxml.ElementTree import fromstring

from deliveries import answers, deliver
from labelaudit.reports import AUDIT_ONLY, REPORTS, RUN_REPORTS
from labelaudit.reports.documents import Documents

BAD = answers(units=150, differ=100)
SMALL_FILES = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"


@pytest.fixture(scope="module")
def finished(process, tmp_path_factory):
    """Audit a batch that is rejected, and return its run folder."""
    folder = tmp_path_factory.mktemp("finished")
    process("audit", deliver(folder, BAD), "-o", folder / "runs")
    return folder / "runs" / "latest"


def asked(folder, forms) -> list[str]:
    return [word for form in forms for word in ("--report", f"{form}={folder / form}")]


@pytest.mark.parametrize("command", ["audit", "gate"])
def test_every_report_of_a_delivery_is_written_at_once(run, tmp_path, command):
    data = deliver(tmp_path, BAD)
    done = run(command, data, "-o", tmp_path / "runs", *asked(tmp_path, REPORTS))
    assert done.code == {"audit": 0, "gate": 1}[command]
    assert (tmp_path / "text").read_text() == done.out
    assert (tmp_path / "markdown").read_text().startswith("## labelaudit: REJECT: 1 of 1 batch")
    assert all((tmp_path / form).stat().st_size for form in REPORTS)


def test_a_finished_run_gives_the_reports_that_its_delivery_did(run, finished, tmp_path):
    (tmp_path / "of-run").mkdir()
    data = deliver(tmp_path, BAD)
    run("gate", data, "-o", tmp_path / "runs", *asked(tmp_path, RUN_REPORTS))
    run("gate", tmp_path / "runs/latest", *asked(tmp_path / "of-run", RUN_REPORTS))
    for form in RUN_REPORTS:
        assert (tmp_path / "of-run" / form).read_text() == (tmp_path / form).read_text()


@pytest.mark.parametrize("form", AUDIT_ONLY)
def test_a_finished_run_says_which_reports_it_can_give(run, finished, tmp_path, form):
    done = run("gate", finished, "--report", f"{form}={tmp_path / 'report'}")
    assert (done.code, "name the delivery, or" in " ".join(done.err.split())) == (2, True)


@pytest.mark.parametrize("report", ["text=", "pdf=x.pdf", "=x"])
def test_a_report_of_no_known_form_is_wrong_usage(run, tmp_path, report):
    done = run("gate", deliver(tmp_path, answers()), "--report", report)
    assert (done.code, "expected FORMAT=PATH" in done.err) == (2, True)


@pytest.mark.parametrize(
    "place", ["absent/report.md", "folder", "link.md", "file/report.md", "read-only.md"]
)
def test_a_report_that_cannot_be_written_is_refused_before_the_work(run, block, tmp_path, place):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "link.md").symlink_to(tmp_path / "elsewhere.md")
    (tmp_path / "read-only.md").touch(0o444)
    data = deliver(tmp_path, answers())
    done = run("gate", data, "-o", tmp_path / "runs", "--report", f"markdown={tmp_path / place}")
    assert (done.code, "cannot be written" in block(done)) == (2, True)
    assert not (tmp_path / "runs").exists()


def test_two_reports_to_one_path_are_refused(run, block, finished, tmp_path):
    both = ["--report", f"junit={tmp_path / 'x'}", "--report", f"sarif={tmp_path / 'x'}"]
    assert "two reports would be written there" in block(run("gate", finished, *both))


def test_a_report_never_replaces_what_is_read(run, block, tmp_path):
    data = deliver(tmp_path, answers()) / "labels.csv"
    before = data.read_bytes()
    done = run("gate", data, "-o", tmp_path / "runs", "--report", f"json={data}")
    assert (done.code, "what this command reads" in block(done)) == (2, True)
    assert data.read_bytes() == before


def test_a_disk_that_fills_up_leaves_the_old_report_and_nothing_else(process, finished, tmp_path):
    (tmp_path / "json").write_text("old")
    done = process("gate", finished, *asked(tmp_path, ["json", "junit"]), first=SMALL_FILES)
    assert (done.code, "cannot be written: File too large" in done.err) == (2, True)
    assert (tmp_path / "json").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["json", "junit"]


def test_a_report_to_stdout_is_all_that_stands_there(run, finished, tmp_path):
    assert "runs" in json.loads(run("gate", finished, "--report", "sarif=-").out)
    data = deliver(tmp_path, answers(units=150, differ=1))
    done = run("gate", data, "-o", tmp_path / "runs", "--report", "sarif=-")
    assert (done.code, json.loads(done.out)["version"]) == (0, "2.1.0")


def test_two_documents_do_not_go_to_stdout(run, finished):
    done = run("gate", finished, "--json", "--report", "sarif=-")
    assert (done.code, "name a file for --report" in done.err) == (2, True)


def test_a_verdict_outlives_a_reader_that_goes_away(command, finished):
    words = [*command, "gate", str(finished), "--report", "json=-"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        started.stdout.close()
        assert started.wait(60) == 1


def test_the_page_of_a_run_says_what_its_last_gate_decided(run, tmp_path):
    data, page = deliver(tmp_path, BAD), tmp_path / "runs/latest/report.html"
    run("audit", data, "-o", tmp_path / "runs")
    audited = page.read_text()
    run("gate", tmp_path / "runs/latest")
    gated = page.read_text()
    run("audit", data, "-o", tmp_path / "runs")
    assert ("FAIL (exit 1)" in audited, "FAIL (exit 1)" in gated) == (False, True)
    assert page.read_text() == gated


def test_cases_fail_exactly_where_the_batch_is_rejected(sample_run):
    told = Documents(json.loads((sample_run / "audit.json").read_text()))
    failing = {
        suite.get("name")
        for suite in fromstring(RUN_REPORTS["junit"](told))
        if suite.find(".//failure") is not None
    }
    rejected = {found.batch_id for found in told.verdicts if found.verdict == "reject"}
    assert failing == rejected
    assert len(rejected) == 3


def test_reports_of_a_run_load_nothing_heavy(process, finished, tmp_path):
    heavy = "{'pandas', 'scipy', 'numpy', 'duckdb', 'pandera', 'pyarrow'}"
    first = f"import atexit, sys; atexit.register(lambda: print({heavy} & {{*sys.modules}}));"
    done = process("gate", finished, *asked(tmp_path, RUN_REPORTS), first=first)
    assert (done.code, done.out) == (1, "set()\n")
