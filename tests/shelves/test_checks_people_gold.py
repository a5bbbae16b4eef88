"""Gold and people: under the standard, better on gold than elsewhere, and gold in doubt."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import careful, truth
from staff import ASKED, GOLD, GROUP, audited, by, config, named, rows

UNITS, PEOPLE = 160, 8
ACCURACY, GAP = "annotator-gold-accuracy", "gold-peer-gap"
WITH_GOLD = config(GOLD, more=ASKED)
KEY = {unit: int(truth(UNITS)[unit]) for unit in range(0, UNITS, 4)}  # 40 gold units


def staff(last=None, mistakes=0.05):
    labels = careful(UNITS, PEOPLE, seed=2, mistakes=mistakes)
    if last is not None:
        labels[:, -1] = last
    return labels


def half_right():
    return np.where(np.arange(UNITS) % 8 < 4, truth(UNITS), (truth(UNITS) + 1) % 3)


def knows_the_gold():
    guesses = np.random.default_rng(1).integers(0, 3, UNITS)
    return np.where(np.isin(np.arange(UNITS), [*KEY]), truth(UNITS), guesses)


def test_one_under_the_standard_is_named_with_an_exact_interval(tmp_path):
    (found,) = by(ACCURACY, audited(tmp_path, rows(staff(half_right()), gold=KEY), WITH_GOLD))
    assert found.annotator_id == "w08"
    assert found.message == (
        "below the standard on gold: 20 of 40 right, 50.0% [33.8%, 66.2%], asked 90%"
    )
    assert found.evidence["items"] == ["b1-0004", "b1-0012", "b1-0020", "b1-0028", "b1-0036"]


def test_nobody_is_named_where_all_keep_the_standard(tmp_path):
    findings = audited(tmp_path, rows(staff(), gold=KEY), WITH_GOLD)
    assert by(ACCURACY, findings) == by(GAP, findings) == []


def test_without_a_standard_nobody_is_held_to_one(tmp_path):
    findings = audited(tmp_path, rows(staff(half_right()), gold=KEY), config(GOLD))
    assert by(ACCURACY, findings) == []


def test_too_little_gold_says_how_much_it_takes(tmp_path):
    few = {unit: KEY[unit] for unit in [*KEY][:12]}
    (found,) = by(ACCURACY, audited(tmp_path, rows(staff(), gold=few), WITH_GOLD))
    assert found.outcome == "unknown"
    assert found.message == (
        "not testable: too few gold; needs 20 gold answers, to tell 70% right from the standard"
        " of 90%"
    )


@pytest.mark.parametrize("check", [ACCURACY, GAP])
def test_without_gold_nothing_can_be_seen(tmp_path, check):
    (found,) = by(check, audited(tmp_path, rows(staff()), WITH_GOLD))
    assert found.message.startswith("not testable: no gold; needs")


def test_gold_that_everybody_misses_is_in_doubt_and_nobody_is_named(tmp_path):
    wrong = {unit: (label + 1) % 3 for unit, label in KEY.items()}
    (found,) = by(ACCURACY, audited(tmp_path, rows(staff(), gold=wrong), WITH_GOLD))
    assert (found.outcome, found.annotator_id) == ("warning", None)
    assert "the gold or the guideline is in doubt" in found.message
    assert len(found.evidence["items"]) == 5


def test_who_is_far_under_a_staff_that_is_under_the_standard_is_named(tmp_path):
    labels = staff((truth(UNITS) + 1) % 3, mistakes=0.2)
    findings = by(ACCURACY, audited(tmp_path, rows(labels, gold=KEY), WITH_GOLD))
    assert [(found.outcome, found.annotator_id) for found in findings] == [
        ("breach", "w08"),
        ("warning", None),
    ]


def test_gold_outside_the_domain_is_no_gold(tmp_path):
    given = [{**row, "gold": "yak" if row["gold"] else ""} for row in rows(staff(), gold=KEY)]
    findings = audited(tmp_path, given, WITH_GOLD)
    for check in (ACCURACY, GAP):
        assert [found.outcome for found in by(check, findings)] == ["unknown"]
    assert by("unusable-gold", findings)


def test_one_much_better_on_gold_than_elsewhere_is_named(tmp_path):
    (found,) = by(GAP, audited(tmp_path, rows(staff(knows_the_gold()), gold=KEY), WITH_GOLD))
    assert found.annotator_id == "w08"
    assert found.message.startswith(
        "better on gold than elsewhere: right on 100.0% of 40 gold units, like most others on"
    )
    assert found.evidence["gap"] > 0.4 + found.evidence["usual_gap"]
    assert found.evidence["gold_items"][0] == "b1-0000"


def test_the_gap_is_seen_within_declared_groups_too(tmp_path):
    sides = ["north", "south"] * (PEOPLE // 2)
    given = rows(staff(knows_the_gold()), gold=KEY, group=sides)
    assert named(GAP, audited(tmp_path, given, config(GOLD, GROUP, more=ASKED))) == ["w08"]


def test_a_wider_gap_can_be_asked_for(tmp_path):
    lax = f"{WITH_GOLD}[checks.gold-peer-gap]\nmin_gap_fraction = 0.9\n"
    assert by(GAP, audited(tmp_path, rows(staff(knows_the_gold()), gold=KEY), lax)) == []


def test_opinions_are_not_held_against_the_others_on_gold(tmp_path):
    opinions = config(GOLD, more=ASKED, nature="subjective")
    findings = audited(tmp_path, rows(staff(knows_the_gold()), gold=KEY), opinions)
    assert named(GAP, findings) == []
