"""Deliveries that are hardly fit to judge people by: no check crashes, none passes in silence."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import careful
from deliveries import with_cell
from labelaudit.checks import CHECKS
from staff import ASKED, GOLD, GROUP, TIMES, audited, by, config, rows

UNITS = 60
OF_PEOPLE = (
    "annotator-below-peers",
    "annotator-decay",
    "learning-curve",
    "constant-answering",
    "pattern-answering",
    "label-bias",
    "annotators-copying",
)
OF_TIMES = ("response-time", "impossible-throughput", "overlapping-work", "unusable-times")
OF_GOLD = ("annotator-gold-accuracy", "gold-peer-gap")
ALL_COLUMNS = config(TIMES, GOLD, GROUP, more=ASKED)
FULL = rows(
    careful(UNITS, 6),
    pace=20 + 0.1 * np.arange(UNITS)[:, None],
    gold=dict.fromkeys(range(0, UNITS, 3), 0),
    group=["north"] * 3 + ["south"] * 3,
)


def emptied(*columns):
    return [{**row, **dict.fromkeys(columns, "")} for row in FULL]


def apart(rows_):
    """Return two batches without a common annotator or item."""
    other = [
        {**row, "item": f"z{row['item']}", "who": f"z{row['who']}", "batch": "b2"} for row in rows_
    ]
    return [*rows_, *other]


DEGENERATE = {
    "no times": emptied("spent", "began", "ended"),
    "no gold": emptied("gold"),
    "no groups": emptied("group"),
    "no labels": emptied("label"),
    "one row": FULL[:1],
    "one annotator": [row for row in FULL if row["who"] == "w01"],
    "two annotators": [row for row in FULL if row["who"] in {"w01", "w02"}],
    "one unit": FULL[:6],
    "no unit twice": [row for n, row in enumerate(FULL) if n % 7 == 0],
    "one label": [{**row, "label": "ant"} for row in FULL],
    "only labels outside": [{**row, "label": "yak"} for row in FULL],
    "gold outside": [{**row, "gold": "yak"} for row in FULL],
    "gold all wrong": [{**row, "gold": {"ant": "bee", "bee": "cow"}.get(row["label"], "ant")}
                       for row in FULL if row["who"] == "w01"],
    "nothing in common": apart(FULL),
    "times all equal": [{**row, "began": FULL[0]["began"], "ended": FULL[0]["ended"], "spent": "5"}
                        for row in FULL],
    "end before start": [{**row, "began": row["ended"], "ended": row["began"]} for row in FULL],
    "durations of nothing": [{**row, "spent": "0"} for row in FULL],
    "a unit a person": [{**row, "item": f"i{n}", "who": f"p{n}"} for n, row in enumerate(FULL)],
}  # fmt: skip


@pytest.mark.parametrize("case", DEGENERATE)
def test_no_check_crashes_and_what_is_unknown_says_what_it_needs(tmp_path, case):
    for finding in audited(tmp_path, DEGENERATE[case], ALL_COLUMNS):
        assert finding.message
        if finding.outcome == "unknown":
            assert finding.evidence["needs"]
    assert {check.NAME for check in CHECKS} >= {*OF_PEOPLE, *OF_TIMES, *OF_GOLD}


def silent(findings, checks):
    """Return the checks that say nothing."""
    said = {finding.check for finding in findings}
    return [check for check in checks if check not in said]


@pytest.mark.parametrize(
    ("case", "checks"),
    [
        ("no times", ("annotator-decay", "learning-curve", "pattern-answering", *OF_TIMES)),
        ("no gold", OF_GOLD),
        ("gold outside", OF_GOLD),
        ("two annotators", (*OF_PEOPLE[:1], "constant-answering", "label-bias",
                            "annotators-copying", "response-time")),
        ("one annotator", (*OF_PEOPLE[:4], "label-bias", "annotators-copying", "response-time")),
        ("no labels", (*OF_PEOPLE, "unlike-staff")),
        ("one label", ("annotator-below-peers", "constant-answering", "annotators-copying")),
        ("nothing in common", ("label-bias",)),
        ("times all equal", ("annotator-decay", "learning-curve", "pattern-answering",
                             "impossible-throughput", "overlapping-work", "unusable-times")),
        ("end before start", ("unusable-times",)),
        ("durations of nothing", ("response-time", "unusable-times")),
        ("a unit a person", OF_PEOPLE),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_never_passed_in_silence(tmp_path, case, checks):
    findings = audited(tmp_path, DEGENERATE[case], ALL_COLUMNS)
    assert silent(findings, checks) == []
    accused = [found for found in findings if found.annotator_id and found.outcome == "breach"]
    assert accused == []


@pytest.mark.parametrize("year", ["1970-01-01T00:00:00Z", "9999-12-31T00:00:00Z"])
def test_a_year_out_of_range_is_a_fault_of_its_row(tmp_path, year):
    findings = audited(tmp_path, with_cell(FULL, 0, ended=year), ALL_COLUMNS)
    (found,) = by("invalid-row", findings)
    assert "time-out-of-range" in found.message


def test_naive_times_beside_zoned_ones_are_faults_of_their_rows(tmp_path):
    findings = audited(tmp_path, with_cell(FULL, 0, ended="2026-01-05T08:00:00"), ALL_COLUMNS)
    (found,) = by("invalid-row", findings)
    assert "time-without-zone" in found.message


def test_a_staff_that_all_guesses_is_no_pass(tmp_path):
    guesses = np.random.default_rng(0).integers(0, 3, (120, 8))
    findings = audited(tmp_path, rows(guesses), config(TIMES))
    (found,) = by("annotator-below-peers", findings)
    assert "agree hardly more than by chance" in found.message


def test_gold_that_is_all_wrong_is_doubted(tmp_path):
    labels = careful(120, 6, mistakes=0.02)
    wrong = {unit: int(labels[unit, 0] + 1) % 3 for unit in range(0, 120, 3)}
    findings = audited(tmp_path, rows(labels, gold=wrong), config(GOLD, more=ASKED))
    (found,) = by("annotator-gold-accuracy", findings)
    assert (found.outcome, found.annotator_id) == ("warning", None)


def test_on_numbers_answers_do_not_compare_and_times_do(tmp_path):
    numbers = ALL_COLUMNS.replace('"nominal"', '"ratio"').replace(
        "labels = ['ant', 'bee', 'cow']\n", ""
    )
    given = [{**row, "label": f"{n % 50 + 0.5}", "gold": ""} for n, row in enumerate(FULL)]
    findings = audited(tmp_path, given, numbers)
    for check in OF_PEOPLE:
        assert [found.outcome for found in by(check, findings)] == ["unknown"]
    assert by("response-time", findings) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.NAME)
def test_a_clean_delivery_accuses_nobody(check, clean_findings):
    assert [found for found in by(check.NAME, clean_findings) if found.annotator_id] == []


@pytest.fixture(scope="module")
def clean_findings(tmp_path_factory):
    return audited(tmp_path_factory.mktemp("clean"), FULL, ALL_COLUMNS)


@pytest.mark.parametrize("people", [2, 4])
@pytest.mark.parametrize("check", ["learning-curve", "annotator-decay"])
def test_few_who_disagree_at_first_or_at_last_are_not_told_apart(tmp_path, check, people):
    labels = careful(200, people, mistakes=0.02)
    torn = slice(0, 20) if check == "learning-curve" else slice(120, 200)
    labels[torn, 0] = (labels[torn, 0] + 1) % 3
    (found,) = by(check, audited(tmp_path, rows(labels), config(TIMES)))
    assert found.outcome == "unknown"
    assert "too few annotators" in found.message
    assert "5 people who share units" in found.message
