"""Upload and runs, without a browser."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from labelaudit.errors import InputError
from labelaudit.uploads import keep, look, start

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
GOOD = (SAMPLES / "delivery/nw-01.csv").read_bytes()


def finished(job):
    while job.running:
        time.sleep(0.05)
    return job


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../a.csv", "a.csv"),
        ("C:\\secret\\b.csv", "b.csv"),
        ("<script>.csv", "_script_.csv"),
        ("a\u202evsc.csv", "a_vsc.csv"),
        ("x" * 300 + ".csv", "x" * 96 + ".csv"),
    ],
)
def test_the_name_of_an_upload_leads_nowhere(tmp_path, given, kept):
    found = keep([(given, b"a,b\n")], tmp_path)
    assert [path.name for path in found.data.iterdir()] == [kept]
    assert found.renamed == ((given, kept),)


@pytest.mark.parametrize("name", ["a.exe", ".csv", "..", "", "a.pkl", "a.csv/.."])
def test_what_cannot_be_read_is_refused_by_its_name(tmp_path, name):
    with pytest.raises(InputError, match="expected a file of one of the kinds"):
        keep([(name, b"x")], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_files_of_the_same_name_are_both_kept(tmp_path):
    found = keep([("a/x.csv", b"1"), ("b/X.csv", b"2")], tmp_path)
    assert sorted(path.name for path in found.data.iterdir()) == ["2-X.csv", "x.csv"]


def test_the_same_upload_twice_is_one(tmp_path):
    assert keep([("a.csv", GOOD)], tmp_path) == keep([("a.csv", GOOD)], tmp_path)


def test_a_column_that_a_person_settles_changes_the_proposal(tmp_path):
    found = keep([("a.csv", GOOD)], tmp_path)
    settled = look([found.data], {"item": "caption", "gold": None})
    assert settled.draft.roles["item"] == "caption"
    assert "gold" not in settled.draft.roles


def test_an_upload_is_audited_in_a_process_of_its_own(tmp_path):
    found = keep([("nw-01.csv", GOOD)], tmp_path)
    job = finished(start(found.data, SAMPLES / "labelaudit.toml", tmp_path / "runs"))
    assert job.problem is None
    assert (job.run / "audit.json").is_file()


def test_of_a_bad_upload_nothing_is_kept_and_every_bad_line_is_named(tmp_path):
    bad = GOOD + b"nw-01,too,few\n" * 30
    found = keep([("nw-01.csv", bad)], tmp_path)
    job = finished(start(found.data, SAMPLES / "labelaudit.toml", tmp_path / "runs"))
    assert (job.run, job.problem.count, len(job.problem.examples)) == (None, 30, 30)
    assert "fields instead of" in job.problem.examples[-1]
    assert list((tmp_path / "runs").glob("*")) == []


def test_a_stopped_audit_leaves_no_half_run(tmp_path):
    found = keep([("nw-01.csv", GOOD)], tmp_path)
    job = start(found.data, SAMPLES / "labelaudit.toml", tmp_path / "runs")
    while job.running and job.step == "starting":
        time.sleep(0.01)
    job.stop()
    assert list((tmp_path / "runs").glob(".writing-*")) == []


def test_a_process_that_dies_is_a_problem_with_a_next_step(tmp_path):
    job = start(SAMPLES / "delivery", SAMPLES / "labelaudit.toml", tmp_path / "runs")
    job._process.kill()
    assert "ended without an answer" in finished(job).problem.problem
