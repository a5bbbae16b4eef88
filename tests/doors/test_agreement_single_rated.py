"""People with no item in common with anybody in a batch are not compared there: no refusal."""

from __future__ import annotations

import pytest

from shared_configs import BATCHES_OF_VENDORS

TEAMS = {"north": ("ann", "ben"), "south": ("eve", "dan")}


@pytest.fixture
def delivery(tmp_path):
    """North labels b0 and south b1, twice each; eve of the south labels five items of b0 alone."""
    lines = ["item_id,annotator_id,label,vendor,batch_id"]
    for batch, (team, people) in enumerate(TEAMS.items()):
        for number in range(60):
            for person in people:
                label = (number + (number % 20 == 0 and person == people[0])) % 2
                lines.append(f"{team}{number},{person},{label},{team},b{batch}")
    lines += [f"alone{number},eve,1,south,b0" for number in range(5)]
    path, config = tmp_path / "d.csv", tmp_path / "labelaudit.toml"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    config.write_text(BATCHES_OF_VENDORS, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["krippendorff-alpha", "gwet-ac1", "all"])
def test_a_batch_is_measured_though_a_stranger_labeled_items_alone(run, delivery, name):
    done = run("agreement", delivery, "--by", "batch", "--coefficient", name, "--json")
    rows = [row for row in done.document["rows"] if row["coefficient"] != "conger-kappa"]
    refused = {row["undefined"] for row in rows} - {None, "not-two-annotators"}
    assert refused == set()


def test_the_audit_passes_the_batch(run, delivery, tmp_path):
    done = run("audit", delivery, "-o", tmp_path / "runs", "--json")
    verdicts = {found["batch_id"]: found["verdict"] for found in done.document["batches"]}
    assert verdicts == {"b0": "accept", "b1": "accept"}


def test_batches_are_compared_though_a_stranger_labeled_items_alone(run, delivery):
    done = run("agreement", delivery, "--by", "batch", "--compare", "--json")
    (found,) = done.document["comparisons"]
    assert found["undefined"] is None


def test_the_column_that_keeps_groups_apart_is_named(run, delivery):
    (row,) = run("agreement", delivery, "--json").document["rows"]
    assert row["undefined"] == "disconnected-annotators"
    assert row["next_step"].startswith("--by vendor keeps the groups apart")
