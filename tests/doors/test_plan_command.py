"""`labelaudit plan`: what to order, from a pilot or before the first label."""

from __future__ import annotations

import pytest

from deliveries import CONFIG, GOLD, GOLD_COLUMN, answers, deliver, with_columns
from labelaudit.model import Estimate
from labelaudit.planning import units_needed


@pytest.fixture
def pilot(run, tmp_path):
    """Audit a pilot with gold, and return its run folder."""
    config = with_columns(GOLD_COLUMN, config=CONFIG + GOLD)
    data = deliver(tmp_path, answers(units=60, differ=8), config)
    run("audit", data, "-c", tmp_path / "labelaudit.toml", "-o", tmp_path / "runs")
    return tmp_path / "runs" / "latest"


def test_a_label_mix_gives_a_table_a_plot_and_a_sentence(run):
    done = run("plan", "--mix", "90,10")
    assert done.code == 0
    assert "      578 |####################################    |  90 %  <- planned" in done.out
    assert "cheapest: 578 items with 3 labels each = 1,734 labels, by 3 annotators" in done.words


def test_the_price_of_an_item_moves_the_choice(run):
    mix = ["plan", "--mix", "4,3,2,1", "--json"]
    assert run(*mix).document["plans"][0]["best"]["ratings"] == 2
    dear = run(*mix, "--item-price", "3").document["plans"][0]["best"]
    assert (dear["ratings"], dear["cost"]) == (3, 158 * 3 + 158 * 3.0)


def test_more_annotators_not_more_items_where_that_is_the_truth(run):
    done = run("plan", "--gold", "--rho", "0.1", "--annotators", "12")
    said = "more annotators, not more items: no number of answers of 12 would decide, 28 at"
    assert (done.code, said in done.words) == (0, True)


def test_a_pilot_is_planned_from_with_the_numbers_of_the_gate(run, pilot):
    agreement, gold = run("plan", pilot, "--json").document["plans"]
    (own,) = [found for found in agreement["designs"] if found["ratings"] == 3]
    (audit,) = run("agreement", pilot.parents[1] / "delivery", "--json").document["rows"]
    seen = Estimate("krippendorff-alpha", "nominal", audit["value"], se=audit["se"], units=60)
    assert own["items"] == units_needed(seen, 0.667, 0.80, 0.05, 0.10)
    assert gold["measure"] == "gold-accuracy"


def test_the_policy_says_what_is_planned_for(run, pilot):
    config = pilot.parents[1] / "labelaudit.toml"
    config.write_text(config.read_text().replace("0.667", "0.5"))
    (agreement, _) = run("plan", pilot, "-c", config, "--json").document["plans"]
    assert (agreement["floor"], agreement["target"]) == (0.5, 0.8)


def test_a_floor_on_the_command_line_is_of_one_measure(run, pilot):
    plans = run("plan", pilot, "--floor", "0.5", "--json").document["plans"]
    assert [(found["measure"], found["floor"]) for found in plans] == [("krippendorff-alpha", 0.5)]


def test_a_pilot_below_the_floor_says_so(run, pilot):
    done = run("plan", pilot, "--floor", "0.95", "--target", "0.97")
    assert "below the floor: more labels are unlikely to help" in done.words


def test_a_pilot_without_its_table_plans_its_own_labels_per_item(run, pilot):
    (pilot / "annotations.parquet").unlink()
    found = run("plan", pilot, "--floor", "0.5", "--json").document["plans"][0]
    assert [design["ratings"] for design in found["designs"]] == [3]


def test_a_folder_that_is_no_run_is_refused(run, block, tmp_path):
    done = run("plan", tmp_path)
    assert (done.code, "expected a run folder" in block(done)) == (4, True)


def test_a_floor_above_its_target_is_refused(run, block):
    done = run("plan", "--mix", "1,1", "--floor", "0.9")
    assert (done.code, "found floor 0.9, target 0.8" in block(done)) == (2, True)


@pytest.mark.parametrize("mix", ["90", "90,x", "1,0", "1,-1", "1,inf", ""])
def test_a_mix_that_is_none_is_wrong_usage(run, mix):
    done = run("plan", "--mix", mix)
    assert (done.code, "expected two shares or more above 0" in done.err) == (2, True)


@pytest.mark.parametrize(
    "words", [[], ["--mix", "1,1", "--gold"], ["--mix", "1,1", "--floor", "80"]]
)
def test_a_plan_of_nothing_two_things_or_percent_is_wrong_usage(run, words):
    assert run("plan", *words).code == 2
