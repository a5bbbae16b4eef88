"""What the table of annotators says of each person beside the checks that name them."""

from __future__ import annotations

import numpy as np
import pytest

import labelaudit
from crowds import careful
from deliveries import deliver
from staff import GROUP, TIMES, config, rows

UNITS, PEOPLE = 120, 10


@pytest.fixture(scope="module")
def audit(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    labels = careful(UNITS, PEOPLE, seed=4, mistakes=0.15)
    labels[:, 0] = np.random.default_rng(0).integers(0, 3, UNITS)
    labels[:, -1] = np.where(np.arange(UNITS) % 10 > 0, labels[:, -2], labels[:, -1])
    pace = np.where(np.arange(PEOPLE) == 1, 4.0, 20.0) * (1 + 0.01 * np.arange(UNITS)[:, None])
    given = rows(labels, pace=pace, group=["north"] * 5 + ["south"] * 5)
    data = deliver(folder, given, config(TIMES, GROUP))
    with labelaudit.read(data, project=folder / "labelaudit.toml") as annotations:
        return labelaudit.run(annotations)


@pytest.fixture(scope="module")
def people(audit):
    return audit.annotators.to_frame().set_index("annotator_id")


def test_who_guesses_has_no_agreement_above_chance_and_no_competence(people):
    assert people.above_chance["w01"] < 0.15
    assert people.above_chance["w03":].min() > 0.4
    assert people.competence.isna().all()  # one consensus of all is no yardstick within groups


def test_pace_is_a_fraction_of_the_usual_and_time_in_seconds(people):
    assert people.pace["w02"] == pytest.approx(0.2, abs=0.05)
    assert people.pace["w03"] == pytest.approx(1.0, abs=0.05)
    assert people.median_s["w03"] == pytest.approx(31.9, abs=0.1)


def test_groups_and_falling_off_stand_beside(people):
    assert people.group.tolist() == ["north"] * 5 + ["south"] * 5
    assert people["drop"].notna().all()


def test_both_of_a_pair_are_named_by_it(people):
    flagged = people.flagged_by.map(lambda checks: "annotators-copying" in checks)
    assert flagged[flagged].index.tolist() == ["w09", "w10"]


def test_what_could_not_be_read_is_listed(people):
    assert all("gold-gap" in silent for silent in people.not_testable)
    assert not any("response-time" in silent for silent in people.not_testable)
