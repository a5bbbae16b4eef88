"""The items to look at and to label again, as an audit lists them."""

from __future__ import annotations

from itertools import count

import numpy as np
import pandas as pd
import pytest

from deliveries import CONFIG, GOLD, GOLD_COLUMN, PETS, answers, with_columns

SUBJECTIVE = CONFIG.replace('scale = "nominal"\n', 'scale = "nominal"\nnature = "subjective"\n')
KINDS = with_columns('annotator_kind = "kind"\n')


def noisy(units=300, people=4, wrong=0.15, seed=3):
    """Return the answers of people who err at random."""
    rng = np.random.default_rng(seed)
    slips = rng.random((units, people)) < wrong
    rows = answers(units=units, people=people)
    for row, slip in zip(rows, slips.ravel(), strict=True):
        row["label"] = PETS[(PETS.index(row["label"]) + slip) % 2]
    return rows


def split(item, votes, first=0):
    """Return the answers of one unit, a pet for each person."""
    base = {"item": item, "batch": "b1", "vendor": "v1", "gold": ""}
    return [{**base, "who": f"w{n}", "label": pet} for n, pet in zip(count(first + 1), votes)]


def by_item(audit):
    return {item.item_id: item for item in audit.items}


def test_units_come_riskiest_first_with_their_votes(audit_of):
    audit = audit_of(noisy())
    risks = [item.risk for item in audit.items]
    assert risks == sorted(risks, reverse=True)
    assert [item.rank for item in audit.items] == list(range(1, len(risks) + 1))
    assert audit.items[0].votes == "2 x cat, 2 x dog"


def test_a_tie_of_two_against_two_is_a_tie(audit_of):
    rows = [*answers(units=60, people=4), *split("torn", ["cat", "cat", "dog", "dog"])]
    torn = by_item(audit_of(rows))["torn"]
    assert (torn.why, torn.drawn, torn.rank) == ("tied", "risk", 1)
    assert torn.more_labels > 0


def test_a_stable_split_of_good_people_is_ambiguous_and_not_labeled_again(audit_of):
    rows = [*answers(units=60, people=6), *split("torn", ["cat"] * 3 + ["dog"] * 3)]
    audit = audit_of(rows)
    torn = by_item(audit)["torn"]
    assert (torn.why, torn.more_labels) == ("ambiguous", 0)
    assert audit.after.plans[0].ambiguous == 1


def test_the_plan_keeps_what_it_promises(audit_of):
    plan = audit_of(noisy(units=600, people=3)).after.plans[0]
    assert 0 < plan.expected_fewer < plan.expected_wrong
    assert plan.expected_fewer / plan.labels >= 0.02
    assert plan.best_half_fewer > plan.expected_fewer / 2


def test_the_expected_errors_are_about_those_that_gold_shows(audit_of):
    config = with_columns(GOLD_COLUMN) + GOLD
    plan = audit_of(noisy(units=800, people=3), config).after.plans[0]
    assert plan.gold_units == 800
    assert plan.gold_wrong == pytest.approx(plan.gold_expected, abs=3 * plan.gold_expected**0.5)


def test_units_with_gold_are_not_labeled_again(audit_of):
    audit = audit_of(noisy(), with_columns(GOLD_COLUMN) + GOLD)
    assert audit.after.plans[0].labels == 0
    assert "differs-from-gold" in {item.why for item in audit.items}


def test_a_price_gives_the_plan_a_cost(audit_of):
    plan = audit_of(noisy(), CONFIG + "[relabel]\nprice_per_label = 0.08\n").after.plans[0]
    assert plan.labels > 0
    assert plan.cost == pytest.approx(0.08 * plan.labels)


def test_a_dearer_label_must_promise_more(audit_of):
    cheap = audit_of(noisy()).after.plans[0]
    dear = audit_of(noisy(), CONFIG + "[relabel]\nmin_gain_fraction = 0.1\n").after.plans[0]
    assert 0 < dear.labels < cheap.labels


def test_a_heavier_label_comes_first(audit_of):
    rows = [*noisy(), *split("heavy", ["dog", "dog", "dog", "cat"])]
    plain, weighed = (
        by_item(audit_of(rows, CONFIG + more))["heavy"].rank
        for more in ("", "[queue]\nmax_items_count = 300\n[queue.weights]\ncat = 1\ndog = 50\n")
    )
    assert weighed <= plain


def test_one_label_for_every_unit_ranks_nothing_and_draws_uniformly(audit_of):
    audit = audit_of(answers(units=300, people=1))
    assert audit.after.plans[0].undefined == "no-overlap"
    assert {(item.drawn, item.risk, item.why) for item in audit.items} == {
        ("uniform", None, "one-label")
    }
    assert len(audit.items) == 200


def test_where_disagreement_is_no_error_nothing_is_called_wrong(audit_of):
    audit = audit_of(noisy(), SUBJECTIVE)
    assert audit.after.plans[0].undefined == "subjective"
    assert {item.drawn for item in audit.items} == {"uniform"}


def test_two_groups_that_share_no_unit_are_ranked_each_by_itself(audit_of):
    apart = [{**row, "who": f"x{row['who']}", "item": f"x{row['item']}"} for row in noisy(seed=4)]
    audit = audit_of([*noisy(), *apart])
    assert {item.item_id[0] for item in audit.items[:30]} == {"b", "x"}
    assert audit.after.plans[0].method == "mace"


@pytest.mark.parametrize(("units", "people"), [(1, 1), (1, 2), (2, 2), (3, 9)])
def test_tiny_deliveries_have_a_queue(audit_of, units, people):
    assert len(audit_of(answers(units=units, people=people)).items) == units


def test_the_seed_of_the_run_draws_the_uniform_part(audit_of):
    first, again, other = (audit_of(noisy(900), seed=seed).items for seed in (0, 0, 1))
    drawn = [{i.item_id for i in items if i.drawn == "uniform"} for items in (first, again, other)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_the_queue_is_a_frame_with_a_probability_for_every_row(audit_of):
    frame = audit_of(noisy()).items.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert frame["probability"].between(0, 1, inclusive="right").all()
    assert frame["sampled"].dtype == bool


def test_the_answers_of_a_model_are_beside_people_and_not_among_them(audit_of):
    rows = [{**row, "kind": "human"} for row in noisy()]
    model = [
        {**row, "who": "m", "kind": "model", "label": "cat"} for row in rows if row["who"] == "w1"
    ]
    without, audit = audit_of(rows, KINDS), audit_of([*rows, *model], KINDS)
    assert [item.votes for item in audit.items] == [item.votes for item in without.items]
    first, *others = audit.after.models
    assert (first.model, first.against, len(others)) == ("m", "consensus", 4)
    assert first.low < first.agreement < first.high
    assert first.agreement == pytest.approx(0.5, abs=0.1)


def test_slips_are_not_called_ambiguous(audit_of):
    audit = audit_of(noisy(units=600, people=5, wrong=0.1))
    splits = sum(item.votes in {"3 x cat, 2 x dog", "3 x dog, 2 x cat"} for item in audit.items)
    assert splits > 20  # as many as slips make
    assert audit.after.plans[0].ambiguous == 0


def test_where_one_label_dominates_careful_people_are_not_taken_for_blind(audit_of):
    rng = np.random.default_rng(1)
    rows = answers(units=600, people=3)
    truth = rng.random(600) < 0.05
    slips = rng.random(len(rows)) < 0.04
    for number, row in enumerate(rows):
        row["label"] = PETS[int(truth[number // 3] ^ slips[number])]
    plan = audit_of(rows).after.plans[0]
    assert plan.method == "dawid-skene"
    assert plan.expected_wrong < 12


def test_where_one_label_was_ever_given_nothing_is_ranked(audit_of):
    audit = audit_of([{**row, "label": "cat"} for row in answers()])
    assert audit.after.plans[0].undefined == "one-category"
    assert {item.drawn for item in audit.items} == {"uniform"}
