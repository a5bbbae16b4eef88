"""Two teams that share no item: no number over both, who they are, and what to do."""

from __future__ import annotations

import json

import numpy as np
import pytest

from shared_configs import BATCHES_OF_VENDORS

APART = {"north": ("ann", "ben"), "south": ("eve", "dan", "joy@example.org")}
NEXT = "--by vendor keeps the groups apart; or have people of different groups label the same items"


def delivery(path, teams=APART, shared=()):
    """Write forty items of each team, in two batches, and some that others label too."""
    rng = np.random.default_rng(5)
    lines = ["item_id,annotator_id,label,vendor,batch_id"]
    for team, people in teams.items():
        for number in range(40):
            truth = rng.integers(2)
            for person in people:
                label = truth if rng.random() < 0.95 else 1 - truth
                lines.append(f"{team}{number},{person},{label},{team},b{number % 2}")
    lines += [f"{item},{person},1,{team},b0" for item, person, team in shared]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def rows_of(done):
    return done.document["rows"]


def test_over_both_teams_there_is_no_number(run, tmp_path):
    done = run("agreement", delivery(tmp_path / "d.csv"), "--json")
    (row,) = rows_of(done)
    assert (row["value"], row["low"], row["undefined"]) == (None, None, "disconnected-annotators")
    assert [group["people"] for group in row["groups"]] == [3, 2]
    assert row["next_step"] == NEXT


def test_the_groups_and_the_next_step_stand_below_the_table(run, tmp_path):
    words = run("agreement", delivery(tmp_path / "d.csv")).words
    assert "2 groups share no item: 3 people (dan, eve, masked-1); 2 people (ann, ben)" in words
    assert f"next: {NEXT}" in words


def test_each_team_has_its_own_number(run, tmp_path):
    rows = rows_of(run("agreement", delivery(tmp_path / "d.csv"), "--by", "vendor", "--json"))
    assert {row["slice"]["vendor"]: row["undefined"] for row in rows} == {
        "north": None,
        "south": None,
    }
    assert all(row["value"] > 0.7 and "groups" not in row for row in rows)


@pytest.mark.parametrize("name", ["krippendorff-alpha", "all"])
def test_one_item_of_the_delivery_links_all_batches(run, tmp_path, name):
    linked = delivery(tmp_path / "d.csv", shared=[("north0", "eve", "south")])
    done = run("agreement", linked, "--by", "batch_id", "--coefficient", name, "--json")
    alphas = [row for row in rows_of(done) if row["coefficient"] == "krippendorff-alpha"]
    assert [row["undefined"] for row in alphas] == [None, None]


def test_a_person_who_shares_no_item_is_told_and_refuses_nothing(run, tmp_path):
    teams = {"north": ("ann", "ben"), "solo": ("moe",)}
    done = run("agreement", delivery(tmp_path / "d.csv", teams))
    assert "disconnected" not in done.out
    assert "1 of 3 people share no item" in done.words


def test_teams_without_a_shared_item_are_compared_as_independent(run, tmp_path):
    done = run("agreement", delivery(tmp_path / "d.csv"), "--by", "vendor", "--compare")
    assert "shared none: compared as independent samples of different items" in done.words


def test_slices_that_hold_both_teams_are_not_compared(run, tmp_path):
    data = delivery(tmp_path / "d.csv")
    done = run("agreement", data, "--by", "batch_id", "--compare", "--json")
    (found,) = done.document["comparisons"]
    assert (found["difference"], found["undefined"]) == (None, "disconnected-annotators")


def test_no_detail_gives_a_number_over_both_teams(run, tmp_path):
    asked = [f"--detail={what}" for what in ("classes", "annotators", "pairs")]
    details = run("agreement", delivery(tmp_path / "d.csv"), *asked, "--json").document["details"]
    classes, annotators, pairs = details
    assert {row[-1] for row in classes["rows"]} == {"disconnected-annotators"}
    assert {cell for row in classes["rows"] for cell in row[2:-1]} == {None}
    assert (annotators["rows"], "has no value over all" in annotators["note"]) == ([], True)
    assert pairs["note"] == "mean cohen-kappa of the 4 pairs: disconnected-annotators"


def test_many_groups_and_slices_are_counted_not_listed(run, tmp_path):
    teams = {f"t{at}": (f"a{at}", f"b{at}") for at in range(6)}
    words = run("agreement", delivery(tmp_path / "d.csv", teams), "--by", "batch_id").words
    assert "batch_id b0: 6 groups share no item: 2 people (a0, b0); " in words
    assert "and 3 more groups" in words


def test_an_audit_decides_nothing_about_a_batch_of_both(run, tmp_path):
    config = tmp_path / "labelaudit.toml"
    config.write_text(BATCHES_OF_VENDORS)
    data = delivery(tmp_path / "d.csv")
    done = run("audit", data, "-c", config, "-o", tmp_path / "runs", "--json")
    for verdict in done.document["batches"]:
        (held,) = [t for t in verdict["thresholds"] if t["name"] == "min_agreement"]
        assert (verdict["verdict"], held["outcome"]) == ("review", "inconclusive")
        assert held["needs"].startswith("items that people of both groups label")


def test_the_report_of_an_audit_says_what_that_means(run, tmp_path):
    words = run("audit", delivery(tmp_path / "d.csv"), "-o", tmp_path / "runs").words
    assert "labelaudit agreement DATA names the groups" in words


def test_an_audit_measures_each_vendor(run, tmp_path):
    done = run("audit", delivery(tmp_path / "d.csv"), "-o", tmp_path / "runs", "--json")
    found = {
        (one["vendor"], one["batch_id"]): one["undefined"]
        for one in done.document["estimates"]
        if one["coefficient"] == "krippendorff-alpha"
    }
    assert found["north", None] is found["south", None] is None
    assert found[None, None] == found[None, "b0"] == "disconnected-annotators"


def test_an_item_with_very_many_labels_links_its_people(run, tmp_path):
    teams = {"north": tuple(f"n{at}" for at in range(60)), "south": ("eve", "dan")}
    crowd = [("all", person, team) for team, people in teams.items() for person in people]
    crowd += [("all", f"x{at}", "north") for at in range(60)]
    done = run("agreement", delivery(tmp_path / "d.csv", teams, crowd), "--json")
    assert json.loads(done.out)["rows"][0]["undefined"] is None
