"""`labelaudit compare`: on the sample delivery, on relabeled ones, and on what is no run."""

from __future__ import annotations

import json

import pytest

from deliveries import CONFIG, GOLD, GOLD_COLUMN, VENDOR, answers, deliver, with_columns

FULL = with_columns(GOLD_COLUMN, VENDOR, config=CONFIG + GOLD)


@pytest.fixture
def runs(run, tmp_path):
    """Audit a delivery, then what came back; return both run folders."""

    def folder(name, rows):
        data = deliver(tmp_path / name, rows, FULL)
        run("audit", data, "-c", tmp_path / name / "labelaudit.toml", "-o", tmp_path / name)
        return (tmp_path / name / "latest").resolve()

    before, after = answers(units=80, differ=30), answers(units=80, differ=10)
    return folder("before", before), folder("after", after)


@pytest.fixture
def relabel(tmp_path):
    """Write what was asked, and return its path."""
    path = tmp_path / "relabel.jsonl"
    asked = [{"item_key": f"b1-{n:03}", "question": "label", "export": 1} for n in range(25)]
    path.write_text("\n".join(map(json.dumps, asked)) + "\n", encoding="utf-8")
    return path


def test_a_re_audit_says_what_changed_and_why_the_asked_items_judge_nothing(run, runs, relabel):
    done = run("compare", *runs, "--asked", relabel)
    assert done.code == 0
    assert "changed-not-asked: 5" in done.out
    assert "b1-025 / label in b1: 2 x dog, 1 x cat -> 3 x dog" in done.out
    assert "The asked items alone always improve" in done.words
    assert max(map(len, done.out.splitlines()[3:])) <= 80


def test_json_holds_everything(run, runs, relabel):
    found = run("compare", *runs, "--asked", relabel, "--json").document
    assert (found["schema_version"], found["kind"]) == ("1", "re-audit")
    whole = found["counts"][0]
    assert (whole["asked"], whole["changed_otherwise"], whole["changed_not_asked"]) == (25, 15, 5)
    assert {one["kind"] for one in found["listed"]} >= {"changed-not-asked"}


def test_vendors_of_one_run_on_the_sample_delivery(run, sample_run):
    done = run("compare", sample_run, "--vendors")
    assert (done.code, "meridian - northwind, on the items they share" in done.out) == (0, True)
    pairs = run("compare", sample_run, "--vendors", "--json").document["pairs"]
    (gold,) = [pair for pair in pairs if pair["measure"] == "gold-accuracy"]
    assert gold["low"] < gold["difference"] < gold["high"]


def test_two_runs_of_other_vendors_are_compared_as_vendors(run, tmp_path):
    for vendor in ("v1", "v2"):
        data = deliver(tmp_path / vendor, answers(vendor=vendor, differ=len(vendor)), FULL)
        run("audit", data, "-c", tmp_path / vendor / "labelaudit.toml", "-o", tmp_path / vendor)
    done = run("compare", tmp_path / "v1/latest", tmp_path / "v2/latest")
    assert (done.code, "v1 - v2, on the items they share" in done.out) == (0, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("item_id,question_id\n", "asks for nothing"),
        ("item_id,aspect\na,label\n", "expected columns item_id and question_id"),
        ("item_id,question_id\n,label\n", "name no item or no question"),
        ("item_id,question_id\nother,label\n", "none of its 1 units is in"),
        ("{oops\n", "expected one JSON object on a line"),
    ],
)
def test_a_request_that_is_none_is_refused(run, block, runs, tmp_path, content, said):
    path = tmp_path / "relabel.csv"
    path.write_text(content, encoding="utf-8")
    done = run("compare", *runs, "--asked", path)
    assert (done.code, said in block(done)) == (4, True)


def test_a_run_of_another_schema_is_refused(run, block, runs):
    (runs[1] / "audit.json").write_text('{"schema_version": "99"}')
    done = run("compare", *runs)
    assert (done.code, "expected schema_version '1', found '99'" in block(done)) == (4, True)


@pytest.mark.parametrize("options", [[], ["--vendors"]])
def test_a_document_with_nothing_in_it_is_refused(run, block, runs, options):
    (runs[1] / "audit.json").write_text('{"schema_version": "1"}')
    done = run("compare", *runs, *options)
    assert (done.code, "next: " in block(done)) == (4, True)


def test_the_same_run_twice_is_wrong_usage(run, block, runs):
    done = run("compare", runs[0], runs[0])
    assert (done.code, "are the same audit" in block(done)) == (2, True)


@pytest.mark.parametrize("number", [1, 3])
def test_one_run_or_three_are_wrong_usage(run, runs, number):
    done = run("compare", *[runs[0]] * number)
    assert (done.code, "name two runs" in done.err) == (2, True)


def test_hostile_names_show_as_text(run, tmp_path):
    rows = [{**row, "item": row["item"] + "\x1b[31m<b>"} for row in answers(differ=9)]
    folders = []
    for name, kept in (("one", rows), ("two", [{**row, "label": "cat"} for row in rows])):
        data = deliver(tmp_path / name, kept, CONFIG)
        run("audit", data, "-c", tmp_path / name / "labelaudit.toml", "-o", tmp_path / name)
        folders.append(tmp_path / name / "latest")
    done = run("compare", *folders)
    assert "\x1b" not in done.out
    assert "\\x1b[31m<b>" in done.out
