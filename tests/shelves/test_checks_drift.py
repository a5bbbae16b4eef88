"""The checks that compare batches: each passes, breaches, and says when it cannot look."""

from __future__ import annotations

import pytest

import labelaudit
from batches import GOLD, OTHER_MIX, TIMED, config, crowd, usual
from deliveries import deliver, seen

BASIC = config(TIMED, GOLD)


def found(tmp_path, rows, check, settings=BASIC):
    return [(f.outcome, f.batch_id) for f in seen(tmp_path, rows, settings, check)]


COMPARING = ("label-drift", "agreement-drift", "duration-drift", "gold-drift", "guideline-change")
FAULTS = {
    "label-drift": {"mix": OTHER_MIX},
    "agreement-drift": {"error": 0.4},
    "duration-drift": {"seconds": 4.0},
    "gold-drift": {"error": 0.4},
    "guideline-change": {"swap": 0.4},
}


@pytest.mark.parametrize("check", COMPARING)
def test_batches_alike_give_no_finding(tmp_path, check):
    assert found(tmp_path, usual(), check) == []


@pytest.mark.parametrize("check", COMPARING)
def test_the_batch_that_changed_is_named_and_no_other(tmp_path, check):
    rows = usual() + crowd("b5", day=5, **FAULTS[check])
    assert found(tmp_path, rows, check) == [("breach", "b5")]


def test_batches_that_are_harder_by_turns_are_no_drop(tmp_path):
    errors = (0.06, 0.2, 0.12, 0.08, 0.17, 0.1)
    rows = [
        row
        for day, error in enumerate(errors, start=1)
        for row in crowd(f"b{day}", day=day, error=error)
    ]
    assert found(tmp_path, rows, "agreement-drift") == []


def test_most_batches_of_a_vendor_are_not_held_against_the_few_best(tmp_path):
    rows = [
        row
        for day, error in enumerate((0.02, 0.03, 0.3, 0.3, 0.3), start=1)
        for row in crowd(f"b{day}", day=day, error=error)
    ]
    assert len(found(tmp_path, rows, "agreement-drift")) < 3


@pytest.mark.parametrize("check", COMPARING)
def test_one_batch_only_cannot_be_compared(tmp_path, check):
    (finding,) = seen(tmp_path, usual(1), BASIC, check)
    assert (finding.outcome, finding.question_id) == ("unknown", None)
    assert "one batch only; needs a second batch, or --baseline" in finding.message


@pytest.mark.parametrize("check", [*COMPARING, "error-trend"])
def test_batches_of_a_few_units_cannot_be_compared(tmp_path, check):
    found_ = seen(tmp_path, usual(2, units=6, people=4), BASIC, check)
    assert [f.outcome for f in found_] == ["unknown"]
    assert found_[0].evidence["needs"] in found_[0].message


@pytest.mark.parametrize("check", ["label-drift", "guideline-change"])
def test_a_scale_of_numbers_has_no_label_mix(tmp_path, check):
    ratio = BASIC.replace('"nominal"', '"ratio"').replace('"cat", "dog", "bird", "other"', "")
    rows = [{**row, "label": f"{n % 40}", "gold": ""} for n, row in enumerate(usual(2))]
    (finding,) = seen(tmp_path, rows, ratio, check)
    assert (finding.outcome, "ratio scale" in finding.message) == ("unknown", True)


def test_label_drift_tells_how_far_and_who(tmp_path):
    rows = usual() + crowd("b5", mix=OTHER_MIX)
    (finding,) = seen(tmp_path, rows, BASIC, "label-drift")
    evidence = finding.evidence
    assert evidence["low"] < evidence["total_variation"] < evidence["high"]
    assert evidence["total_variation"] > evidence["by_chance"]
    assert evidence["behaviour"] > 5 * evidence["annotator-mix"]
    assert evidence["design_effect"] > 1
    assert {"psi", "jensen_shannon"} <= evidence.keys()
    assert "against 4 other batches: " in finding.message
    assert all(item.startswith("b5-") for item in evidence["items"])


def test_new_people_are_told_from_a_change_of_the_same_ones(tmp_path):
    rows = usual() + crowd("b5", mix=OTHER_MIX, by="new")
    (finding,) = seen(tmp_path, rows, BASIC, "label-drift")
    assert finding.evidence["behaviour"] == 0
    assert finding.evidence["new-annotators"] > 0.2


@pytest.mark.parametrize(("floor", "outcomes"), [(0.2, ["breach"]), (0.6, [])])
def test_the_floor_of_label_drift_can_be_set(tmp_path, floor, outcomes):
    rows = usual() + crowd("b5", mix=OTHER_MIX)
    own = config(more=f"[checks.label-drift]\nmin_change_fraction = {floor}\n")
    assert [f.outcome for f in seen(tmp_path, rows, own, "label-drift")] == outcomes


def test_a_rare_label_is_a_prevalence_effect_and_a_warning_only(tmp_path):
    same = (0.5, 0.5, 0.0, 0.0)
    rows = usual(8, units=400, mix=same) + crowd("b9", units=400, mix=(0.95, 0.05, 0.0, 0.0))
    (finding,) = seen(tmp_path, rows, BASIC, "agreement-drift")
    assert (finding.outcome, finding.severity) == ("warning", "low")
    assert finding.message.startswith("prevalence effect: krippendorff-alpha")


def test_a_quality_drop_is_called_so_beside_raw_agreement(tmp_path):
    rows = usual() + crowd("b5", error=0.4)
    (finding,) = seen(tmp_path, rows, BASIC, "agreement-drift")
    assert finding.message.startswith("quality drop: krippendorff-alpha")
    assert finding.evidence["raw_agreement"] < finding.evidence["baseline_raw_agreement"]


def test_one_careless_person_is_no_change_of_the_guideline(tmp_path):
    rows = usual() + [
        {**row, "label": "dog"} if row["who"] == "w1" and row["label"] == "cat" else row
        for row in crowd("b5")
    ]
    assert found(tmp_path, rows, "guideline-change") == []


def test_more_errors_of_every_kind_are_no_change_of_the_guideline(tmp_path):
    assert found(tmp_path, usual() + crowd("b5", error=0.4), "guideline-change") == []


def test_new_people_cannot_show_whether_the_guideline_changed(tmp_path):
    (finding,) = seen(tmp_path, usual() + crowd("b5", swap=0.4, by="n"), BASIC, "guideline-change")
    assert finding.outcome == "unknown"
    assert "needs 3 annotators with 10 comparisons on the two in both" in finding.message


def test_the_labels_that_are_confused_are_named(tmp_path):
    (finding,) = seen(tmp_path, usual() + crowd("b5", swap=0.4), BASIC, "guideline-change")
    assert finding.message.startswith("cat and dog are confused: ")
    assert finding.evidence["annotators_risen"] == finding.evidence["annotators"] == 8


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seconds": ""}, "no times"),
        ({"seconds": "5"}, "all times equal"),
    ],
)
def test_times_that_tell_nothing_are_not_tested(tmp_path, change, words):
    rows = [{**row, **change} for row in usual(2)]
    (finding,) = seen(tmp_path, rows, BASIC, "duration-drift")
    assert (finding.outcome, words in finding.message) == ("unknown", True)


def test_seconds_beside_milliseconds_are_mixed_units(tmp_path):
    rows = usual(2) + crowd("b3", seconds=10_000.0)
    said = [f.message for f in seen(tmp_path, rows, BASIC, "duration-drift")]
    assert any("mixed units; needs durations in seconds in both" in message for message in said)


def test_without_columns_of_times_and_gold_their_checks_cannot_look(tmp_path):
    for check, needs in (("duration-drift", "durations"), ("gold-drift", "gold labels")):
        (finding,) = seen(tmp_path, usual(2), config(), check)
        assert finding.outcome == "unknown"
        assert needs in finding.evidence["needs"]


def test_batches_without_common_annotators_have_no_times_to_compare(tmp_path):
    rows = crowd("b1") + crowd("b2", by="n")
    (finding,) = seen(tmp_path, rows, BASIC, "duration-drift")
    assert "no common annotators; needs 5 annotators" in finding.message


def test_a_vendor_is_compared_with_its_own_batches_where_it_has_two_others(tmp_path):
    rows = usual(6) + [
        row
        for number in range(10, 16)
        for row in crowd(f"b{number}", mix=OTHER_MIX, by="x", vendor="v2", day=number)
    ]
    assert found(tmp_path, rows, "label-drift") == []
    assert (
        len(found(tmp_path, rows, "label-drift", config().replace('vendor = "vendor"\n', ""))) > 0
    )


def test_batches_whose_mix_varies_by_nature_are_not_named(tmp_path):
    shares = (0.3, 0.42, 0.36, 0.5, 0.33, 0.46, 0.28)
    rows = [
        row
        for day, share in enumerate(shares, start=1)
        for row in crowd(f"b{day}", day=day, mix=(share, 0.7 - share, 0.2, 0.1))
    ]
    assert found(tmp_path, rows, "label-drift") == []


def test_among_batches_that_vary_a_step_is_still_found(tmp_path):
    rows = [
        row
        for day, share in enumerate((0.36, 0.42, 0.39, 0.44, 0.37, 0.41), start=1)
        for row in crowd(f"b{day}", day=day, mix=(share, 0.7 - share, 0.2, 0.1))
    ]
    rows += crowd("b7", day=7, mix=OTHER_MIX)
    (finding,) = seen(tmp_path, rows, BASIC, "label-drift")
    assert finding.batch_id == "b7"
    assert 0 <= finding.evidence["usual_variation"] < finding.evidence["total_variation"] / 2
    assert "; batches " in finding.message
    assert "vary" in finding.message


CHANGED = {**FAULTS, "agreement-drift": {"error": 0.16}}


@pytest.mark.parametrize("check", ["label-drift", "agreement-drift", "gold-drift",
                                   "duration-drift"])  # fmt: skip
def test_two_batches_beside_it_do_not_tell_whether_one_stands_out(tmp_path, check):
    rows = usual(2) + crowd("b5", day=5, **CHANGED[check])
    (finding,) = seen(tmp_path, rows, BASIC, check)
    assert finding.outcome == "unknown"
    assert "b5" in (finding.batch_id, *finding.evidence.get("batches", ()))
    assert finding.message.startswith("not testable: differs beside few batches")
    assert finding.evidence["needs"] == (
        "4 batches beside it in which nothing is wrong, to tell how much batches vary"
    )
    assert all(finding.evidence["changes"])


def test_a_drop_of_agreement_that_nothing_excuses_is_named_beside_two_batches(tmp_path):
    rows = usual(2) + crowd("b5", day=5, error=0.5)
    assert found(tmp_path, rows, "agreement-drift") == [("breach", "b5")]


def in_documents(rows, size):
    return [{**row, "doc": f"{row['batch']}-{int(row['item'][-4:]) // size}"} for row in rows]


def test_items_of_a_few_documents_are_not_many_items(tmp_path):
    own = config('document = "doc"\n')
    rows = in_documents(usual() + crowd("b5", mix=OTHER_MIX), 20)
    said = {f.message for f in seen(tmp_path, rows, own, "label-drift")}
    assert [message.startswith("not testable: too few clusters") for message in said] == [True]


def test_agreement_of_documents_is_less_sure(tmp_path):
    rows = in_documents(usual() + crowd("b5", error=0.4), 4)
    z = [
        seen(tmp_path, rows, settings, "agreement-drift")[0].evidence["z"]
        for settings in (config('document = "doc"\n'), config())
    ]
    assert z[0] != z[1]
    assert min(z) > 3


def test_deliveries_without_drift_are_rarely_accused(tmp_path):
    named = [
        finding.check
        for seed in range(200, 206)
        for finding in every(tmp_path, usual(6, seed=seed, units=80, error=0.15))
        if finding.outcome == "breach" and finding.check in COMPARING
    ]
    assert len(named) <= 3  # of 30 families, each with a chance of one in twenty


def every(folder, rows):
    data = deliver(folder, rows, BASIC)
    with labelaudit.read(data, project=folder / "labelaudit.toml") as annotations:
        return labelaudit.run(annotations).findings
