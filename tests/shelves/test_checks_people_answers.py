"""What somebody answers, and in which order: decay, learning, one answer, patterns, a bias."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import careful, truth
from staff import NAMES, TIMES, audited, by, config, named, rows

TIMED = config(TIMES)
UNITS, PEOPLE = 150, 8
ACCUSING = ("spam", "fraud", "cheat", "lazy", "bad ")


def staff(last=None):
    """Return the labels of a careful staff, the last of whom answers otherwise."""
    labels = careful(UNITS, PEOPLE)
    if last is not None:
        labels[:, -1] = last
    return labels


def drifting(begin):
    """Return the answers of somebody careful up to a unit and guessing from there on."""
    rng = np.random.default_rng(5)
    return np.where(np.arange(UNITS) < begin, truth(UNITS), rng.integers(0, 3, UNITS))


def learning(units=25):
    """Return the answers of somebody who begins by mixing everything up."""
    return np.where(np.arange(UNITS) < units, (truth(UNITS) + 1) % 3, truth(UNITS))


CASES = {
    "annotator-decay": drifting(70),
    "learning-curve": learning(),
    "constant-answering": np.zeros(UNITS, dtype=int),
    "pattern-answering": np.arange(UNITS) % 3,
    "label-bias": np.where((truth(UNITS) == 1) & (np.arange(UNITS) % 4 > 0), 2, truth(UNITS)),
}
WORDS = {
    "annotator-decay": "falls off: agrees with the others",
    "learning-curve": "agreed less at first:",
    "constant-answering": 'one-sided: "ant" is 100% of the answers on 150 shared units',
    "pattern-answering": "follows a pattern: the answers before tell the next one",
    "label-bias": 'recalibrate: gives "cow" on',
}


@pytest.mark.parametrize("check", CASES)
def test_the_one_who_works_so_is_named_with_items_to_open(tmp_path, check):
    findings = audited(tmp_path, rows(staff(CASES[check])), TIMED)
    (found,) = by(check, findings)
    assert (found.annotator_id, found.question_id) == ("w08", "label")
    assert WORDS[check] in found.message
    assert 1 <= len(found.evidence["items"]) <= 5
    assert 0 <= found.evidence["adjusted_p"] <= 0.10
    assert not any(word in found.message.casefold() for word in ACCUSING)


@pytest.mark.parametrize("check", CASES)
def test_nobody_is_named_in_a_careful_staff(tmp_path, check):
    assert by(check, audited(tmp_path, rows(staff()), TIMED)) == []


@pytest.mark.parametrize("check", ["annotator-decay", "learning-curve", "pattern-answering"])
def test_without_times_the_work_has_no_order(tmp_path, check):
    (found,) = by(check, audited(tmp_path, rows(staff(CASES[check])), config()))
    assert found.outcome == "unknown"
    assert found.message.startswith("not testable: no order; needs the time of most answers")


def test_one_answer_to_everything_is_seen_without_times(tmp_path):
    (found,) = by(
        "constant-answering", audited(tmp_path, rows(staff(CASES["constant-answering"])), config())
    )
    assert found.evidence["longest_run"] is None
    assert (found.evidence["label"], found.evidence["share"]) == ("ant", 1.0)


def test_a_long_run_is_told_beside_what_the_units_called_for(tmp_path):
    findings = audited(tmp_path, rows(staff(CASES["constant-answering"])), TIMED)
    (found,) = by("constant-answering", findings)
    assert found.evidence["longest_run"] == UNITS
    assert found.evidence["usual_run"] < 10
    assert f"longest run {UNITS} answers" in found.message


def test_a_decline_is_dated(tmp_path):
    (found,) = by("annotator-decay", audited(tmp_path, rows(staff(drifting(70))), TIMED))
    assert found.evidence["onset"] == pytest.approx(71, abs=15)
    assert all(item >= "b1-0060" for item in found.evidence["items"])


def test_a_late_decline_is_called_late(tmp_path):
    wrong = np.where(np.arange(UNITS) < 125, truth(UNITS), (truth(UNITS) + 1) % 3)
    (found,) = by("annotator-decay", audited(tmp_path, rows(staff(wrong)), TIMED))
    assert "a late onset, from answer 12" in found.message


def test_learning_is_no_decay_and_no_breach(tmp_path):
    findings = audited(tmp_path, rows(staff(learning(20))), TIMED)
    assert named("annotator-decay", findings) == []
    (found,) = by("learning-curve", findings)
    assert (found.outcome, found.severity) == ("warning", "low")


def test_a_pattern_shows_the_sequence(tmp_path):
    findings = audited(tmp_path, rows(staff(np.arange(UNITS) % 3)), TIMED)
    (found,) = by("pattern-answering", findings)
    assert found.evidence["sequence"] == [*NAMES] * 4
    assert found.evidence["chance_by_order"] > 0.9 > found.evidence["chance_by_item"]


def test_a_bias_shows_the_pair_of_labels_beside_the_usual_rate(tmp_path):
    (found,) = by("label-bias", audited(tmp_path, rows(staff(CASES["label-bias"])), TIMED))
    assert (found.evidence["seen_as"], found.evidence["given"]) == ("bee", "cow")
    assert found.evidence["rate"] > 0.5
    assert found.evidence["usual_rate"] < 0.15
    assert found.outcome == "warning"


def test_one_who_guesses_has_no_bias_to_recalibrate(tmp_path):
    guesses = np.random.default_rng(3).integers(0, 3, UNITS)
    findings = audited(tmp_path, rows(staff(guesses)), TIMED)
    assert named("annotator-below-peers", findings) == ["w08"]
    assert named("label-bias", findings) == []


@pytest.mark.parametrize(
    ("check", "key"),
    [
        ("annotator-decay", "min_drop_fraction = 0.9"),
        ("learning-curve", "min_difference_fraction = 0.99"),
        ("constant-answering", "max_entropy_fraction = 0.0"),
        ("pattern-answering", "min_gain_fraction = 0.99"),
        ("label-bias", "min_excess_fraction = 0.99"),
    ],
)
def test_the_keys_of_the_policy_hold(tmp_path, check, key):
    strict = config(TIMES, more=f"[checks.{check}]\n{key}\n")
    found = by(check, audited(tmp_path, rows(staff(CASES[check])), strict))
    assert all("longest run" in finding.message for finding in found)
    assert len(found) == (check == "constant-answering")
