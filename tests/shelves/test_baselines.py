"""What batches are compared with: an earlier run or delivery, named batches, the first ones."""

from __future__ import annotations

import pytest

import labelaudit
from batches import GOLD, OTHER_MIX, TIMED, config, crowd, usual
from deliveries import deliver, seen
from labelaudit.reports import REPORTS
from labelaudit.runs import save

BASIC = config(TIMED, GOLD)
DRIFTED = [row for n in (5, 6) for row in crowd(f"b{n}", mix=OTHER_MIX)]


def audited(folder, rows, baseline=None, settings=BASIC):
    data = deliver(folder, rows, settings)
    with labelaudit.read(data, project=folder / "labelaudit.toml") as annotations:
        return labelaudit.run(annotations, baseline=baseline)


def said(audit, check):
    return [(f.outcome, f.batch_id) for f in audit.findings if f.check == check]


def a_run(folder, rows, settings=BASIC):
    data = deliver(folder, rows, settings)
    with labelaudit.read(data, project=folder / "labelaudit.toml") as annotations:
        audit = labelaudit.run(annotations)
        return save(audit, annotations, folder / "runs", REPORTS["json"](audit), {})


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """Return the folder of a usual delivery."""
    folder = tmp_path_factory.mktemp("earlier")
    deliver(folder, usual(), BASIC)
    return folder


@pytest.fixture(scope="module")
def changed(earlier, tmp_path_factory):
    """Return a batch that changed in all ways, held against a run and against its delivery."""
    rows = crowd("b5", error=0.4, seconds=4.0, swap=0.3, mix=OTHER_MIX)
    run, now = a_run(earlier, usual()), tmp_path_factory.mktemp("now")
    return [audited(now, rows, baseline) for baseline in (run, earlier / "delivery")]


def test_a_delivery_that_drifted_as_a_whole_is_found_by_its_baseline(earlier, tmp_path):
    assert said(audited(tmp_path / "now", DRIFTED), "label-drift") == []
    audit = audited(tmp_path / "now", DRIFTED, earlier / "delivery")
    assert said(audit, "label-drift") == [("breach", "b5"), ("breach", "b6")]
    assert [file.path for file in audit.baseline]


@pytest.mark.parametrize("check", ["label-drift", "agreement-drift", "gold-drift",
                                   "duration-drift", "guideline-change"])  # fmt: skip
def test_a_run_folder_says_the_same_as_the_delivery_it_came_from(changed, check):
    messages = [[f.message for f in audit.findings if f.check == check] for audit in changed]
    assert messages[0] == messages[1] != []


def test_annotations_can_be_a_baseline_as_they_are(earlier, tmp_path):
    project = earlier / "labelaudit.toml"
    with labelaudit.read(earlier / "delivery", project=project) as before:
        assert len(said(audited(tmp_path / "now", DRIFTED, before), "label-drift")) == 2


def test_masked_people_of_a_run_are_never_taken_for_each_other(tmp_path):
    def masked(rows, family):
        return [
            {**row, "who": f"Ann {family}{'abcdefgh'[int(row['who'][1:]) - 1]}"} for row in rows
        ]

    run = a_run(tmp_path / "earlier", masked(usual(), "Ba"))
    audit = audited(tmp_path / "now", masked(DRIFTED, "Be"), run)
    (finding,) = [f for f in audit.findings if f.check == "duration-drift"]
    assert "no common annotators" in finding.message
    drift = next(f for f in audit.findings if f.check == "label-drift")
    assert (drift.outcome, "behaviour" in drift.evidence) == ("breach", False)


def test_a_baseline_with_another_label_set_is_not_compared(tmp_path):
    other = BASIC.replace('"other"', '"other", "fox"')
    rows = [{**row, "label": "fox"} if n % 9 == 0 else row for n, row in enumerate(usual())]
    run = a_run(tmp_path / "earlier", rows, other)
    found = [
        f for f in audited(tmp_path / "now", DRIFTED, run).findings if f.check == "label-drift"
    ]
    assert [f.outcome for f in found] == ["unknown"]
    assert "needs a baseline with the same labels: fox" in found[0].message


def test_a_baseline_of_another_question_is_not_compared(tmp_path):
    run = a_run(
        tmp_path / "earlier", usual(), BASIC.replace("[questions.label]", "[questions.kind]")
    )
    found = [
        f for f in audited(tmp_path / "now", DRIFTED, run).findings if f.check == "label-drift"
    ]
    assert [f.outcome for f in found] == ["unknown"]
    assert "a baseline in which 'label' was asked" in found[0].message


@pytest.mark.parametrize(
    "drift", ['baseline_batches = ["b1", "b2", "b3", "b4"]', "first_batches_count = 4"]
)
def test_batches_of_the_delivery_can_be_the_baseline(tmp_path, drift):
    own = config(TIMED, GOLD, more=f"[drift]\n{drift}\n")
    rows = usual() + [row for n in (5, 6) for row in crowd(f"b{n}", mix=OTHER_MIX, day=n)]
    found = seen(tmp_path, rows, own, "label-drift")
    assert [f.batch_id for f in found] == ["b5", "b6"]
    assert "against 4 baseline batches" in found[0].message


def test_a_baseline_batch_that_was_not_delivered_is_said(tmp_path):
    own = config(more='[drift]\nbaseline_batches = ["b9"]\n')
    (finding,) = seen(tmp_path, usual(2), own, "label-drift")
    assert finding.outcome == "unknown"
    assert "needs answers in b9" in finding.message


@pytest.mark.parametrize(
    ("drift", "problem"),
    [
        ('baseline_batches = ["b1"]\nfirst_batches_count = 1', "exclude each other"),
        ("first_batches_count = 0", "is no baseline"),
        ("first_batch_count = 3", "unknown key 'first_batch_count'"),
    ],
)
def test_a_baseline_that_makes_no_sense_is_refused(tmp_path, drift, problem):
    with pytest.raises(labelaudit.UsageError, match=problem):
        seen(tmp_path, usual(1), config(more=f"[drift]\n{drift}\n"), "label-drift")


def test_a_run_without_its_table_is_no_baseline(tmp_path):
    run = a_run(tmp_path / "earlier", usual(1))
    (run / "annotations.parquet").unlink()
    with pytest.raises(labelaudit.InputError, match=r"expected annotations\.parquet"):
        audited(tmp_path / "now", DRIFTED, run)
