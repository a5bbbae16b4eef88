"""Rows at fault are rejected and counted, by file, row, column, value and reason; none vanishes."""

from __future__ import annotations

import csv

import pytest

from deliveries import COLUMNS, CONFIG, answers, deliver, with_cell

TIMED = f'{COLUMNS}duration_s = "seconds"\n{CONFIG.removeprefix(COLUMNS)}'


@pytest.fixture
def rejected(run, tmp_path):
    """Audit rows; return how it ended, and the rejected cells as (row, column, value, reason)."""

    def audit(rows, config=CONFIG):
        done = run("audit", deliver(tmp_path, rows, config), "-o", tmp_path / "runs")
        assert done.code == 0, done.err
        with (tmp_path / "runs/latest/rejected.csv").open(newline="") as file:
            cells = list(csv.DictReader(file))
        return done, [
            (cell["row"], cell["column"], cell["value"], cell["reason"]) for cell in cells
        ]

    return audit


def test_a_label_outside_the_domain_rejects_its_row(rejected):
    done, cells = rejected(with_cell(answers(), 5, label="hamster"))
    assert cells == [("7", "label", "hamster", "label-not-in-domain")]
    assert "1 fault: label-not-in-domain (label), such as 'hamster'" in done.words
    assert "(1 rejected, listed in rejected.csv)" in done.words


@pytest.mark.parametrize(
    ("seconds", "reason"),
    [
        ("-3.5", "negative-duration"),
        ("nan", "duration-not-finite"),
        ("inf", "duration-not-finite"),
        ("a while", "duration-not-a-number"),
    ],
)
def test_a_bad_duration_rejects_its_row(rejected, seconds, reason):
    rows = [{**row, "seconds": "12"} for row in answers()]
    done, cells = rejected(with_cell(rows, 0, seconds=seconds), TIMED)
    assert cells == [("2", "duration_s", seconds, reason)]
    assert f"invalid-row b1 1 fault: {reason} (duration_s)" in done.words


def test_a_missing_id_rejects_its_row(rejected):
    _, cells = rejected(with_cell(answers(), 3, who=""))
    assert cells == [("5", "annotator_id", "", "missing-annotator")]


def test_an_empty_label_is_missing_not_rejected(rejected):
    done, cells = rejected(with_cell(answers(), 3, label=""))
    assert cells == []
    assert "1 of 180 answers (0.6%) are empty" in done.words


def test_na_is_a_label_like_any_other(rejected):
    config = CONFIG.replace('"dog"]', '"dog", "NA", "None", "null"]')
    rows = answers()
    for number, word in enumerate(["NA", "None", "null"]):
        rows = with_cell(rows, number, label=word)
    done, cells = rejected(rows, config)
    assert cells == []
    assert "empty" not in done.words


def test_too_many_rejected_rows_reject_the_batch(run, tmp_path):
    rows = [*answers(units=150), *answers("b2", units=150)]
    for number in range(6):
        rows = with_cell(rows, number, label="hamster")
    done = run("gate", deliver(tmp_path, rows), "-o", tmp_path / "runs")
    assert "6 of 450 rows (1.3%) rejected in all, more than the 1.0% allowed" in done.words
    assert done.err.endswith("gate: FAIL (exit 1): rejected: b1\n")


def test_the_same_annotator_twice_stops_the_audit_with_the_lines(run, block, tmp_path):
    rows = answers()
    done = run("audit", deliver(tmp_path, [*rows, rows[0]]), "-o", tmp_path / "runs")
    said = block(done)
    assert done.code == 4
    assert "item b1-000, annotator w1: 'cat'" in said
    assert "labels.csv:2" in said
    assert "labels.csv:182" in said
    assert 'duplicates = "first"' in said


def test_repeated_annotations_are_counted_where_the_policy_keeps_one(run, tmp_path):
    rows = answers()
    data = deliver(tmp_path, [*rows, *rows[:5]], f'[delivery]\nduplicates = "first"\n{CONFIG}')
    done = run("audit", data, "-o", tmp_path / "runs")
    assert done.code == 0
    assert "5 repeated annotations set aside" in done.words
