"""People together: pairs who answer alike, a staff of two camps, flags that follow a group."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import careful, truth
from staff import GROUP, TIMES, audited, by, config, named, rows

UNITS = 160
PAIR, STAFF, FLAGS, PEERS = (
    "annotators-copying", "unlike-staff", "uneven-flags", "annotator-below-peers",
)  # fmt: skip
TIMED = config(TIMES)
AGREEMENT = (PEERS, "annotator-decay", "learning-curve", "label-bias", "gold-peer-gap")


def copied(people=10, mistakes=0.15):
    """Return the labels of a staff, the last of whom repeats the one before."""
    labels = careful(UNITS, people, seed=4, mistakes=mistakes)
    labels[:, -1] = np.where(np.arange(UNITS) % 10 > 0, labels[:, -2], labels[:, -1])
    return labels


def guessing(people, guessers, seed=6):
    labels = careful(UNITS, people, seed=seed, mistakes=0.05)
    labels[:, -guessers:] = np.random.default_rng(seed).integers(0, 3, (UNITS, guessers))
    return labels


def test_a_pair_who_err_alike_is_named_with_both_names(tmp_path):
    (found,) = by(PAIR, audited(tmp_path, rows(copied()), TIMED))
    assert (found.annotator_id, found.evidence["other_annotator"]) == ("w09", "w10")
    assert found.message.startswith("w09 and w10 gave the same answer on ")
    assert (
        found.evidence["same_against_others"] > 5 * found.evidence["same_against_others_expected"]
    )
    assert len(found.evidence["items"]) == 5
    assert "two ids" not in found.message


def by_turns(together=0):
    """Return rows of a pair who work hour by hour in turns, but for so many common hours."""
    given = []
    for n, row in enumerate(rows(copied())):
        unit = n // 10
        block = unit // 8
        hour = block * 2 + (row["who"] == "w10" and block >= together)
        moment = f"2026-01-{6 + hour // 24:02}T{hour % 24:02}:{unit % 8 * 5:02}:00Z"
        given.append({**row, "ended": moment} if row["who"] in {"w09", "w10"} else row)
    return given


@pytest.mark.parametrize(("together", "one"), [(0, True), (2, True), (7, False)])
def test_a_pair_who_take_turns_may_be_one_person(tmp_path, together, one):
    settings = config('submitted_at = "ended"\n')
    (found,) = by(PAIR, audited(tmp_path, by_turns(together), settings))
    assert ("or one person with two ids" in found.message) == one
    assert found.evidence["sessions_overlapping"] == together
    assert found.evidence["sessions_expected"] > 10


def test_a_pair_is_found_in_a_crew_that_shares_nothing_with_the_other(tmp_path):
    here = rows(copied())
    there = rows(careful(UNITS, 10, seed=7, mistakes=0.15), batch="b2")
    given = [*here, *({**row, "who": f"z{row['who']}"} for row in there)]
    findings = audited(tmp_path, given, TIMED)
    assert named(PAIR, findings) == ["w09"]
    assert by(PEERS, findings) == by("label-bias", findings) == []


def test_crews_too_small_for_a_consensus_are_no_pass(tmp_path):
    crews = [careful(UNITS, 3, seed=seed) for seed in range(4)]
    given = [{**row, "who": f"{n}{row['who']}"} for n, labels in enumerate(crews)
             for row in rows(labels, batch=f"b{n}")]  # fmt: skip
    for check in (PAIR, "label-bias"):
        (found,) = by(check, audited(tmp_path, given, TIMED))
        assert found.message.startswith("not testable: disconnected annotators; needs units with")


def test_good_people_who_agree_are_no_pair(tmp_path):
    assert by(PAIR, audited(tmp_path, rows(careful(UNITS, 10, mistakes=0.02)), TIMED)) == []


@pytest.mark.parametrize(("units", "people"), [(24, 10), (UNITS, 6)])
def test_too_little_overlap_is_no_pass(tmp_path, units, people):
    (found,) = by(PAIR, audited(tmp_path, rows(careful(units, people)), TIMED))
    assert found.message.startswith("not testable: too little overlap; needs 25 shared units")


def test_somebody_who_met_nobody_often_is_counted(tmp_path):
    labels = careful(UNITS, 10)
    labels[20:, -1] = -1
    (found,) = by(PAIR, audited(tmp_path, rows(labels), TIMED))
    assert "too little overlap for 1 of 10 annotators" in found.message


def test_who_is_both_fast_and_unlike_the_others_is_told_both(tmp_path):
    pace = np.random.default_rng(1).lognormal(3, 0.3, (UNITS, 10))
    pace[:, -1] /= 5
    findings = audited(tmp_path, rows(guessing(10, 1), pace=pace), TIMED)
    assert named(PEERS, findings) == named("response-time", findings) == ["w10"]


def test_too_many_unlike_the_rest_weaken_the_comparison(tmp_path):
    (found,) = by(STAFF, audited(tmp_path, rows(guessing(10, 3)), TIMED))
    assert found.outcome == "warning"
    assert found.message == (
        "3 of 10 people (30%) are unlike the rest: gold or an audit of random units must decide"
    )
    assert found.evidence["annotators"] == ["w08", "w09", "w10"]


def test_few_unlike_the_rest_do_not(tmp_path):
    assert by(STAFF, audited(tmp_path, rows(guessing(10, 1)), TIMED)) == []
    lax = config(TIMES, more=f"[checks.{STAFF}]\nmax_unlike_fraction = 0.05\n")
    assert len(by(STAFF, audited(tmp_path, rows(guessing(10, 1)), lax))) == 1


def test_where_nobody_can_be_compared_the_staff_is_unknown(tmp_path):
    findings = by(STAFF, audited(tmp_path, rows(careful(40, 3)), config()))
    assert [found.outcome for found in findings] == ["unknown"]


def test_where_everybody_guesses_the_others_are_no_yardstick(tmp_path):
    findings = by(PEERS, audited(tmp_path, rows(guessing(8, 8)), TIMED))
    assert [found.outcome for found in findings] == ["unknown"]
    assert "agree hardly more than by chance" in findings[0].message
    assert "gold, or an audit" in findings[0].evidence["needs"]


NORTH, SOUTH = 18, 8
SIDES = ["north"] * NORTH + ["south"] * SOUTH


def two_views():
    """Return labels of two groups, the smaller of which reads a third of the units otherwise."""
    labels = careful(UNITS, NORTH + SOUTH, seed=8, mistakes=0.05)
    other = (np.arange(UNITS) % 3 == 0)[:, None] & (np.arange(NORTH + SOUTH) >= NORTH)
    return np.where(other, (truth(UNITS)[:, None] + 1) % 3, labels)


def test_a_view_of_their_own_is_compared_within_the_group(tmp_path):
    findings = audited(tmp_path, rows(two_views(), group=SIDES), config(GROUP))
    assert [found for found in findings if found.outcome == "breach"] == []
    assert named("label-bias", findings) == []
    (found,) = by(FLAGS, findings)
    assert (found.outcome, found.evidence["group"]) == ("warning", "south")
    assert "compared with everybody, flags would fall on group" in found.message
    assert found.evidence["flagged"] == [0, 0]
    within, overall = (found.evidence[f"agreement_{name}"][1] for name in ("within", "with_all"))
    assert within > overall + 0.15


def test_several_who_answer_alike_are_one_warning_and_no_pair(tmp_path):
    (found,) = by(PAIR, audited(tmp_path, rows(two_views()), config()))
    assert (found.outcome, found.annotator_id) == ("warning", None)
    assert found.evidence["annotators"] == [f"w{n}" for n in range(19, 27)]
    assert "a reading of their own, one source, or several ids" in found.message
    assert len(found.evidence["items"]) == 5


def test_without_the_column_the_same_people_are_named(tmp_path):
    findings = audited(tmp_path, rows(two_views()), config())
    assert len(named(PEERS, findings)) >= 5
    assert by(FLAGS, findings) == []


def test_flags_that_follow_a_group_flag_the_audit(tmp_path):
    labels = careful(UNITS, NORTH + SOUTH, seed=9, mistakes=0.05)
    labels[:, -3:] = np.random.default_rng(9).integers(0, 3, (UNITS, 3))
    findings = audited(tmp_path, rows(labels, group=SIDES), config(GROUP))
    (found,) = by(FLAGS, findings)
    assert (found.outcome, found.severity) == ("breach", "high")
    assert 'fall on group "south": 3 of 8 flagged (38%' in found.message
    assert "hold them until somebody has looked" in found.message
    assert found.evidence["flag_rate_low"][1] < 0.375 < found.evidence["flag_rate_high"][1]


def test_flags_spread_over_the_groups_are_even(tmp_path):
    labels = careful(UNITS, NORTH + SOUTH, seed=9, mistakes=0.05)
    labels[:, [0, -1]] = np.random.default_rng(9).integers(0, 3, (UNITS, 2))
    assert by(FLAGS, audited(tmp_path, rows(labels, group=SIDES), config(GROUP))) == []


def test_people_of_no_group_are_no_group(tmp_path):
    labels = careful(UNITS, NORTH + SOUTH + 10, seed=9, mistakes=0.05)
    labels[:, -3:] = np.random.default_rng(9).integers(0, 3, (UNITS, 3))
    findings = audited(tmp_path, rows(labels, group=[*SIDES, *[""] * 10]), config(GROUP))
    assert len(named(PEERS, findings)) == 3
    assert by(FLAGS, findings) == []


def test_groups_under_five_people_are_not_pointed_at(tmp_path):
    sides = ["north"] * 8 + ["south"] * 2
    (found,) = by(FLAGS, audited(tmp_path, rows(guessing(10, 2), group=sides), config(GROUP)))
    assert found.message.startswith("not testable: too few people in the groups; needs two groups")


def test_on_a_subjective_question_only_what_people_do_is_looked_at(tmp_path):
    labels = guessing(10, 1)
    labels[:, -2] = 0
    subjective = config(TIMES, nature="subjective")
    findings = audited(tmp_path, rows(labels), subjective)
    assert [by(check, findings) for check in AGREEMENT] == [[]] * len(AGREEMENT)
    assert named("constant-answering", findings) == ["w09"]
