"""Starting policies: explicit numbers in the configuration, which can be used at once."""

from __future__ import annotations

import numpy as np
import pytest

from deliveries import answers, write
from labelaudit.project import load_project
from labelaudit.starting import POLICIES

NAMES = [starting.NAME for starting in POLICIES]


@pytest.fixture
def started(run, tmp_path):
    """Run `init --policy NAME` on answers, and return the project that it wrote."""

    def init(name, *, gold=True):
        kept = {"item": "item_id", "who": "annotator_id", "label": "label", "gold": "gold"}
        named = [name for name in kept if gold or name != "gold"]
        rows = [{kept[key]: row[key] for key in named} for row in answers(units=150)]
        data = write(tmp_path / "labels.csv", rows)
        done = run("init", data, "-o", tmp_path / "labelaudit.toml", "--force", "--policy", name)
        assert done.code == 0, done.err
        return load_project(tmp_path / "labelaudit.toml")

    return init


@pytest.mark.parametrize("starting", POLICIES, ids=NAMES)
def test_its_numbers_stand_in_the_file_and_are_read_back(started, starting):
    project, start = started(starting.NAME), starting.START
    policy, limits = project.policy, project.policy.limits
    assert (limits.min_agreement, limits.target_agreement) == (start.agreement or (None, None))
    assert (limits.min_accuracy, limits.target_accuracy) == start.gold
    assert limits.on_inconclusive == start.on_inconclusive
    assert policy.max_rejected_fraction == start.max_rejected_fraction
    assert (policy.consumer_risk, policy.producer_risk) == (start.consumer_risk, 0.10)
    assert {question.nature for question in project.questions} == {start.nature}
    assert "low-gold-accuracy" in policy.required_checks


@pytest.mark.parametrize("name", NAMES)
def test_without_gold_it_can_be_used_too_and_says_what_is_missing(started, run, tmp_path, name):
    policy = started(name, gold=False).policy
    text = (tmp_path / "labelaudit.toml").read_text()
    needed = name in {"gold-only", "safety-critical"}
    assert (policy.limits.min_accuracy is not None) == needed == ("OPEN: this policy" in text)
    done = run("gate", tmp_path / "labels.csv", "-o", tmp_path / "runs")
    assert done.code in ({1, 3} if needed else {0})


@pytest.mark.parametrize("name", NAMES)
def test_a_good_delivery_passes_it(started, run, tmp_path, name):
    started(name)
    assert run("gate", tmp_path / "labels.csv", "-o", tmp_path / "runs").code == 0


def test_blind_clicks_do_not_pass_as_opinions(started, run, tmp_path):
    started("subjective", gold=False)
    clicks = np.random.default_rng(1).choice(["cat", "dog"], (300, 3))
    rows = [
        {"item_id": f"i{item}", "annotator_id": f"w{person}", "label": label}
        for (item, person), label in np.ndenumerate(clicks)
    ]
    write(tmp_path / "labels.csv", rows)
    assert run("gate", tmp_path / "labels.csv", "-o", tmp_path / "runs").code == 1


def test_a_misspelled_policy_gets_the_nearest_and_nothing_is_written(run, block, tmp_path):
    data = write(tmp_path / "labels.csv", answers(units=5))
    done = run("init", data, "-o", tmp_path / "l.toml", "--policy", "subjectiv")
    assert (done.code, "did you mean 'subjective'?" in block(done)) == (2, True)
    assert not (tmp_path / "l.toml").exists()
