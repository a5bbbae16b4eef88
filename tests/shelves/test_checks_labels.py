"""The checks that look at rows and labels: each passes, breaches, and counts what it saw."""

from __future__ import annotations

import json
import re

import pytest

from deliveries import CONFIG, answers, seen, with_cell, with_columns
from labelaudit.checks import CHECKS

STRICT = CONFIG + "max_rejected_fraction = 0.0\n"


def outcomes(findings):
    return [(finding.outcome, finding.severity, finding.batch_id) for finding in findings]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.NAME)
def test_every_key_stands_on_its_page_with_its_unit_and_default(check):
    page = " ".join(check.__doc__.split())
    for name, default in check.KEYS.items():
        unit, stated = re.search(rf"`{name}` \((.+?), default ([\d.]+)\)", page).groups()
        assert float(stated) == default
        assert (unit == "0 to 1") == name.endswith("_fraction")


@pytest.mark.parametrize(
    "check", ["label-not-in-domain", "invalid-row", "missing-label", "duplicate-annotation",
              "near-alias", "unusable-gold"],
)  # fmt: skip
def test_a_clean_delivery_gives_no_finding(tmp_path, check):
    assert seen(tmp_path, answers(), CONFIG, check) == []


def test_stray_labels_within_the_limit_are_a_warning(tmp_path):
    rows = with_cell(answers(), 0, label="hamster")
    found = seen(tmp_path, rows, CONFIG, "label-not-in-domain")
    assert outcomes(found) == [("warning", "low", "b1")]
    assert found[0].evidence == {
        "faults": 1, "rejected_rows": 1, "rows": 180, "examples": ["hamster"]
    }  # fmt: skip


def test_members_of_sets_outside_the_domain_are_named(tmp_path):
    config = CONFIG.replace("nominal", "set")
    rows = [{**row, "label": json.dumps([row["label"]])} for row in answers()]
    rows = with_cell(rows, 0, label='["hamster", "cat", 7]')
    (found,) = seen(tmp_path, rows, config, "label-not-in-domain")
    assert found.evidence["examples"] == ['"hamster", "7" in ["hamster", "cat", 7]']
    assert found.evidence["rejected_rows"] == 1


def test_stray_labels_beyond_the_limit_are_a_high_breach(tmp_path):
    rows = with_cell(answers(), 0, label="hamster")
    assert outcomes(seen(tmp_path, rows, STRICT, "label-not-in-domain")) == [
        ("breach", "high", "b1")
    ]


def test_the_share_of_rejected_rows_is_that_of_the_batch(tmp_path):
    rows = [*with_cell(answers(), 0, label="hamster"), *answers("b2")]
    rows = with_cell(rows, 181, label="hamster")
    config = CONFIG + "max_rejected_fraction = 0.004\n"
    found = seen(tmp_path, rows, config, "label-not-in-domain")
    assert outcomes(found) == [("breach", "high", "b1"), ("breach", "high", "b2")]
    assert "1 of 180 rows (0.6%) rejected in all, more than the 0.4% allowed" in found[0].message


def test_rows_without_an_id_are_invalid_not_out_of_domain(tmp_path):
    rows = with_cell(answers(), 0, who="")
    found = seen(tmp_path, rows, STRICT, "invalid-row")
    assert outcomes(found) == [("breach", "high", "b1")]
    assert found[0].message.startswith("1 fault: missing-annotator (annotator_id); 1 of 180 rows")


def test_rows_without_a_batch_are_a_finding_of_the_whole_delivery(tmp_path):
    found = seen(tmp_path, with_cell(answers(), 0, batch=""), CONFIG, "invalid-row")
    assert [(finding.outcome, finding.batch_id) for finding in found] == [("breach", None)]


@pytest.mark.parametrize(("empty", "outcome"), [(1, "warning"), (9, "warning"), (10, "breach")])
def test_empty_answers_breach_above_their_limit(tmp_path, empty, outcome):
    rows = answers()
    for number in range(empty):
        rows = with_cell(rows, number, label="")
    (found,) = seen(tmp_path, rows, CONFIG, "missing-label")
    assert (found.outcome, found.evidence["missing"]) == (outcome, empty)


def test_the_limit_of_empty_answers_can_be_set(tmp_path):
    config = CONFIG + "[checks.missing-label]\nmax_missing_fraction = 0.0\n"
    (found,) = seen(tmp_path, with_cell(answers(), 0, label=""), config, "missing-label")
    assert (found.outcome, found.severity) == ("breach", "high")


def test_repeated_annotations_are_counted_by_batch(tmp_path):
    rows = answers()
    config = f'[delivery]\nduplicates = "last"\n{CONFIG}'
    found = seen(tmp_path, [*rows, *rows[:3]], config, "duplicate-annotation")
    assert outcomes(found) == [("warning", "medium", "b1")]
    assert found[0].message.startswith("3 repeated annotations set aside")


def test_names_that_look_alike_are_a_warning_and_never_merged(tmp_path):
    rows = [{**row, "who": "W1"} if row["item"] == "b1-000" and row["who"] == "w1" else row
            for row in answers()]  # fmt: skip
    (found,) = seen(tmp_path, rows, CONFIG, "near-alias")
    assert (found.outcome, found.message) == ("warning", "annotators look alike: 'W1', 'w1'")


def test_many_names_that_look_alike_are_cut(tmp_path):
    names = ["cat" + " " * n for n in range(9)]
    config = CONFIG.replace('"cat", "dog"', ", ".join(f'"{name}"' for name in [*names, "dog"]))
    rows = answers()
    for number, name in enumerate(names):
        rows = with_cell(rows, number * 3, label=name)
    (found,) = seen(tmp_path, rows, config, "near-alias")
    assert found.message.endswith(" and 4 more")
    assert found.evidence["count"] == 9


GOLD = with_columns('gold = "gold"\n')


def test_gold_that_contradicts_itself_is_said(tmp_path):
    rows = with_cell(answers(), 0, gold="dog")
    (found,) = seen(tmp_path, rows, GOLD, "unusable-gold")
    assert found.message == "1 of 60 gold units have more than one gold label"


def test_gold_outside_the_domain_is_said(tmp_path):
    rows = [{**row, "gold": "hamster"} if row["item"] == "b1-000" else row for row in answers()]
    (found,) = seen(tmp_path, rows, GOLD, "unusable-gold")
    assert found.message == (
        '1 different gold label outside the question\'s domain, such as "hamster"'
    )
