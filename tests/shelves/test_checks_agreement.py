"""The checks that look at agreement, gold, overlap and people: pass, breach and cannot look."""

from __future__ import annotations

import pytest

from deliveries import CONFIG, GOLD, GOLD_COLUMN, answers, seen, with_columns

WITH_GOLD = with_columns(GOLD_COLUMN) + GOLD
PEERS = "annotator-below-peers"


def outcomes(findings):
    return [(finding.outcome, finding.severity) for finding in findings]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (answers(units=100), []),
        (answers(units=100, differ=70), [("breach", "high")]),
        (answers(units=20, differ=3), [("warning", "medium")]),
        (answers(people=1), [("unknown", "medium")]),
    ],
)
def test_low_agreement_passes_breaches_warns_or_cannot_look(tmp_path, rows, expected):
    assert outcomes(seen(tmp_path, rows, CONFIG, "low-agreement")) == expected


def test_low_agreement_says_nothing_where_no_floor_is_set(tmp_path):
    config = CONFIG.partition("[policy]")[0]
    assert seen(tmp_path, answers(differ=50), config, "low-agreement") == []


def test_low_agreement_carries_its_evidence(tmp_path):
    (found,) = seen(tmp_path, answers(units=100, differ=70), CONFIG, "low-agreement")
    evidence = found.evidence
    assert evidence["estimate"] < evidence["bound"] < evidence["limit"] == 0.667
    assert (evidence["side"], evidence["level"]) == ("upper", 0.95)
    assert f"krippendorff-alpha is {evidence['estimate']:.3f} (upper bound" in found.message


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        (None, []),
        ("cat", [("breach", "high")]),
        ("", [("unknown", "medium")]),
    ],
)
def test_low_gold_accuracy_passes_breaches_or_cannot_look(tmp_path, gold, expected):
    rows = [
        {**row, "gold": row["gold"] if gold is None else gold}
        for row in answers(units=100, people=6)
    ]
    assert outcomes(seen(tmp_path, rows, WITH_GOLD, "low-gold-accuracy")) == expected


@pytest.mark.parametrize(
    ("shared", "alone", "expected"),
    [
        (30, 0, []),
        (29, 0, [("breach", "medium")]),
        (30, 270, []),
        (30, 271, [("breach", "medium")]),
    ],
)
def test_thin_overlap_wants_enough_units_and_enough_of_them(tmp_path, shared, alone, expected):
    rows = answers(units=shared) + [
        {**row, "item": f"alone-{row['item']}"} for row in answers(units=alone, people=1)
    ]
    assert outcomes(seen(tmp_path, rows, CONFIG, "thin-overlap")) == expected


def test_thin_overlap_can_be_set(tmp_path):
    config = CONFIG + "[checks.thin-overlap]\nmin_units_count = 10\n"
    assert seen(tmp_path, answers(units=10), config, "thin-overlap") == []


ODD = answers(people=6, differ=60)


def test_one_who_answers_otherwise_is_below_peers_and_nobody_else(tmp_path):
    (found,) = seen(tmp_path, ODD, CONFIG, PEERS)
    assert (found.outcome, found.severity, found.annotator_id) == ("breach", "medium", "w6")
    assert found.message == (
        "below peers: agrees with the others on 0.0% of 60 shared units, 100 points under their"
        " agreement among themselves"
    )
    assert found.evidence["adjusted_p"] < 0.10


def test_nobody_is_below_peers_where_all_answer_alike(tmp_path):
    assert seen(tmp_path, answers(people=6, differ=2), CONFIG, PEERS) == []


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ("min_difference_fraction = 0.9", ["breach"]),
        ("min_units_count = 60", ["breach"]),
        ("min_units_count = 61", ["unknown"]),
        ("false_discovery_fraction = 0.0", []),
    ],
)
def test_who_is_below_peers_follows_the_keys(tmp_path, change, outcome):
    found = seen(tmp_path, ODD, f"{CONFIG}[checks.{PEERS}]\n{change}\n", PEERS)
    assert [finding.outcome for finding in found] == outcome


def test_one_a_little_below_is_not_far_enough_below(tmp_path):
    rows = answers(people=6, units=400, differ=range(0, 400, 8))
    config = f"{CONFIG}[checks.{PEERS}]\nmin_difference_fraction = 0.3\n"
    assert seen(tmp_path, rows, config, PEERS) == []
    assert len(seen(tmp_path, rows, CONFIG, PEERS)) == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (answers(people=4), "too few annotators; needs 10 units shared with others, for 5 people"),
        (answers(people=6, units=9), "too few units; needs 10 units"),
        (answers(people=1), "too few units; needs 10 units"),
    ],
)
def test_too_few_people_or_units_cannot_be_compared(tmp_path, rows, words):
    (found,) = seen(tmp_path, rows, CONFIG, PEERS)
    assert (found.outcome, words in found.message) == ("unknown", True)
    assert found.evidence["needs"]


def test_people_are_not_compared_by_equal_numbers(tmp_path):
    config = CONFIG.replace('"nominal"\nlabels = ["cat", "dog"]', '"ratio"')
    rows = [{**row, "label": f"{n % 40}.5"} for n, row in enumerate(ODD)]
    (found,) = seen(tmp_path, rows, config, PEERS)
    assert found.outcome == "unknown"
    assert "equal answers say little on the ratio scale" in found.message


def test_a_minority_view_on_a_subjective_question_is_no_flag(tmp_path):
    config = CONFIG.replace("[questions.label]\n", '[questions.label]\nnature = "subjective"\n')
    assert seen(tmp_path, ODD, config, PEERS) == []
