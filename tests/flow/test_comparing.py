"""Two runs beside each other: what changed, as asked or not, and what that proves."""

from __future__ import annotations

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from deliveries import CONFIG, GOLD, GOLD_COLUMN, VENDOR, answers, with_columns
from labelaudit.comparing import compare_runs
from labelaudit.comparisons import compare_paired_shares

FULL = with_columns(GOLD_COLUMN, VENDOR, config=CONFIG + GOLD)


@pytest.fixture
def asked(tmp_path):
    """Write a relabel file of units, and return its path."""

    def write(lines, head="item_id,question_id"):
        path = tmp_path / "relabel.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def kinds(found):
    """Return the items of each list."""
    return {(change.kind, change.item_id) for change in found.listed}


def relabeled(rows, **labels):
    """Return rows with every answer to some units replaced."""
    return [
        {**row, "label": labels.get(row["item"].replace("-", "_"), row["label"])} for row in rows
    ]


LISTS = {
    ("changed-as-asked", "b1-000"),
    ("changed-otherwise", "b1-001"),
    ("missing-though-asked", "b1-002"),
    ("unchanged-though-asked", "b1-003"),
    ("changed-not-asked", "b1-050"),
    ("changed-not-asked", "b1-055"),
}


def test_every_unit_stands_in_the_list_it_belongs_to(audited, asked):
    rows = answers(units=60, differ=4)
    after = relabeled(rows, b1_000="cat", b1_001="cat", b1_050="dog", b1_055="cat")
    lost = [row for row in after if row["item"] != "b1-002"]
    ask = asked(
        [f"b1-00{n},label,{w}" for n, w in enumerate(["cat", "dog", "cat", "dog"])],
        head="item_key,question,wanted_label",
    )
    found = compare_runs(audited("one", rows), audited("two", lost), ask)
    assert kinds(found) == LISTS


def test_counts_stand_over_all_and_by_batch_and_vendor(audited, asked):
    rows = [*answers("b1", vendor="v1"), *answers("b2", vendor="v2")]
    after = relabeled(rows, b1_000="dog", b2_007="cat", b2_009="cat")
    found = compare_runs(audited("one", rows), audited("two", after), asked(["b1-000,label"]))
    counted = {
        (c.batch_id, c.vendor): (c.asked, c.changed_as_asked, c.changed_not_asked)
        for c in found.counts
    }
    assert counted == {(None, None): (1, 1, 2), ("b1", "v1"): (1, 1, 0), ("b2", "v2"): (0, 0, 2)}


def test_labels_added_as_asked_are_as_asked_though_the_label_stays(audited, asked):
    rows = answers(units=40, differ=2)
    more = [{**row, "who": "w9"} for row in rows if row["item"] == "b1-000" and row["who"] == "w1"]
    ask = asked(["b1-000,label,1", "b1-001,label,1"], head="item_id,question_id,more_labels")
    found = compare_runs(audited("one", rows), audited("two", [*rows, *more]), ask)
    listed = {("changed-as-asked", "b1-000"), ("unchanged-though-asked", "b1-001")}
    assert kinds(found) == listed


@pytest.mark.parametrize(
    ("scale", "one", "other", "wanted"),
    [
        ("interval", "9", "12.50", "12.5"),
        ("set", '["cat"]', '["dog","cat"]', '["cat", "dog"]'),
        ("text", "a cat", "two cats", "two cats"),
    ],
)
def test_every_scale_is_compared_by_its_own_labels(audited, asked, scale, one, other, wanted):
    config = FULL.replace('scale = "nominal"\nlabels = ["cat", "dog"]', f'scale = "{scale}"')
    rows = [{**row, "label": one, "gold": ""} for row in answers()]
    after = [{**row, "label": other} if row["item"] == "b1-003" else row for row in rows]
    quoted = wanted.replace('"', '""')
    ask = asked([f'b1-003,label,"{quoted}"'], head="item_id,question_id,wanted_label")
    found = compare_runs(audited("one", rows, config), audited("two", after, config), ask)
    assert kinds(found) == {("changed-as-asked", "b1-003")}


def test_without_a_file_the_plan_of_the_first_run_was_asked(audited):
    rows = answers(units=60, people=2, differ=12)
    first = audited("one", rows, CONFIG)
    items = pq.read_table(first / "items.parquet").to_pylist()
    proposed = {row["item_id"] for row in items if row["more_labels"]}
    found = compare_runs(first, audited("two", relabeled(rows, b1_000="dog"), CONFIG))
    assert proposed
    assert {item for kind, item in kinds(found) if kind.endswith("though-asked")} <= proposed
    assert found.counts[0].asked == len(proposed)


def test_the_asked_items_improve_and_judge_nothing(audited, asked):
    rows = answers(units=120, differ=range(0, 60, 2))
    fixed = {f"b1_{n:03}": "cat" for n in range(0, 60, 2)}
    ask = asked([f"b1-{n:03},label" for n in range(0, 60, 2)])
    found = compare_runs(audited("one", rows), audited("two", relabeled(rows, **fixed)), ask)
    (judged,) = found.repairs
    assert (judged.judged_by, judged.outcome) == ("not-asked", "no-difference-shown")
    by_part = {(one.part, one.measure): one.difference for one in found.differences}
    assert by_part["asked", "gold-accuracy"] > by_part["all", "gold-accuracy"] > 0
    assert by_part["not-asked", "gold-accuracy"] == 0


def test_work_that_got_worse_where_nobody_asked_is_said(audited, asked):
    rows, worse = answers(units=120, differ=6), answers(units=120, differ=70)
    found = compare_runs(audited("one", rows), audited("two", worse), asked(["b1-000,label"]))
    assert [repair.outcome for repair in found.repairs] == ["worse"]


@pytest.mark.parametrize(("differ", "outcome"), [(60, "worse"), (24, "no-difference-shown")])
def test_fresh_items_judge_the_work_before_any_other(audited, asked, differ, outcome):
    rows = answers(units=120, differ=24)
    new = answers("b2", units=120, differ=differ)
    again = [*relabeled(rows, b1_000="cat"), *new]
    found = compare_runs(audited("one", rows), audited("two", again), asked(["b1-000,label"]))
    (judged,) = found.repairs
    assert (judged.judged_by, judged.outcome) == ("fresh", outcome)
    fresh = [one for one in found.differences if one.part == "fresh"]
    assert {(one.measure, one.units) for one in fresh} == {
        ("krippendorff-alpha", 120),
        ("gold-accuracy", 120),
    }


def test_too_few_items_left_alone_judge_nothing(audited, asked):
    rows = answers(units=40, differ=8)
    ask = asked([f"b1-{n:03},label" for n in range(30)])
    found = compare_runs(audited("one", rows), audited("two", answers(units=40)), ask)
    assert [repair.outcome for repair in found.repairs] == ["unknown"]


def test_verdicts_and_findings_stand_beside_each_other(audited):
    found = compare_runs(
        audited("one", answers(units=120, differ=90)), audited("two", answers(units=120, differ=2))
    )
    (batch,) = found.batches
    assert (batch.before, batch.after) == ("reject", "accept")
    gone = {one.check for one in found.findings if one.state == "gone"}
    assert "low-agreement" in gone


def test_other_limits_and_other_labels_are_said(audited):
    rows = answers(units=60, differ=6)
    other = FULL.replace("0.667", "0.5").replace('"dog"]', '"dog", "cow"]')
    said = " ".join(compare_runs(audited("one", rows), audited("two", rows, other)).notes)
    assert "the configuration differs" in said
    assert "another label set, [cat, dog], then [cat, dog, cow]" in said


def test_gold_that_differs_between_runs_is_left_out_and_said(audited):
    rows = answers(units=60, differ=6)
    other = [{**row, "gold": "dog"} if row["item"] == "b1-000" else row for row in rows]
    found = compare_runs(audited("one", rows), audited("two", other))
    assert any("1 units have more than one gold label" in note for note in found.notes)


def test_a_batch_has_the_estimates_of_its_audits(audited):
    rows = [*answers(units=90, differ=9), *answers("b2", units=90, differ=20, by="x")]
    places = audited("one", rows), audited("two", relabeled(rows, b2_000="dog", b2_002="dog"))
    found = compare_runs(*places)
    for place, side in zip(places, ("before", "after"), strict=True):
        audit = json.loads((place / "audit.json").read_text())
        told = {
            (e["batch_id"], e["coefficient"]): (e["value"], e["low"], e["high"])
            for e in audit["estimates"]
            if e["batch_id"] and not e["annotator_id"]
        }
        for one in (each for each in found.differences if each.batch_id):
            ends = [getattr(one, side + end) for end in ("", "_low", "_high")]
            assert told[one.batch_id, one.measure] == pytest.approx(ends)


def test_a_delivery_of_the_relabeled_items_alone_is_compared_on_those(audited, asked):
    rows = answers(units=120, differ=40)
    again = [row for row in answers(units=120, differ=20) if int(row["item"][3:]) < 50]
    ask = asked([f"b1-{n:03},label" for n in range(50)])
    found = compare_runs(audited("one", rows), audited("two", again), ask)
    by_part = {one.part: one.units for one in found.differences if not one.batch_id}
    assert (by_part["all"], by_part["asked"], by_part.get("not-asked")) == (50, 50, None)
    assert any("70 units are in the first run only" in note for note in found.notes)
    assert [repair.outcome for repair in found.repairs] == ["unknown"]


def test_teams_that_share_no_item_have_no_common_agreement(audited):
    rows = [*answers(units=60), *answers("b2", units=60, by="x")]
    found = compare_runs(audited("one", rows), audited("two", relabeled(rows, b2_000="dog")))
    whole = {one.measure: one for one in found.differences if not one.batch_id}
    assert whole["krippendorff-alpha"].undefined == "disconnected-annotators"
    by_batch = [one for one in found.differences if one.batch_id and one.units]
    assert all(one.difference is not None for one in by_batch)


def test_the_order_of_the_rows_changes_nothing(audited):
    rows, after = answers(units=60, differ=9), answers(units=60, differ=5)
    one = compare_runs(audited("one", rows), audited("two", after))
    other = compare_runs(audited("three", rows[::-1]), audited("four", after[::-1]))
    assert (one.counts, one.listed, one.differences) == (
        other.counts,
        other.listed,
        other.differences,
    )


def test_a_paired_difference_is_surer_than_two_samples(audited):
    found = compare_runs(
        audited("one", answers(units=120, differ=30)), audited("two", answers(units=120, differ=20))
    )
    alpha = next(one for one in found.differences if one.measure == "krippendorff-alpha")
    apart = np.hypot(alpha.before_high - alpha.before_low, alpha.after_high - alpha.after_low)
    assert alpha.low > 0
    assert alpha.high - alpha.low < apart


def test_an_unbalanced_share_is_paired_by_unit_as_by_hand():
    before = np.array([1, 0, 2, 1]), np.array([2, 2, 2, 1])
    after = np.array([2, 1, 2, 1]), np.array([2, 2, 2, 1])
    result = compare_paired_shares(after, before)
    left = [4 / 5 - 3 / 5, 5 / 5 - 4 / 5, 4 / 5 - 2 / 5, 5 / 6 - 3 / 6]
    by_hand = np.sqrt(3 / 4 * ((left - np.mean(left)) ** 2).sum())
    assert result.difference == pytest.approx(2 / 7)
    assert result.se == pytest.approx(by_hand)
