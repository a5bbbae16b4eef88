"""`labelaudit audit`: the report, the run folder, and one JSON document when asked."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from pyarrow import parquet

from deliveries import CONFIG, GOLD, GOLD_COLUMN, answers, deliver

WITH_GOLD = CONFIG.replace('batch = "batch"\n', f'batch = "batch"\n{GOLD_COLUMN}') + GOLD
FILES = {
    "audit.json",
    "run.json",
    "annotations.parquet",
    "annotators.parquet",
    "cards.parquet",
    "estimates.parquet",
    "findings.parquet",
    "items.parquet",
    "rejected.csv",
    "report.html",
}


@pytest.fixture
def audited(run, tmp_path):
    """Audit rows into `runs`; return how it ended."""
    return lambda rows, config=CONFIG, *more: run(
        "audit", deliver(tmp_path, rows, config), "-o", tmp_path / "runs", *more
    )


def test_a_run_folder_holds_every_file_and_nothing_half_written(audited, tmp_path):
    audited(answers())
    assert {path.name for path in (tmp_path / "runs/latest").iterdir()} == FILES
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_a_run_folder_is_named_by_its_content_and_latest_leads_to_it(audited, tmp_path):
    audited(answers())
    first = (tmp_path / "runs/latest").resolve()
    audited(answers(differ=1))
    assert (tmp_path / "runs/latest").resolve() != first
    audited(answers())
    assert (tmp_path / "runs/latest").resolve() == first


def test_what_depends_on_the_day_is_kept_out_of_the_audit(audited, tmp_path):
    audited(answers())
    run = tmp_path / "runs/latest"
    times = json.loads((run / "run.json").read_text())
    assert times["started_at"] <= times["finished_at"]
    assert times["started_at"][:10] not in (run / "audit.json").read_text()


def test_json_is_one_document_and_the_same_as_in_the_run_folder(audited, tmp_path):
    done = audited(answers(), CONFIG, "--json")
    assert done.out == (tmp_path / "runs/latest/audit.json").read_text()
    summary = {"verdict": "accept", "has_thresholds": True, "max_looks": 4}
    assert done.document["summary"] == summary


def test_the_document_has_the_published_keys(audited):
    document = audited(answers(differ=5), WITH_GOLD, "--json").document
    assert {*document} >= {
        "schema_version", "labelaudit_version", "seed", "config_sha256", "inputs", "rejected",
        "batches", "estimates", "findings", "summary", "consensus", "models", "vendor_comparisons",
        "confusions", "relabel", "items", "items_left_out",
    }  # fmt: skip
    (batch,) = document["batches"]
    assert {*batch["thresholds"][0]} >= {
        "name", "question_id", "limit", "estimate", "bound", "side", "level", "method",
        "outcome", "needs",
    }  # fmt: skip


def test_the_annotators_table_has_a_row_per_person_and_question(audited, tmp_path):
    people = [*answers(people=6, units=40), *answers("b2", people=6, differ=40, units=40)]
    audited(people, WITH_GOLD)
    table = pd.read_parquet(tmp_path / "runs/latest/annotators.parquet").set_index("annotator_id")
    assert list(table.index) == [f"w{n}" for n in range(1, 7)]
    assert table.loc["w6", "gold_accuracy"] == 0.5
    assert table.loc["w6", "gold_answers"] == table.loc["w6", "peer_units"] == 80
    assert list(table.loc["w6", "flagged_by"]) == [
        "annotator-below-peers",
        "annotator-gold-accuracy",
    ]
    assert table.loc["w6", "above_chance"] < table.loc["w1", "above_chance"]
    assert list(table.loc["w1", "flagged_by"]) == []


def test_tables_have_their_columns_and_types_when_nothing_is_in_them(audited, tmp_path):
    audited(answers(people=5))
    findings = parquet.read_schema(tmp_path / "runs/latest/findings.parquet")
    estimates = parquet.read_schema(tmp_path / "runs/latest/estimates.parquet")
    assert str(findings.field("message").type) == "string"
    assert str(estimates.field("vendor").type) == "string"
    assert str(estimates.field("df").type) == "double"


def test_files_that_are_alike_are_said_on_one_line(run, tmp_path):
    data = deliver(tmp_path, answers())
    (data / "more.csv").write_bytes((data / "labels.csv").read_bytes().replace(b"b1", b"b2"))
    done = run("audit", data, "-o", tmp_path / "runs")
    assert "2 files: csv-long, comma-separated, UTF-8\n" in done.err


def test_the_seed_is_recorded(audited):
    assert audited(answers(), CONFIG, "--json", "--seed", "7").document["seed"] == 7
